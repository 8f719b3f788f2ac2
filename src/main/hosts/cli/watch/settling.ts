/** What tells whether a file is still being written: null where there is none (any more). */
export interface Size {
  readonly size: number;
  readonly mtimeMs: number;
}
export type Look = (path: string) => Promise<Size | null>;

const same = (a: Size | null, b: Size | null): boolean => a?.size === b?.size && a?.mtimeMs === b?.mtimeMs;

interface Watched {
  seen: Size | null;
  since: number;
}

/**
 * Paths that something happened to, until each has stopped growing: it is given out once it was the same for a while. What we wrote
 * ourselves, and is still as we left it, is not.
 */
export class Settling {
  private readonly waiting = new Map<string, Watched>();
  private readonly ours = new Map<string, Size | null>();

  /** @param settleMs how long a file has to stay as it is */
  constructor(
    private readonly look: Look,
    private readonly settleMs: number,
  ) {}

  get size(): number {
    return this.waiting.size;
  }

  /** Something happened to this path. */
  async note(path: string, now: number): Promise<void> {
    this.waiting.set(path, { seen: await this.look(path), since: now });
  }

  /** Gives out the paths that have settled, those that are gone among them. */
  async due(now: number): Promise<{ path: string; isGone: boolean }[]> {
    const settled: { path: string; isGone: boolean }[] = [];
    for (const [path, watched] of [...this.waiting]) {
      const seen = await this.look(path);
      if (!same(seen, watched.seen)) {
        watched.seen = seen;
        watched.since = now;
      } else if (now - watched.since >= this.settleMs) {
        this.waiting.delete(path);
        const left = this.ours.get(path);
        this.ours.delete(path);
        if (left === undefined || !same(left, seen)) settled.push({ path, isGone: seen === null });
      }
    }
    return settled;
  }

  /** We have written these: what is told of them from now on is our own doing, as long as they stay as they are now. */
  async wrote(paths: readonly string[]): Promise<void> {
    for (const path of paths) this.ours.set(path, await this.look(path));
  }
}
