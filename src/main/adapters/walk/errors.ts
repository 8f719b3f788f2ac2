import type { Failure } from '#shared/domain/failure';

/** What the system says of a path that can't be looked at, as one of our failures. */
export function folderFailure(path: string, error: unknown): Failure {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { code: 'not-found', message: `${path} can't be found. Was it moved, or is its drive not connected?` };
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'permission-denied',
        message: `${path} may not be read by this user. Give yourself permission to read it and scan again.`,
      };
    default:
      return { code: 'read-failed', message: `${path} could not be read (${code}). Check the drive and scan again.` };
  }
}
