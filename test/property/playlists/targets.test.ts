import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { holds, type RuleTrack } from '#shared/domain/playlists/evaluate';
import type { Condition, Rule, SmartPlaylist } from '#shared/domain/playlists/playlist';
import { beetsRules } from '../../../src/main/core/playlists/targets/beets';
import { kodiRules } from '../../../src/main/core/playlists/targets/kodi';
import { mpdRules } from '../../../src/main/core/playlists/targets/mpd';
import { navidromeRules } from '../../../src/main/core/playlists/targets/navidrome';
import type { RuleLanguage } from '../../../src/main/core/playlists/targets/target';
import { navidromeFinds, type NavidromeTrack } from '../../builders/player-nsp';
import { mpdFinds, type MpdSong } from '../../builders/player-mpd';
import { kodiFinds, type KodiSong } from '../../builders/player-xsp';
import { missing, pythonWithBeets, repositoryRoot } from '../../builders/requirements';

const NOW = Date.parse('2026-11-21T18:00:00Z');
const KINDS: Readonly<Record<string, readonly string[]>> = { rock: ['rock', 'punk', 'ska'], jazz: ['jazz', 'bop'] };
const world = {
  now: NOW,
  graph: { isWithin: (label: string, broader: string) => label === broader || (KINDS[broader] ?? []).includes(label) },
  similarity: () => null,
};
const targetWorld = {
  labels: (_: string, op: 'is' | 'isWithin', value: string) => (op === 'is' ? [value] : (KINDS[value] ?? [value])),
};

const words = fc.constantFrom('ab', 'abc', 'bca', 'c a', 'b', 'x&y<z>');
const genres = fc.constantFrom('rock', 'punk', 'ska', 'jazz', 'bop', 'folk');
const days = fc.integer({ min: 0, max: 60 }).map((ago) => NOW - ago * 86_400_000 - 6 * 3_600_000);
const dayText = days.map((at) => new Date(at).toISOString().slice(0, 10));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });

const track: fc.Arbitrary<RuleTrack> = fc.record({
  path: words.map((name) => `/music/${name}/${name}.mp3`),
  title: words,
  artist: words,
  albumArtist: words,
  album: words,
  codec: fc.constant('MP3'),
  texts: fc.option(
    words.map((word) => ({ COMMENT: [word] })),
    { nil: {} },
  ),
  ownGenres: fc.uniqueArray(genres, { maxLength: 3 }),
  confirmedGenres: fc.constant([]),
  heardGenre: fc.constant(null),
  wideGenres: fc.constant([]),
  ownMoods: fc.uniqueArray(fc.constantFrom('calm', 'happy'), { maxLength: 2 }),
  confirmedMoods: fc.constant([]),
  heardMood: fc.constant(null),
  state: fc.constant('new'),
  genreShares: fc.constant(null),
  moodShares: fc.constant(null),
  confidence: fc.constant(null),
  valence: fc.constant(null),
  arousal: fc.constant(null),
  duration: fc.integer({ min: 1, max: 600 }),
  year: maybe(fc.integer({ min: 1, max: 12 })),
  trackNumber: maybe(fc.integer({ min: 1, max: 12 })),
  rating: maybe(fc.integer({ min: 1, max: 10 }).map((halves) => halves / 2)),
  bitrate: fc.constantFrom(128, 192, 320),
  sampleRate: fc.constantFrom(44_100, 48_000),
  size: fc.integer({ min: 1, max: 100 }),
  added: days,
  modified: days,
  analysed: fc.constant(null),
  decided: fc.constant(null),
  written: fc.constant(null),
});

