import { CodedError, type Failure, type FailureCode } from '#shared/domain/failure';

const errnoOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** What was being done: the same errno asks for another remedy when a file is made than when it is read. */
export type Moment = 'look' | 'create' | 'rename';

type Known = readonly [FailureCode, string];

const HELD: Known = [
  'busy',
  'Another program holds the file, such as a player, an editor or a synchronising service; close it and repeat.',
];
const NO_SPACE = 'free some space (a copy of the file must fit) and repeat.';

const BY_ERRNO: Readonly<Record<string, Known>> = {
  ENOENT: ['not-found', 'The file is not there any more; scan its folder again.'],
  ENOTDIR: ['not-found', 'The file is not there any more; scan its folder again.'],
  EACCES: ['permission-denied', 'You have no permission to write this file; change its permissions and repeat.'],
  EPERM: [
    'permission-denied',
    'The system does not allow it for this file: it may be locked or belong to somebody else; change that and repeat.',
  ],
  EROFS: ['file-read-only', 'The disk is mounted read-only; mount it for writing and repeat.'],
  ENOSPC: ['no-space', `The disk is full; ${NO_SPACE}`],
  EDQUOT: ['no-space', `Your quota on this disk is used up; ${NO_SPACE}`],
  EFBIG: ['no-space', 'The file would be larger than this disk or your limits allow; move it to another disk.'],
  EBUSY: HELD,
  ETXTBSY: HELD,
  EISDIR: ['unsupported-format', 'This is a folder, not an audio file.'],
  ELOOP: ['link-refused', 'This symbolic link leads round in a circle; choose the file itself.'],
  ENAMETOOLONG: [
    'path-too-long',
    'The path is too long for this system, which needs room for a temporary name as well; shorten the names of its folders.',
  ],
};

/** Making the new file beside the old one: what is wrong is wrong with the folder. */
const AT_CREATE: typeof BY_ERRNO = {
  ENOENT: ['not-found', 'The folder is not there any more; connect its drive, or scan again.'],
  ENOTDIR: ['not-found', 'The folder is not there any more; connect its drive, or scan again.'],
  EACCES: [
    'permission-denied',
    'You may not make a new file in this folder; change its permissions, or let files be written in place (setting "inPlaceAboveMiB").',
  ],
  EPERM: [
    'permission-denied',
    'The system lets no new file be made in this folder; change that, or let files be written in place (setting "inPlaceAboveMiB").',
  ],
};

const REFUSED: Known = [
  'rename-refused',
  'The new file was complete, but this drive does not let it take the place of the old one, as some network shares do. The file was left as it was; let files be written in place (setting "inPlaceAboveMiB" 0) and repeat.',
];

/** Putting the new file in the place of the old one. */
const AT_RENAME: typeof BY_ERRNO = {
  ...AT_CREATE,
  EXDEV: REFUSED,
  EPERM: REFUSED,
  EINVAL: REFUSED,
  ENOSYS: REFUSED,
  ENOTSUP: REFUSED,
  EOPNOTSUPP: REFUSED,
};

/** On Windows an open file can be neither replaced nor opened for writing, and what is said of it then are these. */
const HELD_ON_WINDOWS: Known = [
  'busy',
  'Windows does not let the file be replaced: another program has it open, such as a player, Explorer’s preview or a virus scanner, or you may not change it. Close that program, or change the permissions, and repeat.',
];
const WINDOWS_AT_RENAME: typeof BY_ERRNO = {
  ...AT_RENAME,
  EACCES: HELD_ON_WINDOWS,
  EPERM: HELD_ON_WINDOWS,
  EBUSY: HELD_ON_WINDOWS,
};

/** A drive or a share that went away. */
const AWAY = new Set(
  'ENODEV ENXIO ENOTCONN ECONNRESET ECONNABORTED ECONNREFUSED EHOSTDOWN EHOSTUNREACH ENETDOWN ENETUNREACH ENETRESET ESTALE ETIMEDOUT EREMOTEIO EPIPE'.split(
    ' ',
  ),
);

/**
 * Turns what the file system threw into a coded error.
 * @param fallback the code for errnos that have none of their own
 */
export function fileError(
  error: unknown,
  fallback: 'read-failed' | 'write-failed',
  moment: Moment = 'look',
  platform: NodeJS.Platform = process.platform,
): CodedError {
  if (error instanceof CodedError) return error;
  const errno = errnoOf(error);
  if (errno === null) throw error; // a bug, not a failure of the world
  const [code, message] = tableOf(moment, platform)[errno] ?? BY_ERRNO[errno] ?? [fallback, sentence(errno, fallback)];
  return new CodedError(code, message, { cause: error });
}

function tableOf(moment: Moment, platform: NodeJS.Platform): typeof BY_ERRNO {
  if (moment === 'rename') return platform === 'win32' ? WINDOWS_AT_RENAME : AT_RENAME;
  return moment === 'create' ? AT_CREATE : BY_ERRNO;
}

function sentence(errno: string, fallback: 'read-failed' | 'write-failed'): string {
  const what = `The file could not be ${fallback === 'read-failed' ? 'read' : 'written'} (${errno})`;
  if (errno === 'EIO')
    return `${what}: the drive reports an error. Check it for damage before anything else is written to it.`;
  if (AWAY.has(errno)) return `${what}: the drive or network share does not answer. Connect it again and repeat.`;
  return `${what}; check the disk or the network connection, then repeat.`;
}

/** For `.catch`: throws the coded error of a call that is part of a write. */
export const duringWrite =
  (moment: Moment) =>
  (error: unknown): never => {
    throw fileError(error, 'write-failed', moment);
  };

export const failureOf = (error: unknown, fallback: 'read-failed' | 'write-failed'): Failure => {
  const { code, message } = fileError(error, fallback);
  return { code, message };
};

export const hasErrno = (error: unknown, ...names: readonly string[]): boolean => names.includes(errnoOf(error) ?? '');
