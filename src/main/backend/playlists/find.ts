import type { PlaylistFinding } from '#shared/contract/playlists';
import { CodedError } from '#shared/domain/failure';
import type { Limit, Order, PlaylistTrack, SmartPlaylist } from '#shared/domain/playlists/playlist';
import { conditionsOf, describeProblem, problemsOf } from '#shared/domain/playlists/problems';
import { evenly, evenlyFitting, fitting } from '../../core/ordering/fit';
import { ruleSql, type RuleSql } from '../../store/playlists-sql';
import type { Context } from '../context';
import type { Likeness } from '../review/likeness';
import { inSlices } from '../slices';
import { askApart } from './asked-apart';
import { comparesSounds, hasNoTies, inOrder, keyColumn, smoothed, type Found } from './order';
import { rowOfPath } from './row-of-path';

/** Tracks that are taken in hand between two yields. */
const STRIDE = 4096;

type Parts = Pick<Context, 'store' | 'likeness'>;

/**
 * The tracks that a playlist finds now, in its order, for a playlist file.
 *
 * @param now milliseconds since 1970
 * @throws CodedError `invalid-input` where the rule or the order can't be evaluated, naming the condition
 */
export async function playlistTracks(context: Parts, playlist: SmartPlaylist, now: number): Promise<PlaylistTrack[]> {
  const ids = await playlistIds(context, playlist, now);
  return inSlices(context.store.playlists.tracks(ids));
}

/** Their ids; as `playlistTracks`. */
export async function playlistIds(context: Parts, playlist: SmartPlaylist, now: number): Promise<number[]> {
  const { chosen } = await find(context, playlist, now);
  return chosen.map(({ id }) => id);
}

/** How many tracks it finds, how long and how large they are; as `playlistTracks`. */
export async function playlistFinding(context: Parts, playlist: SmartPlaylist, now: number): Promise<PlaylistFinding> {
  if (playlist.limit === null) {
    await soundsFor(context, playlist);
    const rule = await sqlOf(context, playlist, now);
    const sums = await inSlices(context.store.playlists.sums(rule));
    return { ...sums, matching: sums.tracks };
  }
  const { matching, chosen } = await find(context, playlist, now);
  const sizes = await inSlices(context.store.playlists.sizes(chosen.map(({ id }) => id)));
  return { ...sizes, tracks: chosen.length, matching };
}

/** @throws CodedError `invalid-input` with all that is wrong */
export function refuseProblems(playlist: SmartPlaylist): void {
  const problems = problemsOf(playlist);
  if (problems.length > 0) throw new CodedError('invalid-input', problems.map(describeProblem).join(' '));
}

async function find(
  context: Parts,
  playlist: SmartPlaylist,
  now: number,
): Promise<{ matching: number; chosen: readonly Found[] }> {
  const { store } = context;
  const { order, limit } = playlist;
  const { sounds, to } = await soundsFor(context, playlist);
  const rule = await sqlOf(context, playlist, now);
  return inSlices(
    (function* () {
      const found = yield* foundByPath(store, rule, order, limit);
      const ordered = yield* inOrder(found, order, sounds, to);
      if (order.by !== 'arc') return { matching: found.length, chosen: ordered.slice(0, countFitting(ordered, limit)) };
      return { matching: found.length, chosen: yield* smoothed(stretch(ordered, limit), sounds!) };
    })(),
  );
}

/** The rule as SQL, once it is known what SQL can't say. */
async function sqlOf(context: Parts, playlist: SmartPlaylist, now: number): Promise<RuleSql> {
  refuseProblems(playlist);
  const { store } = context;
  const compares = conditionsOf(playlist.rule).some(({ condition }) => condition.field === 'similarity');
  const likeness = compares ? await context.likeness() : null;
  const apart = await inSlices(askApart(store, playlist.rule, likeness));
  return ruleSql(playlist.rule, { now, graph: store.genres.graph(), apart });
}

/** What its order needs to know of sounds. */
async function soundsFor(
  context: Parts,
  { order }: SmartPlaylist,
): Promise<{ sounds: Likeness | null; to: number | null }> {
  if (!comparesSounds(order)) return { sounds: null, to: null };
  const sounds = await context.likeness();
  return { sounds, to: order.by === 'similarity' ? rowOfPath(context.store, sounds.rowOf, order.to, []) : null };
}

/** In the order of their paths, unless that is all the same. */
function* foundByPath(
  { playlists }: Context['store'],
  rule: RuleSql,
  order: Order,
  limit: Limit | null,
): Generator<void, Found[]> {
  const key = keyColumn(order);
  const columns = [key, sizeColumn(limit)].map((column) => column ?? { sql: 'NULL', params: [] });
  const [ids, keys = [], sizes = []] = yield* playlists.matching(rule, columns);
  const found: Found[] = [];
  for (const [index, id] of ids.entries()) {
    found.push({ id, key: keys[index] as Found['key'], size: (sizes[index] as number | null) ?? 0 });
    if (index % STRIDE === 0) yield;
  }
  return hasNoTies(order) ? found : yield* byPath(found, yield* playlists.pathOrder());
}

function* byPath(found: readonly Found[], paths: readonly number[]): Generator<void, Found[]> {
  const byId: Found[] = [];
  for (const each of found) byId[each.id] = each;
  const ordered: Found[] = [];
  for (const [index, id] of paths.entries()) {
    const each = byId[id];
    if (each) ordered.push(each);
    if (index % STRIDE === 0) yield;
  }
  return ordered;
}

/** What of each track is measured against the limit, in its unit; null where it is only counted. */
function sizeColumn(limit: Limit | null): RuleSql | null {
  if (limit === null || 'tracks' in limit) return null;
  return { sql: 'hours' in limit ? 'p.duration_sec / 3600.0' : 'p.size / 1e6', params: [] };
}

const sizeOf = ({ size }: Found): number => size;

/** How much of its unit the limit allows. */
const roomOf = (limit: Exclude<Limit, { tracks: number }>): number =>
  'hours' in limit ? limit.hours : limit.megabytes;

/** How many of them the limit leaves. */
function countFitting(ordered: readonly Found[], limit: Limit | null): number {
  if (limit === null) return ordered.length;
  return 'tracks' in limit ? limit.tracks : fitting(ordered, sizeOf, roomOf(limit));
}

/** An arc leads from the calmest to the most energetic however few there is room for; tracks that are nowhere on it are left out first. */
function stretch(arc: readonly Found[], limit: Limit | null): readonly Found[] {
  const placed = arc.filter(({ key }) => key !== null);
  if (limit === null || countFitting(placed, limit) >= placed.length) return arc.slice(0, countFitting(arc, limit));
  return 'tracks' in limit ? evenly(placed, limit.tracks) : evenlyFitting(placed, sizeOf, roomOf(limit));
}