const numbers = fc.oneof(
  fc.integer({ min: -1, max: 13 }),
  fc.integer({ min: -1, max: 25 }).map((halves) => halves / 2),
);
const numberTest = fc.oneof(
  fc.record({ op: fc.constantFrom('is', 'isNot', 'over', 'under', 'atLeast', 'atMost'), value: numbers }),
  fc.tuple(numbers, numbers).map(([a, b]) => ({ op: 'between', from: Math.min(a, b), to: Math.max(a, b) })),
  fc.record({ op: fc.constantFrom('missing', 'present') }),
);
const years = fc.oneof(
  fc.record({
    op: fc.constantFrom('is', 'isNot', 'over', 'under', 'atLeast', 'atMost'),
    value: numbers.map((year) => 1900 + Math.abs(year)),
  }),
  fc.record({ op: fc.constantFrom('missing', 'present') }),
);
const textTest = fc.record({
  op: fc.constantFrom('is', 'isNot', 'contains', 'containsNot', 'startsWith', 'endsWith'),
  value: words,
});
const dateTest = fc.oneof(
  fc.record({ op: fc.constantFrom('before', 'after', 'on'), value: dayText }),
  fc.tuple(dayText, dayText).map((both) => ({ op: 'between', from: both.toSorted()[0], to: both.toSorted()[1] })),
  fc.record({ op: fc.constantFrom('inLast', 'inLastNot'), days: fc.integer({ min: 0, max: 60 }) }),
);
const with_ = <T extends object>(field: fc.Arbitrary<string>, test: fc.Arbitrary<T>) =>
  fc.tuple(field, test).map(([name, rest]) => ({ field: name, ...rest }) as unknown as Condition);
const labelTest = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constantFrom('is', 'isNot', 'isWithin', 'isNotWithin'), value: genres }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('missing', 'present') }) },
);

function rules(condition: fc.Arbitrary<Condition>): fc.Arbitrary<Rule> {
  const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
    rule: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      condition,
      fc.record({ all: fc.array(tie('rule'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('rule'), { maxLength: 3 }) }),
      fc.record({ none: fc.array(tie('rule'), { maxLength: 3 }) }),
    ),
  }));
  return rule;
}

const playlistOf = (rule: Rule): SmartPlaylist => ({
  version: 1,
  name: 'List',
  rule,
  order: { by: 'title' },
  limit: null,
});

/** Whenever the rule can be said, the player finds the very tracks; and it can be said often enough to mean something. */
function agrees<T>(
  language: RuleLanguage,
  condition: fc.Arbitrary<Condition>,
  asPlayerHasIt: (track: RuleTrack) => T,
  finds: (file: string, tracks: readonly T[], now: number) => T[],
  asIs: (track: RuleTrack) => RuleTrack = (each) => each,
): number {
  const many = fc.sample(track, { numRuns: 60, seed: 5 });
  const there = many.map(asPlayerHasIt);
  // Each comparison, and its opposite, against enough tracks to tell it from its neighbours.
  for (const one of fc.sample(condition, { numRuns: 300, seed: 3 }))
    for (const rule of [one, { none: [one] }]) {
      const words = language.say(playlistOf(rule), targetWorld);
      if ('cannot' in words) continue;
      const found = new Set(finds(words.text, there, NOW));
      const wanted = many.filter((each) => holds(rule, asIs(each), world));
      expect(
        many.filter((_, i) => found.has(there[i]!)),
        words.text,
      ).toEqual(wanted);
    }

  let said = 0;
  fc.assert(
    fc.property(rules(condition), fc.array(track, { minLength: 1, maxLength: 12 }), (rule, tracks) => {
      const words = language.say(playlistOf(rule), targetWorld);
      if ('cannot' in words) {
        expect(words.cannot.length).toBeGreaterThan(0);
        return;
      }
      said++;
      const there = tracks.map(asPlayerHasIt);
      const found = new Set(finds(words.text, there, NOW));
      expect(there.map((each) => found.has(each))).toEqual(tracks.map((each) => holds(rule, asIs(each), world)));
    }),
    { numRuns: 150 },
  );
  return said;
}

