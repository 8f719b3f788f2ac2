import type { Handlers } from '#shared/contract/methods';
import type { KeptPlaylist, PLAYLIST_METHODS } from '#shared/contract/playlists';
import type { TrackRow } from '#shared/contract/schemas';
import { CodedError } from '#shared/domain/failure';
import type { Condition, Order, Rule, SmartPlaylist } from '#shared/domain/playlists/playlist';
import { foldText } from '#shared/domain/text';
import { CLASSIC_GENRES, displayLabel, foldLabel } from '#shared/domain/vocabulary';
import type { FakeLibrary } from './fake-backend';

const BYTES_PER_SECOND = 40_000;

/** Smart playlists over the fake's rows: conditions on what a row has, kept in memory. */
export function playlistHandlers(library: FakeLibrary): Pick<Handlers, keyof typeof PLAYLIST_METHODS> {
  let kept: KeptPlaylist[] = [];
  let lastId = 0;
  const existing = (id: number): KeptPlaylist => {
    const found = kept.find((each) => each.id === id);
    if (!found) throw new CodedError('not-found', 'This playlist is not in the library any more.');
    return found;
  };
  const refuseTaken = (name: string, id: number | null): void => {
    if (kept.some((each) => each.playlist.name === name && each.id !== id))
      throw new CodedError('invalid-input', `There is a playlist called ${name} already. Choose another name.`);
  };
  const find = (playlist: SmartPlaylist): { matching: number; rows: TrackRow[] } => {
    const matching = inOrder(
      library.rows.filter((row) => holds(playlist.rule, row)),
      playlist.order,
    );
    return { matching: matching.length, rows: matching.slice(0, fitting(matching, playlist)) };
  };
  return {
    'playlists.list': () => kept,
    'playlists.readyMade': () => [
      ...CLASSIC_GENRES.slice(0, 4).map((genre) =>
        readyMade(displayLabel(genre), { field: 'heardGenre', op: 'is', value: displayLabel(genre) }),
      ),
      readyMade(
        'Untagged, but sure',
        { field: 'ownGenre', op: 'missing' },
        { field: 'confidence', op: 'atLeast', value: 0.7 },
      ),
    ],
    'playlists.add': ({ playlist }) => {
      refuseTaken(playlist.name, null);
      const added = { id: ++lastId, playlist, position: lastId };
      kept = [...kept, added];
      return added;
    },
    'playlists.change': ({ id, playlist, position }) => {
      const before = existing(id);
      refuseTaken(playlist.name, id);
      const after = { id, playlist, position: position ?? before.position };
      kept = kept.map((each) => (each.id === id ? after : each)).sort((a, b) => a.position - b.position);
      return after;
    },
    'playlists.remove': ({ id }) => {
      existing(id);
      kept = kept.filter((each) => each.id !== id);
      return {};
    },
    'playlists.preview': ({ playlist }) => {
      const { matching, rows } = find(playlist);
      const durationSec = rows.reduce((sum, row) => sum + (row.durationSec ?? 0), 0);
      return { tracks: rows.length, durationSec, sizeBytes: Math.round(durationSec * BYTES_PER_SECOND), matching };
    },
    'playlists.tracks': ({ playlist }) => find(playlist).rows.map((row) => row.id),
  };
}

const readyMade = (name: string, ...all: Condition[]): SmartPlaylist => ({
  version: 1,
  name,
  rule: { all },
  order: { by: 'path' },
  limit: null,
});

function holds(rule: Rule, row: TrackRow): boolean {
  if ('all' in rule) return rule.all.every((each) => holds(each, row));
  if ('any' in rule) return rule.any.some((each) => holds(each, row));
  if ('none' in rule) return !rule.none.some((each) => holds(each, row));
  const negated = /^(isNot|containsNot|inLastNot|isNotWithin)$/.test(rule.op);
  return compare(rule, valuesOf(rule, row)) !== negated;
}

type Value = string | number;

function valuesOf(condition: Condition, row: TrackRow): readonly Value[] {
  const some = (value: Value | null | undefined): Value[] => (value == null ? [] : [value]);
  const named = (verdict: TrackRow['genre']): Value[] =>
    verdict && !verdict.abstained ? [displayLabel(verdict.top)] : [];
  const { field } = condition;
  if (field === 'genreShare') {
    const same = ({ label }: { label: string }): boolean => foldLabel(label) === foldLabel(condition.of);
    return some(row.genre && (row.genre.histogram.find(same)?.share ?? 0));
  }
  const confirmed = row.decision?.genres ?? [];
  const known: Readonly<Partial<Record<Condition['field'], readonly Value[]>>> = {
    genre: confirmed.length > 0 ? confirmed : row.ownGenres,
    ownGenre: row.ownGenres,
    confirmedGenre: confirmed,
    heardGenre: named(row.genre),
    heardMood: named(row.mood),
    confidence: some(row.genre?.confidence),
    duration: some(row.durationSec),
    title: some(row.title),
    artist: some(row.artist),
    album: some(row.album),
    year: some(row.year),
    path: [row.path],
    fileName: [row.fileName],
    state: [row.state],
  };
  return known[field] ?? [];
}

/** A negation as what it negates. */
function compare(condition: Condition, values: readonly Value[]): boolean {
  if (condition.op === 'missing') return values.length === 0;
  if (condition.op === 'present') return values.length > 0;
  return values.some((value) => {
    if ('from' in condition) return value >= condition.from && value <= condition.to;
    if (!('value' in condition)) return false;
    const other = condition.value;
    if (typeof value === 'number' || typeof other === 'number') {
      const [a, b] = [Number(value), Number(other)];
      const tests: Partial<Record<Condition['op'], boolean>> = {
        ...{ is: a === b, isNot: a === b, over: a > b, under: a < b, atLeast: a >= b, atMost: a <= b },
      };
      return tests[condition.op] ?? false;
    }
    const [a, b] = [foldText(value), foldText(other)];
    if (/^contains/.test(condition.op)) return a.includes(b);
    if (condition.op === 'startsWith') return a.startsWith(b);
    if (condition.op === 'endsWith') return a.endsWith(b);
    if (condition.op === 'matches') return new RegExp(other, 'iu').test(value);
    return foldLabel(value) === foldLabel(other);
  });
}

function inOrder(rows: readonly TrackRow[], order: Order): TrackRow[] {
  const key = (row: TrackRow): Value | null => {
    const { by } = order;
    if (by === 'title' || by === 'artist' || by === 'album' || by === 'year') return row[by];
    if (by === 'duration') return row.durationSec;
    if (by === 'confidence') return row.genre?.confidence ?? null;
    return by === 'random' ? (row.id * 7919 * (order.seed + 1)) % 10_007 : row.path;
  };
  const turn = 'descending' in order && order.descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (x === null || y === null || x === y) return x === y ? a.id - b.id : x === null ? 1 : -1;
    return x < y ? -turn : turn;
  });
}

/** How many of the first tracks the limit takes. */
function fitting(rows: readonly TrackRow[], { limit }: SmartPlaylist): number {
  if (!limit) return rows.length;
  if ('tracks' in limit) return limit.tracks;
  let seconds = 'hours' in limit ? limit.hours * 3600 : (limit.megabytes * 1e6) / BYTES_PER_SECOND;
  const end = rows.findIndex((row) => (seconds -= row.durationSec ?? 0) < 0);
  return end < 0 ? rows.length : end;
}
