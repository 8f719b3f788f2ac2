import { Option, type Command } from 'commander';
import type { PrecisionFinding } from '#shared/contract/hands-free';
import type { AcceptRule } from '#shared/domain/hands-free/standing';
import { UsageError } from '../../shared/exit';
import { parsePrecision, parseShare } from '../../shared/options';
import type { Session } from '../session';

/** How sure is sure. */
export interface RuleFlags {
  readonly minConfidence?: number;
  readonly precision?: number;
  /** False with --no-mood. */
  readonly mood: boolean;
}

/** A rule, and what it goes by where a precision was asked for. */
export interface FoundRule {
  readonly rule: AcceptRule;
  readonly genre: PrecisionFinding | null;
  readonly mood: PrecisionFinding | null;
}

export const addRuleOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--min-confidence <p>', 'take verdicts of at least this confidence, 0 to 1')
        .argParser(parseShare)
        .conflicts('precision'),
    )
    .addOption(
      new Option(
        '--precision <p>',
        "take verdicts from the confidence at which so many are right, such as 0.97, by your own decisions or the model's figures",
      ).argParser(parsePrecision),
    )
    .option('--no-mood', 'genres only');

/** @throws UsageError where neither is given */
export function assertRule({ minConfidence, precision }: RuleFlags): void {
  if (minConfidence === undefined && precision === undefined)
    throw new UsageError('Say how sure is sure: --min-confidence 0.9, or --precision 0.97.');
}

/**
 * The rule that the flags stand for.
 *
 * @returns what was found out of the genre where the precision can't be promised
 */
export async function findRule(
  { client }: Session,
  { minConfidence, precision, mood }: RuleFlags,
): Promise<FoundRule | { readonly rule: null; readonly genre: PrecisionFinding }> {
  if (precision === undefined) {
    const from = minConfidence ?? 0;
    return { rule: { genreFrom: from, moodFrom: mood ? from : null }, genre: null, mood: null };
  }
  const genre = await client.call('handsFree.threshold', { task: 'genre', precision });
  if (genre.chosen === null) return { rule: null, genre };
  const ofMood = mood ? await client.call('handsFree.threshold', { task: 'mood', precision }) : null;
  const moodFrom = ofMood?.chosen?.confidence ?? null;
  return { rule: { genreFrom: genre.chosen.confidence, moodFrom }, genre, mood: ofMood };
}