describe('a rule in a player’s own words finds there what it finds here', () => {
  const shared = [
    with_(fc.constantFrom('title', 'artist', 'albumArtist', 'album'), textTest),
    with_(fc.constantFrom('genre', 'ownGenre'), labelTest),
    with_(fc.constantFrom('year', 'duration', 'bitrate'), numberTest),
    with_(fc.constantFrom('added', 'modified'), dateTest),
  ];

  test('Navidrome', () => {
    const condition = fc.oneof(
      ...shared,
      with_(fc.constantFrom('ownMood', 'mood'), labelTest),
      with_(fc.constantFrom('trackNumber', 'size'), numberTest),
      with_(fc.constant('tag'), fc.oneof(textTest, fc.record({ op: fc.constantFrom('missing', 'present') }))).map(
        (each) => ({
          ...each,
          tag: 'comment',
        }),
      ) as fc.Arbitrary<Condition>,
    );
    const asThere = (each: RuleTrack): NavidromeTrack => ({
      title: each.title!,
      album: each.album!,
      artist: [each.artist!],
      albumartist: [each.albumArtist!],
      comment: each.texts['COMMENT'] ?? [],
      genre: each.ownGenres,
      mood: each.ownMoods,
      year: each.year ?? 0,
      tracknumber: each.trackNumber ?? 0,
      duration: each.duration!,
      bitrate: each.bitrate!,
      size: each.size!,
      dateadded: each.added!,
      datemodified: each.modified!,
      playcount: 0,
    });
    expect(agrees(navidromeRules, condition, asThere, navidromeFinds)).toBeGreaterThan(100);
  });

  test('Kodi', () => {
    const condition = fc.oneof(...shared, with_(fc.constantFrom('rating', 'sampleRate'), numberTest));
    const asThere = (each: RuleTrack): KodiSong => ({
      title: each.title!,
      album: each.album!,
      artist: [each.artist!],
      albumartist: [each.albumArtist!],
      genre: each.ownGenres,
      year: each.year ?? 0,
      time: each.duration!,
      userrating: (each.rating ?? 0) * 2,
      musicbitrate: each.bitrate!,
      samplerate: each.sampleRate!,
      dateadded: each.added!,
      datemodified: each.modified!,
    });
    expect(agrees(kodiRules, condition, asThere, kodiFinds)).toBeGreaterThan(50);
  });

  test('MPD', () => {
    const condition = fc.oneof(
      with_(fc.constantFrom('title', 'artist', 'albumArtist', 'album'), textTest),
      with_(fc.constantFrom('genre', 'ownGenre'), labelTest),
      with_(fc.constant('year'), years),
      with_(fc.constant('modified'), dateTest),
    );
    const asThere = (each: RuleTrack): MpdSong => ({
      Title: [each.title!],
      Artist: [each.artist!],
      AlbumArtist: [each.albumArtist!],
      Album: [each.album!],
      Genre: each.ownGenres,
      Date: each.year === null ? [] : [`${1900 + each.year}-03-04`],
      modified: each.modified!,
    });
    const inTheirYears = (each: RuleTrack): RuleTrack => ({
      ...each,
      year: each.year === null ? null : 1900 + each.year,
    });
    expect(agrees(mpdRules, condition, asThere, mpdFinds, inTheirYears)).toBeGreaterThan(80);
  });

  test.skipIf(missing('beets'))('beets itself', () => {
    const condition = fc.oneof(...shared, with_(fc.constantFrom('trackNumber', 'sampleRate'), numberTest));
    const tracks = fc.sample(track, { numRuns: 40, seed: 7 });
    const said = fc.sample(rules(condition), { numRuns: 200, seed: 11 }).flatMap((rule) => {
      const words = beetsRules.say(playlistOf(rule), targetWorld);
      return 'text' in words ? [{ rule, query: words.text }] : [];
    });
    expect(said.length).toBeGreaterThan(100);
    const input = {
      tracks: tracks.map((each, disc) => ({
        ...{ disc, title: each.title, artist: each.artist, albumartist: each.albumArtist, album: each.album },
        ...{ genres: each.ownGenres, year: each.year ?? 0, track: each.trackNumber ?? 0, length: each.duration },
        ...{ bitrate: each.bitrate! * 1000, samplerate: each.sampleRate },
        ...{ added: each.added! / 1000, mtime: each.modified! / 1000 },
      })),
      queries: said.map(({ query }) => query),
    };
    const script = join(repositoryRoot, 'test/builders/beets_queries.py');
    const asked = { input: JSON.stringify(input), encoding: 'utf8', maxBuffer: 1 << 26 } as const;
    const found = JSON.parse(spawnSync(pythonWithBeets()!, [script], asked).stdout) as number[][];
    // beets knows no other time than now.
    const now = { ...world, now: Date.now() };
    said.forEach(({ rule, query }, i) => {
      const here = tracks.flatMap((each, disc) => (holds(rule, each, now) ? [disc] : []));
      expect(
        found[i]!.toSorted((a, b) => a - b),
        query,
      ).toEqual(here);
    });
  });
});
