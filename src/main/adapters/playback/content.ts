/** Audio as a row of bytes that can be read from any place. */
export interface AudioContent {
  /** Media type. */
  readonly type: string;
  readonly size: number;
  /** Changes with the file: what was read under one tag must not be joined with what is read under another. Quoted, as HTTP has it. */
  readonly etag: string;
  /** The bytes from `start` up to and without `end`, in pieces; leaving the loop early releases what it took. Throws a `CodedError`. */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
}
