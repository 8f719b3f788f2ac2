import type { Client } from '#shared/contract/client';
import { listeningFields, listeningSettingsSchema, writingSettingsSchema } from '#shared/contract/schemas';
import { SHARES, type ListeningSettings } from '#shared/domain/listening';
import { GENRE_ORDERS, GENRE_PARENTS } from '#shared/domain/genres/to-write';
import { JOINS, LINK_HANDLING, type WritingSettings } from '#shared/domain/writing';
import { UsageError } from '../shared/exit';

/** All settings by name; no name is in both. */
export type Settings = WritingSettings & ListeningSettings;
type Name = keyof Settings;

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

/** A share of 0 to 1, also as a percentage, or a word for none where there may be none. */
const share = (about: string, none: string | null): Setting => ({
  values: none === null ? '0..1 | PERCENT%' : `${none} | 0..1 | PERCENT%`,
  about,
  parse: ([word = '', ...more]) => {
    if (more.length > 0) return undefined;
    if (word === none) return null;
    const [, number, percent] = /^(\d{1,3}(?:\.\d+)?)(%?)$/.exec(word) ?? [];
    return number === undefined ? undefined : Number(number) / (percent === '%' ? 100 : 1);
  },
  show: (value: number | null) => (value === null ? (none ?? '') : String(value)),
});

/** A number of minutes, or a word for none where there may be none. */
const minutes = (about: string, none: string | null): Setting => ({
  values: none === null ? 'MINUTES' : `${none} | MINUTES`,
  about,
  parse: ([word = '', ...more]) => {
    if (more.length > 0) return undefined;
    return word === none ? null : /^\d{1,5}(\.\d+)?$/.test(word) ? Number(word) : undefined;
  },
  show: (value: number | null) => (value === null ? (none ?? '') : String(value)),
});

/** The settings as the command line speaks of them. */
export const SETTINGS: Readonly<Record<Name, Setting>> = {
  neverTouchFiles: onOff('no file is ever written, by no window and no command; `tag --sidecar` writes beside them'),
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
  mostGenres: {
    values: '1..10',
    about: 'how many genres accepting writes at most',
    parse: ([word = '', ...more]) => (more.length === 0 && /^\d{1,2}$/.test(word) ? Number(word) : undefined),
    show: (value: number) => String(value),
  },
  leastShare: share('the share or score from which a genre is written beside the first', null),
  wideGenres: onOff('named genres of the wide vocabulary are written beside the verdict'),
  genreParents: oneOf(
    GENRE_PARENTS,
    'a genre and one above it: both if both are heard, always both, or the kind alone',
  ),
  genreOrder: oneOf(GENRE_ORDERS, 'the order of several genres'),
  rollUpFrom: share('weak genres add up to a common parent, which is written from this share on', 'never'),
  share: oneOf(SHARES, "how much of the machine's cores listening may take"),
  pauseOnBattery: onOff('listening waits while the machine runs on its battery'),
  yieldToWindow: onOff('listening steps back while the window is in front'),
  ffmpegPath: {
    values: 'find | PATH',
    about: 'the ffmpeg command to decode with, or the one that is found',
    parse: ([word = '', ...more]) => (more.length > 0 ? undefined : word === 'find' ? null : word),
    show: (value: string | null) => value ?? 'find',
  },
  provider: {
    values: 'auto | cpu | webgpu | cuda | ...',
    about: 'what does the inference; another than auto must work, or nothing is listened to',
    parse: ([word = '', ...more]) => (more.length === 0 ? word : undefined),
    show: (value: string) => value,
  },
  quickFirst: onOff('each track is heard quickly first, and as a whole later'),
  maxFileMinutes: minutes('files that play longer are left out', 'none'),
  timeoutMinutes: minutes('a file that takes longer to decode is given up', null),
};

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly Name[];

export const isListening = (name: Name): name is keyof ListeningSettings => Object.hasOwn(listeningFields, name);

export const shownSetting = (settings: Settings, name: Name): string => SETTINGS[name].show(settings[name] as never);

/**
 * One setting as it was typed; of a name, case and dashes don't count.
 *
 * @throws UsageError that names the settings, or the values of the one that was named
 */
export function typedSetting(typed: string, words: readonly string[]): Partial<Settings> {
  const name = SETTING_NAMES.find((known) => fold(known) === fold(typed));
  if (name === undefined)
    throw new UsageError(`There is no setting "${typed}". The settings are ${SETTING_NAMES.join(', ')}.`);
  const value = SETTINGS[name].parse(words);
  const checked = schema.safeParse({ [name]: value });
  if (value === undefined || !checked.success)
    throw new UsageError(`${name} takes ${SETTINGS[name].values}; "${words.join(' ')}" is not that.`);
  return checked.data;
}

const schema = writingSettingsSchema.extend(listeningSettingsSchema.shape).partial();

export const allSettings = async (client: Client): Promise<Settings> => ({
  ...(await client.call('settings.writing', {})),
  ...(await client.call('settings.listening', {})),
});

const fold = (name: string): string => name.replaceAll('-', '').toLowerCase();
