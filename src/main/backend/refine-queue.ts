/** What a window shows: the rows of its table, and the track in its detail pane. */
export interface Sight {
  readonly trackIds: readonly number[];
  readonly openId: number | null;
}

export interface RefineQueue extends Iterable<number> {
  readonly size: number;
  /** Is the track still to come? */
  readonly has: (id: number) => boolean;
}

/**
 * Tracks in the order in which they are to be heard in full: at each step the one that is open, else one in sight, else the
 * next as given. A step costs as much as there are tracks in sight, whatever the library's size.
 *
 * @param sight looked at anew for each step
 */
export function createRefineQueue(ids: readonly number[], sight: () => Sight): RefineQueue {
  const waiting = new Set(ids);
  let place = 0;

  function next(): number | undefined {
    const { openId, trackIds } = sight();
    if (openId !== null && waiting.has(openId)) return openId;
    const seen = trackIds.find((id) => waiting.has(id));
    if (seen !== undefined) return seen;
    while (place < ids.length && !waiting.has(ids[place]!)) place++;
    return ids[place];
  }

  return {
    size: waiting.size,
    has: (id) => waiting.has(id),
    *[Symbol.iterator]() {
      for (let id = next(); id !== undefined; id = next()) {
        waiting.delete(id);
        yield id;
      }
    },
  };
}
