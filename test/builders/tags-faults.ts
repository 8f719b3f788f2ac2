import type { Files, WriteHandle } from '../../src/main/adapters/files/files';
import { nodeFiles } from '../../src/main/adapters/files/node-files';

/** Every call to the file system that a write makes, in the order made. */
export type FileStep =
  keyof Files | 'write' | 'sync' | 'closeWritten' | 'read' | 'patch' | 'syncPatched' | 'closePatched';

export function errno(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}

export interface FaultyFiles extends Files {
  readonly calls: FileStep[];
}

/**
 * The real file system, with a chance to fail (or do anything else) before each call: `before` gets its name and number. Attributes
 * are not copied, which would start a program each time.
 */
export function faultyFiles(before: (step: FileStep, index: number) => void | Promise<void>): FaultyFiles {
  const calls: FileStep[] = [];
  const step = async <T>(name: FileStep, action: () => Promise<T>): Promise<T> => {
    calls.push(name);
    await before(name, calls.length - 1);
    return action();
  };
  const writing = (handle: WriteHandle): WriteHandle => ({
    write: (content) => step('write', () => handle.write(content)),
    sync: () => step('sync', () => handle.sync()),
    // The handle is closed for real first: a failing close must not leak it.
    close: async () => {
      await handle.close();
      await step('closeWritten', () => Promise.resolve());
    },
  });
  return {
    calls,
    lstat: (path) => step('lstat', () => nodeFiles.lstat(path)),
    checkWritable: (path) => step('checkWritable', () => nodeFiles.checkWritable(path)),
    openToRead: (path) =>
      step('openToRead', async () => {
        const handle = await nodeFiles.openToRead(path);
        return { ...handle, read: (target, position) => step('read', () => handle.read(target, position)) };
      }),
    openToPatch: (path) =>
      step('openToPatch', async () => {
        const handle = await nodeFiles.openToPatch(path);
        return {
          write: (content, position) => step('patch', () => handle.write(content, position)),
          sync: () => step('syncPatched', () => handle.sync()),
          close: async () => {
            await handle.close();
            await step('closePatched', () => Promise.resolve());
          },
        };
      }),
    realPath: (path) => step('realPath', () => nodeFiles.realPath(path)),
    readLink: (path) => step('readLink', () => nodeFiles.readLink(path)),
    makeLink: (says, path) => step('makeLink', () => nodeFiles.makeLink(says, path)),
    create: (path, like) => step('create', async () => writing(await nodeFiles.create(path, like))),
    copyAttributes: () => step('copyAttributes', () => Promise.resolve()),
    setMtime: (path, mtimeNs) => step('setMtime', () => nodeFiles.setMtime(path, mtimeNs)),
    rename: (from, to) => step('rename', () => nodeFiles.rename(from, to)),
    remove: (path) => step('remove', () => nodeFiles.remove(path)),
    list: (folder) => step('list', () => nodeFiles.list(folder)),
    syncFolder: (folder) => step('syncFolder', () => nodeFiles.syncFolder(folder)),
  };
}
