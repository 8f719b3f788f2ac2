import type { PrecisionFinding } from '#shared/contract/hands-free';
import { count, printable } from '../terminal';
import type { FoundRule, NoRule } from './rule';

/**
 * Which thresholds hold, by what, and how much error is to be expected.
 *
 * @param mostGenres as the settings have it: only the first genre is what a threshold is about
 */
export function describeRule(
  { rule, genre, mood }: FoundRule,
  precision: number | undefined,
  mostGenres: number,
): string[] {
  const { genreFrom, moodFrom } = rule;
  if (precision === undefined)
    return [
      `Taken: verdicts of a confidence of ${genreFrom ?? moodFrom} and more. How often these are right was not asked.`,
    ];
  return [
    ...(genre === null ? [NO_GENRES] : [`Genres from a confidence of ${genreFrom}: ${expected(genre)}`]),
    ...(mood === null
      ? []
      : [moodFrom === null ? withoutMood(mood, precision) : `Moods from ${moodFrom}: ${expected(mood)}`]),
    ...(genre !== null && mostGenres > 1
      ? [
          `Further genres of a track (setting mostGenres: up to ${mostGenres}) are written too; how often these are right is not known.`,
        ]
      : []),
    ...(genre?.source === 'model' ? [STRANGERS] : []),
  ];
}

/** Why nothing is written. */
export function describeRefusal({ genre, mood }: NoRule, precision: number): string[] {
  const finding = genre ?? mood;
  if (finding === null) return [];
  const { own, needed, source } = finding;
  // The collector's own decisions tell of genres only.
  const more = genre ? Math.max(0, needed - own) : 0;
  return [
    ...(genre === null ? [NO_GENRES] : []),
    `No threshold is known from which ${share(precision)} of the ${genre ? 'genres' : 'moods'} are right, so nothing was written.`,
    ...(source === 'none' ? [`${NO_FIGURES} ${printable(finding.model)}.`] : [`${seen(finding)} ${most(finding)}`]),
    more > 0
      ? `Decide at least ${count(more, 'more verdict')} yourself (${own} so far) so that your own decisions can tell, ask for less, or name a threshold: --min-confidence.`
      : 'Ask for less, or name a threshold: --min-confidence.',
  ];
}

const NO_GENRES = 'The model hears no genre: what is taken are moods alone.';

const NO_FIGURES = 'There are no figures of how often verdicts are right for';

/** What the model was judged on is not what a library holds. */
const STRANGERS =
  "The model's figures are of tracks that are of one of its genres. What is of none of them, or speech, is not in them; your own decisions are the better measure.";

const share = (value: number): string => `${(value * 100).toFixed(1).replace('.0', '')} %`;

function expected(finding: PrecisionFinding): string {
  const { chosen } = finding;
  if (chosen === null) return '';
  const wrong = chosen.tracks - chosen.right;
  return `${wrong} of ${chosen.tracks} such verdicts were wrong (${share(wrong / chosen.tracks)}); at most ${share(1 - chosen.bound)} are, with a confidence of 95 %. ${source(finding)}`;
}

const source = ({ source: by, own, model, protocol }: PrecisionFinding): string =>
  by === 'decisions'
    ? `By ${count(own, 'decision')} of your own on what ${printable(model)} heard.`
    : `By the figures of ${printable(model)}: ${printable(protocol ?? '').replace(/\.?$/, '.')}`;

const seen = (finding: PrecisionFinding): string =>
  `${count(finding.judged, 'verdict')} were judged. ${source(finding)}`;

function most({ surest }: PrecisionFinding): string {
  if (surest === null) return '';
  return `The most that can be promised is ${share(Math.floor(surest.bound * 1000) / 1000)}, from a confidence of ${surest.confidence}.`;
}

const withoutMood = (mood: PrecisionFinding, precision: number): string =>
  `Moods are left out: no threshold is known from which ${share(precision)} of them are right. ${
    mood.source === 'none' ? `${NO_FIGURES} moods of ${printable(mood.model)}.` : most(mood)
  }`.trim();
