import { someWritingSettingsSchema } from '#shared/contract/schemas';
import { JOINS, LINK_HANDLING, type WritingSettings } from '#shared/domain/writing';
import { UsageError } from '../shared/exit';

type Name = keyof WritingSettings;

interface Setting {
  /** What may stand after the name, for people. */
  readonly values: string;
  /** One sentence. */
  readonly about: string;
  /** Undefined where the words are none of the values. */
  readonly parse: (words: readonly string[]) => unknown;
  readonly show: (value: never) => string;
}

const YES = new Set(['on', 'true', 'yes']);
const NO = new Set(['off', 'false', 'no']);

const onOff = (about: string): Setting => ({
  values: 'on | off',
  about,
  parse: ([word = '', ...more]) => {
    if (more.length > 0) return undefined;
    return YES.has(word.toLowerCase()) ? true : NO.has(word.toLowerCase()) ? false : undefined;
  },
  show: (value: boolean) => (value ? 'on' : 'off'),
});

const oneOf = (choices: readonly string[], about: string, quoted = false): Setting => ({
  values: choices.map((choice) => (quoted ? `"${choice}"` : choice)).join(' | '),
  about,
  parse: ([word = '', ...more]) => (more.length === 0 && choices.includes(word) ? word : undefined),
  show: (value: string) => (quoted ? `"${value}"` : value),
});

const genres = (about: string): Setting => ({
  values: 'GENRE... (or "" for none)',
  about,
  parse: (words) => (words.length === 1 && words[0]?.trim() === '' ? [] : words),
  show: (value: readonly string[]) => value.map((genre) => `"${genre}"`).join(' ') || 'none',
});

/** The settings as the command line speaks of them. */
export const SETTINGS: Readonly<Record<Name, Setting>> = {
  joinV23: oneOf(JOINS, 'what stands between several genres in ID3v2.2 and 2.3, which know one text per field', true),
  keepMtime: onOff('files keep their modification time; players that go by it then see no change'),
  links: oneOf(LINK_HANDLING, 'what to do with links: leave alone, change what all names share, or part them'),
  inPlaceAboveMiB: {
    values: 'never | MIB',
    about: 'overwrite larger files in place (0: all) instead of making a new file, where the change fits',
    parse: ([word = '', ...more]) => {
      if (more.length > 0) return undefined;
      return word === 'never' ? null : /^\d{1,7}$/.test(word) ? Number(word) : undefined;
    },
    show: (value: number | null) => (value === null ? 'never' : String(value)),
  },
  histogramField: onOff('also write the genres that were heard, as GENREGRAM_GENRES'),
  confidenceField: onOff('also write how sure the model was of an accepted genre, as GENREGRAM_CONFIDENCE'),
  writeMood: onOff('write moods as well as genres'),
  keepGenres: genres('genres and moods that stay although others take their place'),
  dropGenres: genres('genres and moods that are taken out of every file that is written'),
};

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly Name[];

export const shownSetting = (settings: WritingSettings, name: Name): string =>
  SETTINGS[name].show(settings[name] as never);

/**
 * One setting as it was typed; of a name, case and dashes don't count.
 *
 * @throws UsageError that names the settings, or the values of the one that was named
 */
export function typedSetting(typed: string, words: readonly string[]): Partial<WritingSettings> {
  const name = SETTING_NAMES.find((known) => fold(known) === fold(typed));
  if (name === undefined)
    throw new UsageError(`There is no setting "${typed}". The settings are ${SETTING_NAMES.join(', ')}.`);
  const value = SETTINGS[name].parse(words);
  const checked = someWritingSettingsSchema.safeParse({ [name]: value });
  if (value === undefined || !checked.success)
    throw new UsageError(`${name} takes ${SETTINGS[name].values}; "${words.join(' ')}" is not that.`);
  return checked.data;
}

const fold = (name: string): string => name.replaceAll('-', '').toLowerCase();
