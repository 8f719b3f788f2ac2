/** The file system as far as reading and replacing files needs it; tests put faults in between. */
export interface Files {
  /** Does not follow a symbolic link. */
  lstat(path: string): Promise<FileStat>;
  /** Rejects with EACCES and the like if this process may not write there. */
  checkWritable(path: string): Promise<void>;
  openToRead(path: string): Promise<ReadHandle>;
  /** Opens a file that is there to write over parts of it; not through a symbolic link. */
  openToPatch(path: string): Promise<PatchHandle>;
  /** The path with every symbolic link on it followed. */
  realPath(path: string): Promise<string>;
  /** What a symbolic link says. */
  readLink(path: string): Promise<string>;
  /** Makes a symbolic link of a name that must not exist yet. */
  makeLink(says: string, path: string): Promise<void>;
  /** Makes a new, empty file that must not exist yet, to become a copy of `like`. */
  create(path: string, like: string): Promise<WriteHandle>;
  /** Owner, mode, extended attributes and times of one file onto another, as far as the system allows. */
  copyAttributes(from: string, to: string): Promise<void>;
  setMtime(path: string, mtimeNs: bigint): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  list(folder: string): Promise<string[]>;
  /** Makes earlier renames in the folder durable, where the system has a way to ask for it. */
  syncFolder(folder: string): Promise<void>;
}

export interface FileStat {
  readonly kind: 'file' | 'folder' | 'symlink' | 'other';
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly inode: bigint;
  readonly device: bigint;
  readonly links: number;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

export interface ReadHandle {
  stat(): Promise<FileStat>;
  /** Bytes read, 0 at the end. */
  read(target: Uint8Array, position: number): Promise<number>;
  close(): Promise<void>;
}

export interface PatchHandle {
  /** Writes all of the bytes over those at `position`. */
  write(bytes: Uint8Array, position: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface WriteHandle {
  /** Appends all of the bytes. */
  write(bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}
