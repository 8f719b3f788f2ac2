import { setImmediate as turn } from 'node:timers/promises';
import { join } from 'node:path';
import { afterAll, bench, describe } from 'vitest';
import type { Limit, Order, Rule, SmartPlaylist } from '#shared/domain/playlists/playlist';
import { createEventHub } from '../../src/main/backend/events';
import { playlistFinding, playlistIds, playlistTracks } from '../../src/main/backend/playlists/find';
import { createLikeness } from '../../src/main/backend/review/likeness';
import { buildBigLibrary } from '../builders/big-library';
import { temporaryFolder } from '../builders/temporary-folder';

/**
 * `npx vitest bench --run --project sources test/bench/playlists`: smart playlists over a library of 100,000 tracks, nine of ten of them with an embedding of 128
 * values. Finding is done in slices; `the longest hold-up` below is how long the event loop waited at most.
 */
const folder = temporaryFolder();
const store = buildBigLibrary(join(folder.path, 'library.db'), 100_000, '12', undefined, 128);
const context = { store, likeness: createLikeness(store, createEventHub()) };
const NOW = Date.UTC(2026, 10, 22);
const first = store.tracks.paths([1])[0]!.path;
let changes = 0;

afterAll(() => {
  store.close();
  folder.cleanUp();
});

const playlist = (rule: Rule, order: Order = { by: 'path' }, limit: Limit | null = null): SmartPlaylist => ({
  ...{ version: 1, name: 'x', rule, order, limit },
});

/** Nothing is kept of the time before. */
const changed = (): void => {
  store.settings.set('bench', String(changes++));
};

const RULES: Readonly<Record<string, Rule>> = {
  'every track': { all: [] },
  'genre is Rock': { field: 'genre', op: 'is', value: 'Rock' },
  'genre is within Rock': { field: 'genre', op: 'isWithin', value: 'Rock' },
  'heard genre is not Metal': { field: 'heardGenre', op: 'isNot', value: 'Metal' },
  'rock from 0.3 with classical from 0.1': {
    all: [
      { field: 'genreShare', of: 'rock', op: 'atLeast', value: 0.3 },
      { field: 'genreShare', of: 'classical', op: 'atLeast', value: 0.1 },
    ],
  },
  'mood share of sad over 0.5': { field: 'moodShare', of: 'sad', op: 'over', value: 0.5 },
  'confidence from 0.8, untagged': {
    all: [
      { field: 'confidence', op: 'atLeast', value: 0.8 },
      { field: 'genre', op: 'missing' },
    ],
  },
  'title contains ré': { field: 'title', op: 'contains', value: 'ré' },
  'folder starts with /music/Artist 1': { field: 'folder', op: 'startsWith', value: '/music/Artist 1' },
  'path contains album 12': { field: 'path', op: 'contains', value: 'album 12' },
  'year in the nineties, four stars': {
    all: [
      { field: 'year', op: 'between', from: 1990, to: 1999 },
      { field: 'rating', op: 'atLeast', value: 4 },
    ],
  },
  'decided in the last 30 days': { field: 'decided', op: 'inLast', days: 30 },
  'twelve conditions': {
    any: [1, 2, 3, 4].map((n) => ({
      all: [
        { field: 'artist', op: 'contains', value: `artist ${n}` },
        { field: 'duration', op: 'over', value: n * 50 },
        { none: [{ field: 'heardGenre', op: 'isWithin', value: 'Rock' }] },
      ],
    })),
  },
  'tag COMPOSER contains composer 1': { field: 'tag', tag: 'COMPOSER', op: 'contains', value: 'composer 1' },
  'title matches ^ka.*5$': { field: 'title', op: 'matches', value: '^ka.*5$' },
  'similarity to a track from 0.3': { field: 'similarity', op: 'atLeast', to: first, value: 0.3 },
};

describe('100,000 tracks: preview of a playlist', () => {
  for (const [name, rule] of Object.entries(RULES))
    bench(name, async () => {
      changed();
      await playlistFinding(context, playlist(rule), NOW);
    });
});

const ORDERS: Readonly<Record<string, [Order, Limit | null]>> = {
  'by path': [{ by: 'path' }, null],
  'by artist': [{ by: 'artist' }, null],
  'by share of rock': [{ by: 'genreShare', of: 'rock', descending: true }, null],
  'at random, 50': [{ by: 'random', seed: 7 }, { tracks: 50 }],
  'by similarity': [{ by: 'similarity', to: first }, null],
  'arc of 2 hours': [{ by: 'arc' }, { hours: 2 }],
  'arc of all': [{ by: 'arc' }, null],
};

describe('100,000 tracks: ids of every track in order', () => {
  for (const [name, [order, limit]] of Object.entries(ORDERS))
    bench(name, async () => {
      changed();
      await playlistIds(context, playlist({ all: [] }, order, limit), NOW);
    });
  bench('all that a playlist file tells of 10,000 tracks', async () => {
    await playlistTracks(context, playlist({ all: [] }, { by: 'path' }, { tracks: 10_000 }), NOW);
  });
});

describe('100,000 tracks: the longest hold-up', () => {
  for (const name of ['every track', 'twelve conditions', 'title matches ^ka.*5$'] as const)
    bench(`${name}, by artist: see the console`, async () => {
      changed();
      const found = playlistIds(context, playlist(RULES[name]!, { by: 'artist' }), NOW);
      let done = false;
      void found.then(() => (done = true));
      let longest = 0;
      for (let before = performance.now(); !done;) {
        await turn();
        longest = Math.max(longest, performance.now() - before);
        before = performance.now();
      }
      holdUps.set(name, Math.max(longest, holdUps.get(name) ?? 0));
    });
});

const holdUps = new Map<string, number>();
afterAll(() => {
  for (const [name, ms] of holdUps) console.log(`${name}: held up for ${ms.toFixed(1)} ms at most`);
});
