import type { TrackDetail, TrackRow } from '#shared/contract/schemas';
import type { HistogramBar, Verdict } from '#shared/domain/analysis';
import { withContent } from '../../src/main/core/aggregate/content';
import { withAccepts } from './fake-accepts';
import { fakeAffect, fakeContent, fakeWide } from './fake-further';
import { CLASSIC_GENRES, displayLabel, foldLabel, MOOD_QUADRANTS } from '#shared/domain/vocabulary';

/** Made-up tracks for the window's own tests: no music, no model, yet every state and every oddity that the contract allows. */

/** A small repeatable random number generator (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const FIRST = ['Silent', 'Golden', 'Northern', 'Broken', 'Electric', 'Paper', 'Midnight', 'Hollow', 'Velvet', 'Iron'];
const SECOND = ['River', 'Avenue', 'Machine', 'Garden', 'Letters', 'Harbour', 'Season', 'Mirror', 'Engine', 'Sky'];
const ARTISTS = [
  'The Lantern Club',
  'Marta Oyelaran',
  'Kōbe Strings',
  'Old Mill Trio',
  'DJ Parallax',
  'Åsa Lindqvist',
  'Rust & Thunder',
  'Los Caminantes',
  'Ensemble Vieux-Port',
  'Captain Sundial',
  'Orchestra of a Name So Long That No Column Will Ever Hold It',
];
const ALBUMS = ['Signals', 'Weather Reports', 'Live at the Depot', 'Études', 'Second Hand', 'Low Tide', 'Vol. 3'];
export const FAKE_ROOT = '/home/ada/Music';
export const FAKE_ROOT_2 = '/mnt/vinyl-rips';

const pick = <T>(values: readonly T[], random: () => number): T => values[Math.floor(random() * values.length)] as T;

const FAILURES = [
  {
    code: 'decode-failed',
    message: 'The audio can’t be decoded. The file may be damaged; try to play it, or rip it again.',
  },
  { code: 'empty-file', message: 'The file is empty (0 bytes). Copy it again from where it came from.' },
  {
    code: 'permission-denied',
    message: 'The file may not be read. Give yourself permission to read it and scan again.',
  },
] as const;

export function fakeVerdict(labels: readonly string[], windows: number, random: () => number): Verdict {
  const weights = labels.map(() => random() ** 5 + 0.002);
  const sum = weights.reduce((a, b) => a + b, 0);
  const shares = weights.map((weight) => weight / sum);
  const votes = shares.map((share) => Math.floor(share ** 1.6 * windows));
  const largest = shares.indexOf(Math.max(...shares));
  votes[largest] = windows - votes.reduce((a, b, i) => (i === largest ? a : a + b), 0);
  const histogram: HistogramBar[] = labels
    .map((label, i) => ({ label, share: shares[i] ?? 0, votes: votes[i] ?? 0 }))
    .sort((a, b) => b.share - a.share);
  const confidence = histogram[0]?.share ?? 0;
  const abstained = confidence < 0.32;
  return {
    top: histogram[0]?.label ?? '',
    confidence,
    abstained,
    abstainReason: abstained ? 'unsure' : null,
    histogram,
  };
}

const MOODS = MOOD_QUADRANTS.map((mood) => mood.label);

export function fakeTrack(id: number): TrackRow {
  const random = randomFrom(id * 7919);
  const content = fakeContent(id, randomFrom(id + 3));
  const genre = withContent(fakeVerdict(CLASSIC_GENRES, 20 + Math.floor(random() * 90), random), content);
  const mood = withContent(fakeVerdict(MOODS, 40, random), content);
  const kind = random();
  const failure = kind < 0.01 ? pick(FAILURES, random) : null;
  const heard = failure === null && kind > 0.06;
  const own = ownGenres(genre.top, random);
  const flac = random() < 0.3;
  const title = `${pick(FIRST, random)} ${pick(SECOND, random)}`;
  const artist = pick(ARTISTS, random);
  const album = pick(ALBUMS, random);
  const fileName = `${String((id % 14) + 1).padStart(2, '0')} ${title}.${flac ? 'flac' : 'mp3'}`;
  const root = id % 9 === 0 ? FAKE_ROOT_2 : FAKE_ROOT;
  const untitled = random() < 0.03;
  return withAccepts({
    id,
    path: `${root}/${artist}/${album}/${String(id).padStart(6, '0')}/${fileName}`,
    fileName,
    title: untitled ? null : title,
    artist: untitled ? null : artist,
    album: untitled ? null : album,
    durationSec: failure ? null : 90 + Math.floor(random() * 400),
    year: untitled ? null : 1968 + (id % 55),
    analysedAt: heard ? Date.UTC(2026, 10, 21, 9, 31) : null,
    ownGenres: own,
    ownMoods: random() < 0.1 ? ['Calm'] : [],
    state: failure ? 'failed' : heard ? 'analysed' : 'new',
    genre: heard ? genre : null,
    mood: heard ? mood : null,
    content: heard ? content : null,
    affect: heard ? fakeAffect(id, mood, randomFrom(id)) : null,
    stale: false,
    quick: false,
    lookAgain: false,
    disagrees:
      heard && !genre.abstained && own.length > 0 && !own.some((label) => foldLabel(label) === foldLabel(genre.top)),
    accepts: { genres: [], moods: [] },
    decision: null,
    failure,
  });
}

function ownGenres(top: string, random: () => number): string[] {
  const kind = random();
  if (kind < 0.2) return [];
  if (kind < 0.3) return ['Other'];
  if (kind < 0.75) return [displayLabel(top)];
  if (kind < 0.85) return [displayLabel(top), 'Soundtrack'];
  return [displayLabel(pick(CLASSIC_GENRES, random))];
}

/** The track as a model hears it that tells moods and no genre. */
export const withoutGenre = (row: TrackRow): TrackRow => withAccepts({ ...row, genre: null, disagrees: false });

