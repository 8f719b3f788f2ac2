import { Option, type Command } from 'commander';
import type { PrecisionFinding } from '#shared/contract/hands-free';
import type { AcceptRule } from '#shared/domain/hands-free/standing';
import { tells } from '#shared/domain/model-tasks';
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

/** A rule, and what it goes by where a precision was asked for; without the genre, where the model hears none. */
export interface FoundRule {
  readonly rule: AcceptRule;
  readonly genre: PrecisionFinding | null;
  readonly mood: PrecisionFinding | null;
}

/** What was found out where the precision can't be promised: of the genre or, where the model hears none, of the mood. */
export interface NoRule {
  readonly rule: null;
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
 * @throws UsageError where it would be of genres alone, and the model hears none
 */
export async function findRule(
  { client }: Session,
  { minConfidence, precision, mood }: RuleFlags,
): Promise<FoundRule | NoRule> {
  const { models } = await client.call('models.list', {});
  const model = models.find(({ chosen }) => chosen);
  const hearsGenre = !model || tells(model.outputs, 'genre');
  if (!hearsGenre && !mood)
    throw new UsageError(
      `The model ${model.id} hears no genre, so --no-mood leaves nothing to take. Leave it out, or choose another model with --model.`,
    );
  if (precision === undefined) {
    const from = minConfidence ?? 0;
    return { rule: { genreFrom: hearsGenre ? from : null, moodFrom: mood ? from : null }, genre: null, mood: null };
  }
  const genre = hearsGenre ? await client.call('handsFree.threshold', { task: 'genre', precision }) : null;
  if (genre?.chosen === null) return { rule: null, genre, mood: null };
  const ofMood = mood ? await client.call('handsFree.threshold', { task: 'mood', precision }) : null;
  const moodFrom = ofMood?.chosen?.confidence ?? null;
  if (!genre && moodFrom === null) return { rule: null, genre, mood: ofMood };
  return { rule: { genreFrom: genre?.chosen?.confidence ?? null, moodFrom }, genre, mood: ofMood };
}
