import type { TrackRow } from '#shared/contract/schemas';
import { CONTENT_LABELS, type Affect, type Verdict, type WideGenre } from '#shared/domain/analysis';
import { MOOD_QUADRANTS } from '#shared/domain/vocabulary';

/** Made-up content, places on the plane and wide genres for the made-up tracks, some of which were heard by a lesser model. */

type Random = () => number;

const WIDE = [
  ...[
    'a cappella',
    'alternative',
    'ambient',
    'americana',
    'bluegrass',
    'bossa nova',
    'chanson',
    'drum and bass',
    'dub',
  ],
  ...['electronic', 'flamenco', 'folk', 'funk', 'gospel', 'grunge', 'house', 'indie', 'latin', 'punk', 'r&b', 'ska'],
  ...['singer-songwriter and spoken word', 'soul', 'techno'],
] as const;

/** Of a lesser model: nothing but genre and mood. */
const isLesser = (id: number): boolean => id % 10 === 7;

/** What a track holds: one of thirty is speech or other sound, a few are too near to tell. */
export function fakeContent(id: number, random: Random): Verdict | null {
  if (isLesser(id)) return null;
  const top = id % 60 === 11 ? 'speech' : id % 60 === 41 ? 'other' : 'music';
  const confidence = id % 25 === 3 ? 0.44 : 0.7 + 0.29 * random();
  const rest = (1 - confidence) / 2;
  const histogram = [top, ...CONTENT_LABELS.filter((label) => label !== top)].map((label, i) => ({
    label,
    share: i === 0 ? confidence : rest,
    votes: i === 0 ? 38 : 1,
  }));
  const abstained = confidence < 0.5;
  return { top, confidence, abstained, abstainReason: abstained ? 'unsure' : null, histogram };
}

/** A place in the quadrant of the mood that was heard, nearer to its middle the surer it is. */
export function fakeAffect(id: number, mood: Verdict, random: Random): Affect | null {
  if (isLesser(id)) return null;
  const quadrant = MOOD_QUADRANTS.find(({ label }) => label === mood.top) ?? MOOD_QUADRANTS[0];
  const place = (sign: number): number => sign * (0.1 + 0.7 * random() * mood.confidence);
  return {
    valence: place(quadrant.valence),
    arousal: place(quadrant.arousal),
    valenceSpread: 0.08 + 0.2 * random(),
    arousalSpread: 0.08 + 0.2 * random(),
  };
}

export function fakeWide(row: TrackRow, windows: number, random: Random): WideGenre[] | null {
  if (isLesser(row.id)) return null;
  return WIDE.map((label) => {
    const score = 0.9 * random() ** 4;
    const threshold = Number((0.25 + 0.35 * random()).toFixed(3));
    return { label, score, threshold, votes: Math.floor(windows * Math.min(1, (score / threshold) ** 2 / 2)) };
  }).sort((a, b) => b.score / b.threshold - a.score / a.threshold);
}
