/** Asks `ask` when its turn has come, unless it has been aborted by then. */
export type Turns = <T>(ask: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/** Questions one after the other, so that typing never piles them up; one that nobody waits for any more is not asked at all. */
export function oneAtATime(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (ask, signal) => {
    const answer = last.then(() => {
      signal.throwIfAborted();
      return ask();
    });
    last = answer.catch(() => undefined);
    return answer;
  };
}
