import { CodedError, type Failure, type FailureCode } from '#shared/domain/failure';

const errnoOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

const BY_ERRNO: Readonly<Record<string, readonly [FailureCode, string]>> = {
  ENOENT: ['not-found', 'The file is not there any more; scan its folder again.'],
  ENOTDIR: ['not-found', 'The file is not there any more; scan its folder again.'],
  EACCES: [
    'permission-denied',
    'You have no permission for this file or its folder; change the permissions and repeat.',
  ],
  EPERM: [
    'permission-denied',
    'The system does not allow it for this file or its folder; change the permissions and repeat.',
  ],
  EROFS: ['file-read-only', 'The disk is mounted read-only; mount it for writing and repeat.'],
  ENOSPC: ['no-space', 'The disk is full; free some space (a copy of the file must fit) and repeat.'],
  EDQUOT: ['no-space', 'Your quota on this disk is used up; free some space (a copy of the file must fit) and repeat.'],
  EFBIG: ['no-space', 'The file would be larger than this disk or your limits allow.'],
  EBUSY: ['busy', 'Another program holds the file; close it and repeat.'],
  ETXTBSY: ['busy', 'Another program holds the file; close it and repeat.'],
  EISDIR: ['unsupported-format', 'This is a folder, not an audio file.'],
  ELOOP: ['link-refused', 'This is a symbolic link that leads nowhere; choose the file itself.'],
};

/** Turns what the file system threw into a coded error; `fallback` is for errnos that have no sentence of their own. */
export function fileError(error: unknown, fallback: 'read-failed' | 'write-failed'): CodedError {
  if (error instanceof CodedError) return error;
  const errno = errnoOf(error);
  if (errno === null) throw error; // a bug, not a failure of the world
  const known = BY_ERRNO[errno];
  if (known) return new CodedError(known[0], known[1], { cause: error });
  const what = fallback === 'read-failed' ? 'could not be read' : 'could not be written';
  return new CodedError(
    fallback,
    `The file ${what} (${errno}); check the disk or the network connection, then repeat.`,
    { cause: error },
  );
}

export const failureOf = (error: unknown, fallback: 'read-failed' | 'write-failed'): Failure => {
  const { code, message } = fileError(error, fallback);
  return { code, message };
};

export const hasErrno = (error: unknown, ...names: readonly string[]): boolean => names.includes(errnoOf(error) ?? '');
