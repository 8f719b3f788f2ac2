import { statfs } from 'node:fs/promises';

/** Kinds of file systems on which changes made elsewhere raise no event here (statfs(2), `linux/magic.h`). */
const REMOTE_KINDS: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB 2'],
  [0x65735546, 'FUSE'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
  [0x73757245, 'Coda'],
  [0x00c36400, 'Ceph'],
]);

/** What kind of network drive a folder is on; null where it is on none, as far as can be told. */
export async function remoteKind(folder: string): Promise<string | null> {
  if (process.platform === 'win32') return folder.startsWith('\\\\') ? 'a network share' : null;
  if (process.platform !== 'linux') return null;
  const { type } = await statfs(folder).catch(() => ({ type: 0 }));
  return REMOTE_KINDS.get(Number(type) >>> 0) ?? null;
}
