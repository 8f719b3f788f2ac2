/**
 * A vocabulary of genres as a text file, a line each:
 *
 *     Hard Rock < Rock, Blues Rock = heavy rock, hardrock    a genre, its parents, its other spellings
 *     ! seen live, favourites                                labels that are no genres
 *     - Polka                                                a genre that is to go
 *     @artist Miles Davis: Jazz                              what is written for an artist's tracks, whatever is heard;
 *     @album-artist …: …, @folder Soundtracks/Games: …       or an album artist's, or those in a folder
 *     @only Rock, Jazz *                                     only these are written, and of jazz its kinds as well
 *     # …                                                    a remark, also at the end of a line behind two spaces
 *
 * Parents need no line of their own; without one they are broad genres.
 */
export interface GenreFile {
  readonly genres: readonly GenreLine[];
  readonly ignored: readonly string[];
  readonly removed: readonly string[];
  readonly overrides: readonly GenreOverride[];
  readonly only: readonly OnlyGenre[];
}

/** What is written for some tracks, whatever is heard in them. */
export interface GenreOverride {
  readonly of: (typeof OVERRIDES)[number];
  /** The artist as tags name it, or the last folders of a path, parted by `/`. */
  readonly name: string;
  readonly genres: readonly string[];
  readonly line: number;
}

/** In the order in which they count: an artist's line beats that of a folder. */
export const OVERRIDES = ['artist', 'album-artist', 'folder'] as const;

/** A genre that may be written. */
export interface OnlyGenre {
  readonly label: string;
  /** True where its kinds may be written, too; else they become it. */
  readonly kinds: boolean;
  readonly line: number;
}

export interface GenreLine {
  readonly name: string;
  readonly parents: readonly string[];
  readonly aliases: readonly string[];
  /** In the file, from 1. */
  readonly line: number;
}

/** What is wrong in a file: `line` counts from 1, 0 where it is no single line's fault. */
export interface GenreProblem {
  readonly line: number;
  readonly message: string;
}

const LONGEST_LABEL = 200;

/** Reads what can be read; every line that can't is a problem. */
export function parseGenres(text: string): { file: GenreFile; problems: GenreProblem[] } {
  const genres: GenreLine[] = [];
  const ignored: string[] = [];
  const removed: string[] = [];
  const overrides: GenreOverride[] = [];
  const only: OnlyGenre[] = [];
  const problems: GenreProblem[] = [];
  for (const [index, raw] of text.split(/\r\n|[\r\n]/).entries()) {
    const line = index + 1;
    const content = withoutRemark(raw);
    if (content === '') continue;
    const problem = tooLong(content) ?? readLine(content, line);
    if (problem !== null) problems.push({ line, message: problem });
  }
  return { file: { genres, ignored, removed, overrides, only }, problems };

  function readLine(content: string, line: number): string | null {
    if (content.startsWith('!')) {
      ignored.push(...labels(content.slice(1)));
      return null;
    }
    if (content.startsWith('- ')) {
      removed.push(...labels(content.slice(2)));
      return null;
    }
    if (content.startsWith('@')) return readRule(content.slice(1), line);
    const [left, aliases] = halves(content, '=');
    const [name, parents] = halves(left, '<');
    if (name === '') return 'The genre is missing, for example: Hard Rock < Rock = heavy rock';
    if (name.includes(',')) return `A line is about one genre; “${name}” looks like several.`;
    genres.push({ name, parents: labels(parents), aliases: labels(aliases), line });
    return null;
  }

  function readRule(content: string, line: number): string | null {
    const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/.exec(content) ?? [];
    if (word === 'only') {
      only.push(
        ...labels(rest).map((label) => ({ label: label.replace(/\s*\*$/, ''), kinds: label.endsWith('*'), line })),
      );
      return rest === '' ? 'The genres are missing, for example: @only Rock, Jazz *' : null;
    }
    const of = OVERRIDES.find((each) => each === word);
    if (!of) return `There is no @${word}; there are @artist, @album-artist, @folder and @only.`;
    const [, name = '', list = ''] = /^(.*):(.*)$/.exec(rest) ?? [];
    const override = { of, name: name.trim(), genres: labels(list), line };
    if (override.name === '' || override.genres.length === 0)
      return `A name, a colon and a genre are needed, for example: @${of} ${EXAMPLE[of]}`;
    overrides.push(override);
    return null;
  }
}

const EXAMPLE: Readonly<Record<GenreOverride['of'], string>> = {
  artist: 'Miles Davis: Jazz',
  'album-artist': 'Various Artists: Compilation',
  folder: 'Soundtracks/Games: Game Music',
};

const withoutRemark = (line: string): string => line.replace(/^\s*#.*$|\s{2,}#.*$/, '').trim();

/** The parts before and after the first mark, trimmed; the second is empty without one. */
function halves(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

const labels = (list: string): string[] =>
  list
    .split(',')
    .map((label) => label.trim())
    .filter((label) => label !== '');

function tooLong(content: string): string | null {
  const longest = content.split(/[,=<]/).find((part) => part.trim().length > LONGEST_LABEL);
  return longest === undefined
    ? null
    : `A name may have ${LONGEST_LABEL} characters; “${longest.trim().slice(0, 30)}…” has more.`;
}
