/** Holds guessing up: each address by itself, and all of them together. */
export interface Throttle {
  /**
   * Asks leave for one attempt, which counts as failed until `succeeded`, so that many at once are no way round.
   *
   * @returns 0 if it may be made, else how many milliseconds to wait before the next
   */
  attempt(address: string): number;
  succeeded(address: string): void;
}

/** So many attempts of an address are free; each further one has to wait twice as long as the one before. */
const FREE = 5;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 15 * 60 * 1000;
/** An address that tried nothing for so long starts anew. */
const FORGOTTEN_MS = 60 * 60 * 1000;
/** Of all addresses together so many attempts may fail at once, and one more each few seconds. */
const OVERALL = 50;
const OVERALL_EVERY_MS = 5_000;
/** Addresses kept; beyond these the one that was quiet for longest is forgotten, and what they do together still counts. */
const MOST_ADDRESSES = 2_000;
const MOST_KNOWN = 100;

interface Tries {
  failed: number;
  last: number;
}

/** Memory is bounded, whoever comes. */
export function createThrottle(now: () => number = Date.now): Throttle {
  const tries = new Map<string, Tries>();
  /** Addresses from which somebody got in: these do not wait for what strangers do. */
  const known = new Set<string>();
  let together = 0;
  let drainedAt = now();

  function drain(): void {
    together = Math.max(0, together - (now() - drainedAt) / OVERALL_EVERY_MS);
    drainedAt = now();
  }

  const waitOf = ({ failed, last }: Tries): number =>
    failed < FREE ? 0 : Math.max(0, last + Math.min(FIRST_WAIT_MS * 2 ** (failed - FREE), LONGEST_WAIT_MS) - now());

  function triesOf(address: string): Tries {
    const kept = tries.get(address);
    const one = kept && now() - kept.last < FORGOTTEN_MS ? kept : { failed: 0, last: 0 };
    tries.delete(address);
    tries.set(address, one);
    if (tries.size > MOST_ADDRESSES) tries.delete(tries.keys().next().value!);
    return one;
  }

  return {
    attempt(address) {
      const own = triesOf(address);
      const ownWait = waitOf(own);
      if (ownWait > 0) return ownWait;
      drain();
      if (together + 1 > OVERALL && !known.has(address)) return Math.ceil((together + 1 - OVERALL) * OVERALL_EVERY_MS);
      together = Math.min(OVERALL, together + 1);
      own.failed++;
      own.last = now();
      return 0;
    },
    succeeded(address) {
      together = Math.max(0, together - 1);
      tries.delete(address);
      known.delete(address);
      known.add(address);
      if (known.size > MOST_KNOWN) known.delete(known.keys().next().value!);
    },
  };
}
