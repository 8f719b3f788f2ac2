import type { Failure } from './failure';
import type { WritingSettings } from './writing';

/** What a file's own tags say, as far as the app shows or changes it. Values are trimmed, empty ones dropped. */
export interface OwnTags {
  readonly title: string | null;
  readonly artist: string | null;
  readonly album: string | null;
  readonly albumArtist: string | null;
  readonly year: number | null;
  readonly trackNumber: number | null;
  readonly genres: readonly string[];
  readonly moods: readonly string[];
  /** Stars, 0 to 5 in halves; null where none are given. */
  readonly rating: number | null;
  /**
   * The texts of the tags by the names that `textName` gives: those of Vorbis comments (`COMPOSER`), else the format's own, in capitals. At most
   * `TEXTS_LIMITS` of them.
   */
  readonly texts: TagTexts;
  readonly durationSec: number | null;
  readonly bitrate: number | null;
  readonly sampleRate: number | null;
  /** e.g. `MPEG`, `FLAC`, `Ogg`, `M4A`: what the content is, whatever the name says. */
  readonly container: string | null;
  readonly codec: string | null;
}

export type TagTexts = Readonly<Record<string, readonly string[]>>;

/** How much of a file's texts is kept: so many values in all, of so many characters each. */
export const TEXTS_LIMITS = { values: 64, characters: 200 } as const;

/** How new values meet the ones a file has: take their place, join them, or stand only where there were none. */
export type TagMode = 'replace' | 'add' | 'fill';

/**
 * What is to be written into one file. A field that is absent stays as it is; an empty list removes the field.
 * `custom` are named fields (TXXX in ID3, a comment of that name in FLAC), e.g. {GENREGRAM_GENRES: ['rock:0.62']}.
 */
export interface TagChange {
  readonly genres?: readonly string[];
  readonly moods?: readonly string[];
  /** Content group (TIT1, GROUPING, ©grp) and comment: never touched unless named here. */
  readonly grouping?: readonly string[];
  readonly comment?: readonly string[];
  readonly custom?: Readonly<Record<string, readonly string[]>>;
  readonly mode: TagMode;
  /** Genres and moods that stay although others take their place ("Audiobook"); case and signs don't count. */
  readonly keep?: readonly string[];
  /** Genres and moods that go in every mode, and that a file with nothing else counts as empty for ("Other"). */
  readonly drop?: readonly string[];
}

export interface FieldDiff {
  /** `genre`, `mood`, or the custom field's name. */
  readonly field: string;
  /** The format's own names for it, e.g. `TCON`, `TXXX:MOOD`, `GENRE`, `APEv2 Genre`, `ID3v1 genre`. */
  readonly names: readonly string[];
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Identity of a file's state; a write is refused if any part differs from the plan's. */
export interface FileStamp {
  readonly size: number;
  /** Nanoseconds since the epoch as a decimal string (too large for a number). */
  readonly mtimeNs: string;
  readonly inode: string;
}

/** A plan for one file: a value that changes nothing until it is applied. `diffs` is empty if the file already is as asked. */
export interface FilePlan {
  readonly path: string;
  readonly status: 'ready' | 'unchanged';
  readonly format: string;
  readonly stamp: FileStamp;
  readonly change: TagChange;
  readonly writing: PlannedWriting;
  readonly diffs: readonly FieldDiff[];
  readonly warnings: readonly string[];
}

/**
 * How the new bytes come into a file: as a new file in the old one's place, over the old bytes, or as a file of its own in the
 * place of a link.
 */
export type WriteMethod = 'new-file' | 'in-place' | 'own-file';

/** What a plan was made with and is carried out with, whatever the settings say by then. */
export interface PlannedWriting extends Pick<WritingSettings, 'joinV23' | 'keepMtime'> {
  readonly method: WriteMethod;
  /** The file that the path leads to, where it is a symbolic link; else null. */
  readonly target: string | null;
}

export type PlannedFile = FilePlan | ({ readonly path: string; readonly status: 'refused' } & Failure);

/** Proof of one write: what changed and that nothing else did. Hashes are hex SHA-256. */
export interface WriteReceipt {
  readonly sizeBefore: number;
  readonly sizeAfter: number;
  /** Of the whole file. */
  readonly hashBefore: string;
  readonly hashAfter: string;
  /** Of the audio payload, equal before and after (checked on the written file before it takes the original's place). */
  readonly audioHash: string;
  /** Absent: a new file took the old one's place under the path itself. */
  readonly method?: Exclude<WriteMethod, 'new-file'>;
  /** The file that was written, where the path is a symbolic link that leads to it. */
  readonly target?: string;
  /** What the symbolic link said, in whose place the file now is. */
  readonly brokenLink?: string;
}

export type WriteResult =
  | {
      readonly path: string;
      readonly status: 'written';
      readonly diffs: readonly FieldDiff[];
      readonly receipt: WriteReceipt;
    }
  | { readonly path: string; readonly status: 'unchanged' }
  | ({ readonly path: string; readonly status: 'refused' } & Failure);

/** A field that an undo left alone, because it no longer holds what was written. */
export interface LeftField {
  readonly field: string;
  /** What was written. */
  readonly wrote: readonly string[];
  /** What the file holds instead. */
  readonly now: readonly string[];
}

export type UndoResult =
  | { readonly path: string; readonly status: 'restored' }
  | ({ readonly path: string; readonly status: 'refused' } & Failure);
