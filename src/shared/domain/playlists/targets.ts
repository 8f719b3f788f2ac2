/**
 * Where a playlist can go. A list target holds the tracks as they are now; a rule target holds the rule, for a player that applies it
 * to its own library, and falls back to a list for a rule that it can't say.
 */
export const LIST_TARGETS = ['m3u8', 'm3u', 'xspf', 'jspf', 'pls', 'itunes', 'mpd'] as const;
export const RULE_TARGETS = ['navidrome', 'kodi', 'beets'] as const;
export const EXPORT_TARGETS = [...LIST_TARGETS, ...RULE_TARGETS] as const;
export type ListTarget = (typeof LIST_TARGETS)[number];
export type RuleTarget = (typeof RULE_TARGETS)[number];
export type ExportTarget = (typeof EXPORT_TARGETS)[number];

export const isRuleTarget = (target: ExportTarget): target is RuleTarget =>
  (RULE_TARGETS as readonly string[]).includes(target);

/** How tracks are named in a playlist file. */
export interface PathOptions {
  /** `relative` to the folder of the playlist file, or to `base` where that is given. */
  readonly paths: 'relative' | 'absolute';
  /** What relative paths start from instead of the playlist's folder, as the player sees it (MPD's `music_directory`); null: the folder. */
  readonly base: string | null;
  /** Between the parts of a path: `/`, or as the (mapped) path's own system has it. Formats of URIs always have `/`. */
  readonly separators: 'forward' | 'native';
  /** Beginnings of paths, from here to there: `/music` to `D:\Music`. Of several that fit the longest counts. */
  readonly map: readonly { readonly from: string; readonly to: string }[];
  /** Composed or decomposed letters; `as-is` as the file system gives them. */
  readonly unicode: 'as-is' | 'NFC' | 'NFD';
  /** Of M3U and PLS. */
  readonly lineEnds: 'lf' | 'crlf';
  /** Whether an M3U file begins with a byte order mark, by which some players on Windows know UTF-8. */
  readonly bom: boolean;
}

export const DEFAULT_PATH_OPTIONS: PathOptions = {
  paths: 'relative',
  base: null,
  separators: 'forward',
  map: [],
  unicode: 'as-is',
  lineEnds: 'lf',
  bom: false,
};
