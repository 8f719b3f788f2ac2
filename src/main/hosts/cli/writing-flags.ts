import { InvalidArgumentError, Option, type Command } from 'commander';
import { JOINS, LINK_HANDLING, type WritingSettings } from '#shared/domain/writing';
import { UsageError } from '../shared/exit';
import { collect } from '../shared/options';
import { typedSetting } from './setting-values';

/** Settings of writing for one call. */
export interface WritingFlags {
  readonly keep?: readonly string[];
  readonly drop?: readonly string[];
  readonly join?: WritingSettings['joinV23'];
  readonly links?: WritingSettings['links'];
  readonly inPlaceAbove?: Partial<WritingSettings>;
}

/** Adds what a single call may have otherwise than `genregram settings` says. */
export const addWritingOptions = (command: Command): Command =>
  command
    .option('--keep <genre>', 'a genre or mood that stays; several times for several, --keep "" for none', collect)
    .option('--drop <genre>', 'a genre or mood that goes; several times for several, --drop "" for none', collect)
    .addOption(new Option('--join <text>', 'what joins several values in ID3v2.2 and 2.3').choices(JOINS))
    .addOption(
      new Option('--links <how>', 'leave links alone, write through them, or break them').choices(LINK_HANDLING),
    )
    .option('--in-place-above <mib>', 'overwrite larger files in place where the change fits; "never"', parseInPlace);

/** @throws UsageError if an empty value stands beside others */
export const writingOf = (flags: WritingFlags): Partial<WritingSettings> => ({
  ...(flags.keep && { keepGenres: labelsOf(flags.keep, '--keep') }),
  ...(flags.drop && { dropGenres: labelsOf(flags.drop, '--drop') }),
  ...(flags.join && { joinV23: flags.join }),
  ...(flags.links && { links: flags.links }),
  ...flags.inPlaceAbove,
});

function parseInPlace(text: string): Partial<WritingSettings> {
  try {
    return typedSetting('inPlaceAboveMiB', [text]);
  } catch (error) {
    if (error instanceof UsageError) throw new InvalidArgumentError('Give a number of MiB (0: all files), or "never".');
    throw error;
  }
}

/** As `textsOf`, of at most 200 characters each. @throws UsageError */
export function labelsOf(given: readonly string[], option: string): readonly string[] {
  const values = textsOf(given, option);
  if (values.some((value) => value.length > 200)) throw new UsageError(`${option} takes at most 200 characters.`);
  return values;
}

/**
 * Values of an option that may be given several times; one empty value stands for none at all.
 *
 * @throws UsageError if it stands beside others
 */
export function textsOf(given: readonly string[], option: string): readonly string[] {
  const values = given.map((value) => value.trim()).filter((value) => value !== '');
  if (values.length > 0 && values.length < given.length)
    throw new UsageError(`${option} "" removes all values; it can't stand beside others.`);
  return values;
}
