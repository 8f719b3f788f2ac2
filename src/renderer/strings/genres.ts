import type { GenreOverride } from '#shared/domain/genres/genre-file';
import type { GenreToWrite } from '#shared/domain/genres/to-write';
import { displayLabel } from '#shared/domain/vocabulary';
import { formatCount, formatPlural, formatShare } from '../ui/format';

/** The collector's genres: the dialog, which of them are written, and cleaning. */
export const genres = {
  title: 'Your own genres',
  menu: 'Genres…',
  close: 'Close',
  intro:
    'A line of yours adds a genre, gives one another name or other parents, or takes one away. Own tags are compared, and verdicts accepted, in this light.',
  example: `Hard Rock < Rock, Blues Rock = heavy rock    a genre, its parents, its other spellings
Rap = hip-hop                                another name; kinds and spellings stay
! seen live, favourites                      labels that are no genres
- Polka                                      a genre that is to go
@artist Miles Davis: Jazz                    written whatever is heard; also @album-artist, @folder
@only Rock, Jazz *                           only these are written, and of jazz its kinds as well`,
  own: 'Your lines',
  line: (line: number) => `Line ${line}:`,
  save: 'Save',
  cancel: 'Cancel',
  count: (count: string) => `${count} genres`,
  showBuiltIn: 'Show the built-in ones',
  hideBuiltIn: 'Hide the built-in ones',
  builtIn: 'Built-in genres',
  unknown: {
    heading: 'Labels that are no genres here',
    help: 'Give one a line of its own, make it another spelling of a genre, or put it behind a ! to have it ignored.',
    ofModel: 'The model says',
    ofTags: 'Your files say',
    more: (count: number) => `and ${formatCount(count)} more; “genregram genres unmapped” lists them all`,
  },
  clean: {
    open: 'Clean the files’ genres…',
    help: 'Plans what your lines make of the genres that files have: one spelling each, several in one text apart, ignored ones out. Nothing is written before you have seen it.',
    unsaved: 'Save your lines first.',
    title: 'Clean genres',
    waiting: 'Comparing the files’ genres with yours…',
    nothing: 'Nothing to clean',
    nothingText: 'The files have their genres as you call them.',
    back: 'Back to what was decided',
    chosen: (chosen: number, all: number) => `${formatCount(chosen)} of ${formatPlural(all, 'file')} chosen`,
    write: (chosen: number) => (chosen === 0 ? 'Write' : `Write ${formatPlural(chosen, 'file')}`),
    summary: (ready: number, refused: number, clean: number) =>
      [
        ready === 0 ? 'No file will change.' : `${formatPlural(ready, 'file')} will change, and only in the genre.`,
        ...(refused === 0 ? [] : [`${formatCount(refused)} can’t be written, for the reasons given.`]),
        `${formatPlural(clean, 'file needs', 'files need')} no cleaning.`,
      ].join(' '),
    split: 'Split unknown ones too',
    splitHelp:
      'Splits texts at ; | / , also where the parts are no genres here. Look through the list: it parts “AC/DC”, too.',
  },
  toWrite: {
    heading: 'Which genres',
    most: {
      label: 'Genres a track gets at most',
      help: (most: number) =>
        most === 1 ? 'The one that was heard.' : 'The one that was heard, then others that are strong enough.',
    },
    least: {
      label: 'Others are written from',
      help: 'The share of the track that sounds like a genre, or its score under “More genres”.',
    },
    wide: {
      label: 'More genres, too',
      help: 'What is named under “More genres” is written beside the verdict, its kinds first: Rock, then Hard Rock.',
    },
    parents: {
      label: 'A genre and the one above it',
      choices: { 'as-heard': 'As heard', add: 'Both', drop: 'The special one' },
      help: {
        'as-heard': 'Both are written where both are heard.',
        add: 'What is right above a genre is written as well: House beside Deep House. It does not count as one more.',
        drop: 'Where a kind is written, the genre above it is left out: Hard Rock instead of Rock.',
      },
    },
    order: {
      label: 'Order',
      choices: { strongest: 'Strongest first', 'broad-first': 'Broad first', 'special-first': 'Special first' },
      help: 'Some players show the first genre alone.',
    },
    rollUp: {
      label: 'Where the model is not sure',
      never: 'Nothing',
      from: (share: number) => `Together ${formatShare(share)}`,
      help: 'Weak genres are added up at the lowest genre above them, which is written where they come to so much: Deep House 22% and Tech House 21% make House 43%.',
    },
  },
  /** Beside a suggestion: by which other spelling it was found, and what stands above it. */
  typing: (alias: string | null, parents: readonly string[]): string =>
    [alias === null ? '' : `“${alias}”`, parents.join(', ')].filter((part) => part !== '').join(' · '),
  accepts: {
    heading: 'Accepting writes',
    why: ({ why, insteadOf }: GenreToWrite): string => {
      const instead = insteadOf === null ? '' : `for ${insteadOf}, which is not on your list · `;
      switch (why.kind) {
        case 'heard':
          return `${instead}heard, ${formatShare(why.share)}`;
        case 'wide':
          return `${instead}under “More genres”, ${formatShare(why.share)}`;
        case 'together':
          return `${instead}${why.parts.map(({ label, share }) => `${displayLabel(label)} ${formatShare(share)}`).join(' + ')}`;
        case 'above':
          return `above ${why.below}`;
        case 'override':
          return `your line for ${overrideOf[why.of]} ${why.name}`;
      }
    },
  },
};

const overrideOf: Readonly<Record<GenreOverride['of'], string>> = {
  artist: 'the artist',
  'album-artist': 'the album artist',
  folder: 'the folder',
};
