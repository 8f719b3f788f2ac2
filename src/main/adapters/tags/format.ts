import { CodedError } from '#shared/domain/failure';
import type { FieldDiff } from '#shared/domain/tags';
import type { WantedFields } from '../../core/tags/change';
import type { KnownSplice } from '../../core/tags/splices';
import type { ByteSource, Part } from '../files/byte-source';

/** A field that we write: `genre`, `mood`, `grouping`, `comment` or the name of a custom field. */
export type FieldName = string;

/** One place of a file that holds a field, e.g. a TCON frame or an APEv2 item. */
export interface Carrier {
  /** As the format calls it: `TCON`, `APEv2 Genre`. */
  readonly name: string;
  readonly values: readonly string[];
}

/** A stretch of the file that no edit may change. */
export interface KeptPart extends Part {
  readonly label: string;
  /**
   * Where its bytes lie, if its container cuts it into pages (Ogg): the headers of pages may stand among them, and elsewhere after an edit.
   * `offset` is then that of the first stretch, `length` that of all together.
   */
  readonly pieces?: readonly Part[];
}

export interface Edit {
  /** Ascending, not overlapping; empty if the file already is as asked. */
  readonly splices: readonly KnownSplice[];
  readonly diffs: readonly FieldDiff[];
  readonly warnings: readonly string[];
  /** What each changed field must hold when the new file is read: the proof of the edit. */
  readonly expected: ReadonlyMap<FieldName, readonly string[]>;
}

/** A file whose tags have been understood completely. Reading and editing fail with a `CodedError` and change nothing. */
export interface ParsedTags {
  /** Shown to the user: `MP3 (ID3v2.3 + APEv2)`. */
  readonly format: string;
  /** The audio, ascending: no edit reaches into it, and its bytes are the same afterwards, wherever they then lie. */
  readonly audio: readonly Part[];
  /** All places that hold the field, the one that counts first. */
  carriers(field: FieldName): readonly Carrier[];
  /** Everything but the audio, genre, mood and the fields named, in file order. */
  kept(named: readonly FieldName[]): readonly KeptPart[];
  /** Does `carriers` show exactly `values`, as far as each place can hold them? */
  holds(field: FieldName, values: readonly string[]): boolean;
  edit(wanted: WantedFields): Promise<Edit>;
}

export interface FormatOptions {
  /** What stands between several values in ID3v2.2 and 2.3, which know only one text per frame. */
  readonly joinV23: '; ' | ';' | '/';
  /** Only `carriers` will be asked: a format may leave `audio` empty where finding it takes reading the whole file. */
  readonly fieldsOnly?: boolean;
}

export const DEFAULT_OPTIONS: FormatOptions = { joinV23: '; ' };

export type ParseTags = (source: ByteSource, options: FormatOptions) => Promise<ParsedTags>;

export const unparseable = (what: string): CodedError =>
  new CodedError('tag-unparseable', `${what} The file was left as it is; repair its tag with another program first.`);

/** The fields of a change that this change says something about, in the order of display. */
export const wantedFields = (wanted: WantedFields): [FieldName, readonly string[]][] => [
  ...(wanted.genre ? [['genre', wanted.genre] as [FieldName, readonly string[]]] : []),
  ...(wanted.mood ? [['mood', wanted.mood] as [FieldName, readonly string[]]] : []),
  ...(wanted.grouping ? [['grouping', wanted.grouping] as [FieldName, readonly string[]]] : []),
  ...(wanted.comment ? [['comment', wanted.comment] as [FieldName, readonly string[]]] : []),
  ...wanted.custom,
];

/** The values that count: those of the first carrier that has any. */
export const shownValues = (list: readonly Carrier[]): readonly string[] =>
  list.find((carrier) => carrier.values.length > 0)?.values ?? [];
