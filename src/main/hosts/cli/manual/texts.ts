/** What holds for every command: shown by `--help`, told in full by the manual page. */

export const EXIT_CODES: readonly (readonly [code: number, meaning: string])[] = [
  [0, 'done, also where there was nothing to do; single files that failed are listed'],
  [1, 'a fault in Genregram itself'],
  [2, 'wrong usage'],
  [3, 'nothing could be done, such as a library that is in use, or folders that are not there'],
  [4, 'a precision that can not be promised was asked for; nothing was written'],
  [130, 'ended by Ctrl+C or SIGTERM; what was finished is kept (of "watch", which is ended so, 0)'],
];

export const exitCodesInShort = (): string =>
  `\nExit codes: ${EXIT_CODES.map(([code, meaning]) => `${code} ${meaning.replace(/[,;(].*$/, '').trim()}`).join(', ')}.`;

/** Fields of a line of `--progress json`; see `ProgressLine`. */
export const PROGRESS_FIELDS: readonly (readonly [field: string, meaning: string])[] = [
  ['event', 'progress, note, failure or error'],
  ['at', 'when, in milliseconds since 1970'],
  ['job', 'of progress: scan, analyze, refine, write, undo or describe'],
  ['state', 'of progress: running, paused, cancelling, done, cancelled or failed'],
  ['done, total', 'of progress: files; total is null as long as it is not known'],
  ['failed', 'of progress: how many of those done failed'],
  ['tracksPerSecond, secondsLeft', 'of progress: null as long as they are not known'],
  ['current', 'of progress: the file at hand'],
  ['pass', 'of progress: quick or full, where all is heard twice; else null'],
  ['held', 'of progress: why it waits by itself; else null'],
  ['message', 'of note, failure and error: a sentence for people'],
  ['path, code', 'of failure, and code of error: the file, and what kind of failure it is'],
];

export const ENVIRONMENT: readonly (readonly [name: string, meaning: string])[] = [
  ['GENREGRAM_LIBRARY', 'the library file where --library names none'],
  ['NO_COLOR', 'no colours, whatever the terminal can do'],
  ['FORCE_COLOR', 'colours also where the output is no terminal'],
];

export const EXAMPLES: readonly (readonly [command: string, what: string])[] = [
  ['genregram tag --min-confidence 0.9 --dry-run ~/Music', 'shows what a run without you would write.'],
  [
    'genregram tag --precision 0.95 --report ~/night.html --quiet ~/Music',
    'in a nightly job: writes where 95 % are known to be right.',
  ],
  ['genregram watch --write --min-confidence 0.9 ~/Music', 'listens to what comes in, and writes what is sure.'],
  ['genregram export --format jsonl - | jq .genre.top', 'all results for another program.'],
  [
    'genregram describe --csv ~/Music > sound.csv',
    'tempo, brightness, level and zero crossings of every file, as a table.',
  ],
];
