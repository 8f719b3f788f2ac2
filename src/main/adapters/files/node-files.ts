import { constants, type BigIntStats } from 'node:fs';
import {
  access,
  copyFile,
  lstat,
  open,
  readdir,
  readlink,
  realpath,
  rename,
  symlink,
  unlink,
  type FileHandle,
} from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { copyAttributes, setMtime } from './attributes';
import { hasErrno } from './errors';
import type { Files, FileStat, PatchHandle, WriteHandle } from './files';

export function toFileStat(stat: BigIntStats): FileStat {
  return {
    kind: stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : stat.isSymbolicLink() ? 'symlink' : 'other',
    size: Number(stat.size),
    mtimeNs: stat.mtimeNs,
    inode: stat.ino,
    device: stat.dev,
    links: Number(stat.nlink),
    mode: Number(stat.mode) & 0o7777,
    uid: Number(stat.uid),
    gid: Number(stat.gid),
  };
}

async function openToPatch(path: string): Promise<PatchHandle> {
  const handle = await open(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  return {
    async write(bytes, position) {
      for (let at = 0; at < bytes.length;)
        at += (await handle.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
    },
    sync: () => handle.sync(),
    close: () => handle.close(),
  };
}

async function create(path: string, like: string): Promise<WriteHandle> {
  const handle = process.platform === 'darwin' ? await createOnMac(path, like) : await open(path, 'wx', 0o600);
  return {
    async write(bytes) {
      // write() may take fewer bytes than asked, e.g. when the disk is about to be full.
      for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at, bytes.length - at)).bytesWritten;
    },
    sync: () => handle.sync(),
    close: () => handle.close(),
  };
}

/** On macOS, copying (which clones, on APFS) is the one way that Node has to keep extended attributes and access lists. */
async function createOnMac(path: string, like: string): Promise<FileHandle> {
  await copyFile(like, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const handle = await open(path, 'r+');
  await handle.truncate(0);
  return handle;
}

/** Virus scanners on Windows hold new files for moments; elsewhere a rename fails for good. */
async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rename(from, to);
      return;
    } catch (error) {
      if (process.platform !== 'win32' || attempt === 6 || !hasErrno(error, 'EPERM', 'EACCES', 'EBUSY')) throw error;
      await sleep(50 * attempt);
    }
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows can't open folders and makes renames durable by itself (NTFS journals metadata).
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network and FUSE file systems have no fsync for folders; there is nothing stronger to ask for.
    if (!hasErrno(error, 'EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
  } finally {
    await handle.close();
  }
}

export const nodeFiles: Files = {
  lstat: async (path) => toFileStat(await lstat(path, { bigint: true })),
  checkWritable: (path) => access(path, constants.W_OK),
  async openToRead(path) {
    // Without O_NONBLOCK, opening a named pipe that has taken the file's place would wait for ever.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    return {
      stat: async () => toFileStat(await handle.stat({ bigint: true })),
      read: async (target, position) => (await handle.read(target, 0, target.length, position)).bytesRead,
      close: () => handle.close(),
    };
  },
  openToPatch,
  realPath: (path) => realpath(path),
  readLink: (path) => readlink(path),
  makeLink: (says, path) => symlink(says, path),
  create,
  copyAttributes,
  setMtime,
  rename: renameOver,
  remove: unlink,
  list: readdir,
  syncFolder,
};
