/** The tracks of a review, and the place among them. All functions give a new walk. */
export interface Walk {
  /** Those passed, the one at hand, and those to come. Decided ones stay, so that one can go back to them. */
  readonly ids: readonly number[];
  /** Index of the track at hand; `ids.length` where nothing waits any more. */
  readonly at: number;
  /** Those that wait for a decision. */
  readonly waiting: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();

export const EMPTY_WALK: Walk = { ids: [], at: 0, waiting: new Set() };

export const trackAt = ({ ids, at }: Walk, offset = 0): number | null => ids[at + offset] ?? null;

/** The next tracks to be shown if each is decided, and those named with the one at hand, for fetching them ahead. */
export function upcoming({ ids, at, waiting }: Walk, count: number, past: ReadonlySet<number> = NONE): number[] {
  const found: number[] = [];
  for (let i = at + 1; i < ids.length && found.length < count; i++) {
    const id = ids[i];
    if (id !== undefined && waiting.has(id) && !past.has(id)) found.push(id);
  }
  return found;
}

/** Begins at the track where one stopped, if it still waits. */
export function begin(queue: readonly number[], place: number | null): Walk {
  const at = place === null ? -1 : queue.indexOf(place);
  return { ids: queue, at: Math.max(0, at), waiting: new Set(queue) };
}

/** The backend's queue anew: what was passed and what is at hand stay where they are, what is to come follows its order. */
export function refreshed({ ids, at }: Walk, queue: readonly number[]): Walk {
  const passed = ids.slice(0, at + 1);
  const known = new Set(passed);
  const next = { ids: [...passed, ...queue.filter((id) => !known.has(id))], at, waiting: new Set(queue) };
  return at < passed.length ? next : onward({ ...next, at: passed.length - 1 });
}

/** After a decision about these tracks: on to the next that waits, if the one at hand is among them. */
export function decided(walk: Walk, trackIds: readonly number[]): Walk {
  const gone = new Set(trackIds);
  const waiting = new Set(walk.waiting);
  for (const id of gone) waiting.delete(id);
  const current = trackAt(walk);
  const next = { ...walk, waiting };
  return current === null || gone.has(current) ? onward(next) : next;
}

/** A decision about these tracks failed: they wait again, and one stays where one is. */
export function failed(walk: Walk, trackIds: readonly number[]): Walk {
  const next = { ...walk, waiting: new Set([...walk.waiting, ...trackIds]) };
  return trackAt(walk) === null ? onward(next) : next;
}

/**
 * A decision was taken back: one returns to the first of its tracks.
 *
 * @param waits of each track whether it has no decision again
 */
export function undone(walk: Walk, waits: ReadonlyMap<number, boolean>): Walk {
  const known = new Set(walk.ids);
  const trackIds = [...waits.keys()];
  const missing = trackIds.filter((id) => !known.has(id));
  const ids = [...walk.ids.slice(0, walk.at), ...missing, ...walk.ids.slice(walk.at)];
  const waiting = new Set(walk.waiting);
  for (const [id, again] of waits) if (again) waiting.add(id);
  return { ids, waiting, at: trackIds[0] === undefined ? walk.at : ids.indexOf(trackIds[0]) };
}

/** One track back or forth, decided or not, past those named; stays where there is none. */
export function stepped(walk: Walk, delta: 1 | -1, past: ReadonlySet<number> = NONE): Walk {
  let at = walk.at + delta;
  while (past.has(walk.ids[at] ?? NaN)) at += delta;
  return at < 0 || at >= walk.ids.length ? walk : { ...walk, at };
}

/** To the next track that waits, from the start again where there is none behind. */
function onward(walk: Walk): Walk {
  const { ids, at, waiting } = walk;
  if (waiting.size === 0) return { ...walk, at: ids.length };
  const isWaiting = (id: number): boolean => waiting.has(id);
  const ahead = ids.slice(at + 1).findIndex(isWaiting);
  return { ...walk, at: ahead >= 0 ? at + 1 + ahead : ids.findIndex(isWaiting) };
}
