import type { PlaylistFinding } from '#shared/contract/playlists';
import { CodedError } from '#shared/domain/failure';
import type { Limit, PlaylistTrack, SmartPlaylist } from '#shared/domain/playlists/playlist';
import { conditionsOf, describeProblem, problemsOf } from '#shared/domain/playlists/problems';
import { evenly, evenlyFitting, fitting } from '../../core/ordering/fit';
import { ruleSql, type RuleSql } from '../../store/playlists-sql';
import type { Context } from '../context';
import type { Likeness } from '../review/likeness';
import { inSlices } from '../slices';
import { askApart } from './asked-apart';
import { comparesSounds, inOrder, keyColumn, smoothed, type Found } from './order';
import { rowOfPath } from './row-of-path';

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
  const durationSec = chosen.reduce((sum, track) => sum + (track.durationSec ?? 0), 0);
  const sizeBytes = chosen.reduce((sum, track) => sum + track.sizeBytes, 0);
  return { tracks: chosen.length, durationSec, sizeBytes, matching };
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
      const found = yield* foundByPath(store, rule, keyColumn(order));
      const ordered = yield* inOrder(found, order, sounds, to);
      if (order.by !== 'arc') return { matching: found.length, chosen: ordered.slice(0, roomFor(ordered, limit)) };
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

/** In the order of their paths. */
function* foundByPath({ playlists }: Context['store'], rule: RuleSql, key: RuleSql): Generator<void, Found[]> {
  const columns = [key, { sql: 'p.duration_sec', params: [] }, { sql: 'p.size', params: [] }];
  const rows = yield* playlists.matching(rule, columns);
  const byId = new Map<number, Found>();
  for (const [id, value, durationSec, sizeBytes] of rows as [number, Found['key'], number | null, number][])
    byId.set(id, { id, key: value, durationSec, sizeBytes });
  yield;
  const paths = yield* playlists.pathOrder();
  return paths.flatMap((id) => byId.get(id) ?? []);
}

const hours = ({ durationSec }: Found): number => (durationSec ?? 0) / 3600;
const megabytes = ({ sizeBytes }: Found): number => sizeBytes / 1e6;

/** How many of them the limit leaves. */
function roomFor(ordered: readonly Found[], limit: Limit | null): number {
  if (limit === null) return ordered.length;
  if ('tracks' in limit) return limit.tracks;
  return 'hours' in limit ? fitting(ordered, hours, limit.hours) : fitting(ordered, megabytes, limit.megabytes);
}

/** An arc leads from the calmest to the most energetic however few there is room for; tracks that are nowhere on it are left out first. */
function stretch(arc: readonly Found[], limit: Limit | null): readonly Found[] {
  const placed = arc.filter(({ key }) => key !== null);
  const room = roomFor(arc, limit);
  if (limit === null || roomFor(placed, limit) >= placed.length) return arc.slice(0, room);
  if ('tracks' in limit) return evenly(placed, limit.tracks);
  return 'hours' in limit
    ? evenlyFitting(placed, hours, limit.hours)
    : evenlyFitting(placed, megabytes, limit.megabytes);
}
