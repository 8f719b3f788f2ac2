import { createHash, randomBytes } from 'node:crypto';

/** Somebody who has logged in. */
export interface Session {
  /** Told when it ends: by the user, by its age, or because there are too many. */
  onEnd(listener: () => void): void;
  /** Still in use: puts its end off. */
  touch(): void;
}

export interface Sessions {
  /** Begins one. The secret is for the browser alone; it is not kept here. */
  begin(): string;
  /** The session of a secret, in use from now on; null if there is none or it is over. */
  find(secret: string): Session | null;
  end(session: Session): void;
  /** Ends those whose time is up. */
  sweep(): void;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** A session ends this long after it was last used, and so long after it began. */
export const IDLE_MS = 7 * DAY_MS;
export const LONGEST_MS = 30 * DAY_MS;
/** The one unused for longest gives way. */
const MOST = 100;

interface Kept extends Session {
  readonly key: string;
  readonly begun: number;
  used: number;
  readonly listeners: (() => void)[];
}

/** Sessions in memory, by the hash of their secret: neither a look into the memory nor the time of a lookup gives one away. */
export function createSessions(now: () => number = Date.now): Sessions {
  const sessions = new Map<string, Kept>();
  const keyOf = (secret: string): string => createHash('sha256').update(secret).digest('base64');
  const isOver = ({ begun, used }: Kept): boolean => now() >= Math.min(begun + LONGEST_MS, used + IDLE_MS);

  function finish(session: Kept): void {
    if (sessions.delete(session.key)) for (const listener of session.listeners.splice(0)) listener();
  }

  return {
    begin() {
      const secret = randomBytes(32).toString('base64url');
      const kept: Kept = {
        key: keyOf(secret),
        begun: now(),
        used: now(),
        listeners: [],
        onEnd(listener) {
          this.listeners.push(listener);
        },
        touch() {
          this.used = now();
        },
      };
      sessions.set(kept.key, kept);
      if (sessions.size > MOST) finish([...sessions.values()].reduce((a, b) => (b.used < a.used ? b : a)));
      return secret;
    },
    find(secret) {
      const session = sessions.get(keyOf(secret));
      if (!session) return null;
      if (isOver(session)) {
        finish(session);
        return null;
      }
      session.touch();
      return session;
    },
    end(session) {
      finish(session as Kept);
    },
    sweep() {
      for (const session of [...sessions.values()]) if (isOver(session)) finish(session);
    },
  };
}
