import { hashRange } from '../files/byte-source';
import { contentHash } from '../files/content-hash';
import type { Files } from '../files/files';
import { withSource } from '../files/open-source';

/** Hex SHA-256 of the audio payload, the same that analysis calls the content hash. Fails with a coded error. */
export const audioHashOf = (files: Files, path: string): Promise<string> =>
  withSource(files, path, ({ source }) => contentHash(source));

/** Hex SHA-256 of the whole file. Fails with a coded error. */
export const fileHashOf = (files: Files, path: string): Promise<string> =>
  withSource(files, path, ({ source }) => hashRange(source, 0, source.size));
