import { ONE_GENRE, type GenreWriting } from './genres/to-write';

/** How tags are written: the user's settings, kept in the library. What of them shapes a file's edit is part of its plan. */
export interface WritingSettings extends GenreWriting {
  /** Is no file of this library ever to be written? Decisions then live in the library, in sidecars and in playlists. */
  readonly neverTouchFiles: boolean;
  /** What stands between several values in ID3v2.2 and 2.3, which know one text per field. */
  readonly joinV23: (typeof JOINS)[number];
  /** Does a written file keep its modification time? Programs that look for changed files by it then miss the change. */
  readonly keepMtime: boolean;
  readonly links: LinkHandling;
  /** Files larger than so many MiB are overwritten in place where the change fits; null: never, 0: all. */
  readonly inPlaceAboveMiB: number | null;
  /** Are the genres that were heard written beside the one that was confirmed, as `GENREGRAM_GENRES`? */
  readonly histogramField: boolean;
  /** Is the confidence of an accepted genre written, as `GENREGRAM_CONFIDENCE`? */
  readonly confidenceField: boolean;
  readonly writeMood: boolean;
  /** Genres and moods that stay in a file although others take their place. */
  readonly keepGenres: readonly string[];
  /** Genres and moods that are taken out of a file whenever it is written. */
  readonly dropGenres: readonly string[];
}

export const JOINS = ['; ', ';', '/'] as const;

/**
 * What happens to a file that is a symbolic link or one of several names (hard links) of the same content: `skip` leaves it
 * alone, `through` changes the content that all names share, `break` puts a file of its own in the place of the name.
 */
export type LinkHandling = (typeof LINK_HANDLING)[number];
export const LINK_HANDLING = ['skip', 'through', 'break'] as const;

/** What of the settings decides how one file is written. */
export type WritingOptions = Pick<WritingSettings, 'joinV23' | 'keepMtime' | 'links' | 'inPlaceAboveMiB'>;

export const DEFAULT_WRITING: WritingSettings = {
  neverTouchFiles: false,
  joinV23: '; ',
  keepMtime: true,
  links: 'skip',
  inPlaceAboveMiB: null,
  histogramField: false,
  confidenceField: false,
  writeMood: true,
  keepGenres: [],
  dropGenres: [],
  ...ONE_GENRE,
};

/** Custom fields that hold what was heard. They have one writer, so a new value always takes the old one's place. */
export const HISTOGRAM_FIELD = 'GENREGRAM_GENRES';
export const CONFIDENCE_FIELD = 'GENREGRAM_CONFIDENCE';
