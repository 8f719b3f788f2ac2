/**
 * A vocabulary of genres as a text file, a line each:
 *
 *     Hard Rock < Rock, Blues Rock = heavy rock, hardrock    a genre, its parents, its other spellings
 *     ! seen live, favourites                                labels that are no genres
 *     - Polka                                                a genre that is to go
 *     # …                                                    a remark, also at the end of a line behind two spaces
 *
 * Parents need no line of their own; without one they are broad genres.
 */
export interface GenreFile {
  readonly genres: readonly GenreLine[];
  readonly ignored: readonly string[];
  readonly removed: readonly string[];
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
  const problems: GenreProblem[] = [];
  for (const [index, raw] of text.split(/\r\n|[\r\n]/).entries()) {
    const line = index + 1;
    const content = withoutRemark(raw);
    if (content === '') continue;
    const problem = tooLong(content) ?? readLine(content, line);
    if (problem !== null) problems.push({ line, message: problem });
  }
  return { file: { genres, ignored, removed }, problems };

  function readLine(content: string, line: number): string | null {
    if (content.startsWith('!')) {
      ignored.push(...labels(content.slice(1)));
      return null;
    }
    if (content.startsWith('- ')) {
      removed.push(...labels(content.slice(2)));
      return null;
    }
    const [left, aliases] = halves(content, '=');
    const [name, parents] = halves(left, '<');
    if (name === '') return 'The genre is missing, for example: Hard Rock < Rock = heavy rock';
    if (name.includes(',')) return `A line is about one genre; “${name}” looks like several.`;
    genres.push({ name, parents: labels(parents), aliases: labels(aliases), line });
    return null;
  }
}

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
