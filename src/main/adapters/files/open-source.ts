import { CodedError } from '#shared/domain/failure';
import { buffered, endsEarly, type ByteSource } from './byte-source';
import { fileError } from './errors';
import type { Files, FileStat } from './files';

export interface OpenFile {
  readonly source: ByteSource;
  readonly stat: FileStat;
  /** Closes the file early; it can't be read any more. Windows does not let an open file be replaced. */
  readonly release: () => Promise<void>;
}

/** Opens a file for reading from any place, hands it to `work` and closes it. Fails with a coded error; never follows a link to a device. */
export async function withSource<T>(files: Files, path: string, work: (file: OpenFile) => Promise<T>): Promise<T> {
  const handle = await files.openToRead(path).catch((error: unknown) => {
    throw fileError(error, 'read-failed');
  });
  let open = true;
  const release = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await handle.close().catch(() => undefined);
  };
  try {
    const stat = await handle.stat().catch((error: unknown) => {
      throw fileError(error, 'read-failed');
    });
    if (stat.kind !== 'file')
      throw new CodedError('unsupported-format', 'This is not a regular file; choose an audio file.');
    const source: ByteSource = {
      size: stat.size,
      async read(offset, length) {
        if (offset < 0 || length < 0 || offset + length > stat.size) throw endsEarly();
        const bytes = new Uint8Array(length);
        for (let at = 0; at < length;) {
          const got = await handle.read(bytes.subarray(at), offset + at).catch((error: unknown) => {
            throw fileError(error, 'read-failed');
          });
          if (got === 0) throw endsEarly();
          at += got;
        }
        return bytes;
      },
    };
    return await work({ source: buffered(source), stat, release });
  } finally {
    await release();
  }
}