const WINDOW_SEC = 2.972;

/** The long form of a track: windows whose verdicts come in stretches, as music's do. */
export function fakeDetail(row: TrackRow): TrackDetail {
  const base = {
    ...row,
    fullAnalysis: row.quick ? ('waiting' as const) : null,
    wide: null,
    albumArtist: row.artist,
    container: row.fileName.endsWith('.flac') ? 'FLAC' : 'MPEG',
    codec: row.fileName.endsWith('.flac') ? 'FLAC' : 'MPEG 1 Layer 3',
  };
  if (!row.mood || row.durationSec === null) return { ...base, analysis: null };
  const windows = Math.max(1, Math.floor(row.durationSec / WINDOW_SEC));
  const random = randomFrom(row.id + 5);
  return {
    ...base,
    wide: row.genre && fakeWide(row, windows, randomFrom(row.id * 31)),
    analysis: {
      model: 'base@1.0.0',
      frontEnd: 'mel-1',
      plan: 'all',
      decoder: 'ffmpeg 7.1',
      provider: 'cpu',
      analysedAt: Date.UTC(2026, 10, 21, 9, 31),
      windows,
      windowSec: WINDOW_SEC,
      startsSec: Array.from({ length: windows }, (_, i) => i * WINDOW_SEC),
      ms: { decode: 410, features: 380, inference: 620, total: 1410 },
      warnings: row.id % 17 === 0 ? ['The file says 44.1 kHz and holds 48 kHz.'] : [],
      perWindow: {
        genre: row.genre && perWindow(row.genre, CLASSIC_GENRES, windows, random),
        mood: perWindow(row.mood, MOODS, windows, random),
      },
    },
  };
}

function perWindow(verdict: Verdict, labels: readonly string[], windows: number, random: () => number) {
  const data: number[] = [];
  let favourite = verdict.top;
  for (let i = 0; i < windows; i++) {
    if (random() < 0.12) favourite = weighted(verdict.histogram, random);
    const lead = 0.35 + random() * 0.6;
    const rest = labels.map((label) => (label === favourite ? 0 : random() ** 3 + 0.01));
    const sum = rest.reduce((a, b) => a + b, 0);
    for (const [j, label] of labels.entries())
      data.push(Math.round(255 * (label === favourite ? lead : ((rest[j] ?? 0) / sum) * (1 - lead))));
  }
  return { labels: [...labels], data };
}

function weighted(histogram: readonly HistogramBar[], random: () => number): string {
  let left = random();
  for (const bar of histogram) {
    left -= bar.share;
    if (left <= 0) return bar.label;
  }
  return histogram[0]?.label ?? '';
}
