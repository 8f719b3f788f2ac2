import { lstat as lstatWithCallback, type BigIntStats, type Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import type { Failure } from '#shared/domain/failure';
import { folderFailure } from './errors';

/** A file that may hold audio, by its name; what it really is shows when it is read. */
export interface WalkedFile {
  readonly kind: 'file';
  readonly path: string;
  readonly size: number;
  /** Nanoseconds since the epoch, decimal. */
  readonly mtimeNs: string;
  readonly inode: string;
}

/** A folder or file that could not be looked at; the walk went on. */
export type WalkFailure = { readonly kind: 'failure'; readonly path: string } & Failure;

/** A temporary file of a tag write that did not end. */
export interface LeftOver {
  readonly kind: 'left-over';
  readonly path: string;
  readonly mtimeMs: number;
}

export type Walked = WalkedFile | WalkFailure | LeftOver;

/** How far links may lead, told real paths. */
export interface Reach {
  covers(realPath: string): boolean;
}

/** What is to be known of a walk to judge a link. */
interface Links {
  readonly realRoot: string;
  readonly reach: Reach | undefined;
}

const AUDIO = new Set(
  'mp3 flac ogg oga opus m4a m4b mp4 aac wav aif aiff aifc wma wv ape mpc mka webm'
    .split(' ')
    .map((name) => `.${name}`),
);

/** How many files of one folder are looked at side by side: hides a network drive's latency, stays bounded. */
const BATCH = 32;
/** So many folders are looked into before it is their turn. */
const AHEAD = 4;

/** A third less work than that of `fs/promises`, for what is done once a file. */
const lstat = promisify(lstatWithCallback);

export const isAudioName = (name: string): boolean => AUDIO.has(extname(name).toLowerCase());

/** AppleDouble companions (`._x.mp3`) are no music; nor is anything else hidden. */
const isHidden = (name: string): boolean => name.startsWith('.');
const isLeftOver = (name: string): boolean => /^\..*\.genregram-[0-9a-f]{12}\.tmp$/.test(name);

/**
 * Walks a folder depth first, each folder's entries in code-unit order, so that two walks of the same folder agree.
 * Memory is bounded by the largest single folder, not by the tree.
 *
 * Links to folders are followed unless they lead into the walked tree itself (their target is met anyway) or to a folder
 * that was walked already, so a loop of links ends. Links to files count as files.
 *
 * @param reach where links may lead to; without it, anywhere
 * @throws the signal's reason when aborted
 */
export async function* walk(root: string, signal?: AbortSignal, reach?: Reach): AsyncGenerator<Walked> {
  const visited = new Set<string>();
  const realRoot = await realpath(root).catch(() => root);
  const links: Links = { realRoot, reach };
  if (reach && !reach.covers(realRoot)) {
    yield ledOut(root);
    return;
  }
  const waiting: { readonly path: string; opened?: Promise<Opened | WalkFailure> }[] = [{ path: root }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    signal?.throwIfAborted();
    const opened = await (next.opened ?? openFolder(next.path, links));
    if ('kind' in opened) {
      yield opened;
      continue;
    }
    if (visited.has(opened.identity)) continue;
    visited.add(opened.identity);
    const folders: string[] = [];
    for (let at = 0, batch = opened.first; batch;) {
      signal?.throwIfAborted();
      const found = await batch;
      at += BATCH;
      batch = lookAtBatch(next.path, opened.entries, at, links);
      for (const one of found) {
        if (!one) continue;
        if (one.kind === 'folder') folders.push(one.path);
        else yield one;
      }
    }
    for (const path of folders.reverse()) waiting.push({ path });
    for (const soon of waiting.slice(-AHEAD)) soon.opened ??= openFolder(soon.path, links);
  }
}

/** A folder's entries, of which the first are being looked at. */
interface Opened {
  /** The same by whatever path the folder is reached. */
  readonly identity: string;
  readonly entries: readonly Dirent[];
  readonly first: Promise<Found[]> | null;
}

/** Never rejects: what is wrong is a failure. */
async function openFolder(folder: string, links: Links): Promise<Opened | WalkFailure> {
  try {
    const [{ dev, ino }, all] = await Promise.all([
      stat(folder, { bigint: true }),
      readdir(folder, { withFileTypes: true }),
    ]);
    const entries = all
      .filter((entry) => !isHidden(entry.name) || isLeftOver(entry.name))
      .sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
    return { identity: `${dev}:${ino}`, entries, first: lookAtBatch(folder, entries, 0, links) };
  } catch (error) {
    return { kind: 'failure', path: folder, ...folderFailure(folder, error) };
  }
}

function lookAtBatch(folder: string, entries: readonly Dirent[], at: number, links: Links): Promise<Found[]> | null {
  if (at >= entries.length) return null;
  return Promise.all(entries.slice(at, at + BATCH).map((entry) => look(folder, entry, links)));
}

type Found = Walked | { readonly kind: 'folder'; readonly path: string } | null;

async function look(folder: string, entry: Dirent, links: Links): Promise<Found> {
  const path = join(folder, entry.name);
  if (entry.isDirectory()) return { kind: 'folder', path };
  if (entry.isSymbolicLink()) return lookThroughLink(path, links);
  const leftOver = isLeftOver(entry.name);
  if (!entry.isFile() || (!leftOver && !isAudioName(entry.name))) return null;
  try {
    if (leftOver) return { kind: 'left-over', path, mtimeMs: (await lstat(path)).mtimeMs };
    return walkedFile(path, await lstat(path, { bigint: true }));
  } catch (error) {
    return gone(error) ? null : { kind: 'failure', path, ...folderFailure(path, error) };
  }
}

async function lookThroughLink(path: string, { realRoot, reach }: Links): Promise<Found> {
  try {
    if (reach && !reach.covers(await realpath(path))) return ledOut(path);
    const target = await stat(path, { bigint: true });
    if (target.isDirectory()) return leadsInside(await realpath(path), realRoot) ? null : { kind: 'folder', path };
    return target.isFile() && isAudioName(path) ? walkedFile(path, target) : null;
  } catch (error) {
    // A dangling link or a loop of links is no file of the user's that failed.
    const code = (error as NodeJS.ErrnoException).code;
    return gone(error) || code === 'ELOOP' ? null : { kind: 'failure', path, ...folderFailure(path, error) };
  }
}

const ledOut = (path: string): WalkFailure => ({
  kind: 'failure',
  path,
  code: 'link-refused',
  message: `${path} leads out of the folders that this server may reach, so it is left alone. Start it with --folder for that place too.`,
});

const leadsInside = (target: string, realRoot: string): boolean =>
  target === realRoot || target.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep);

const gone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

const walkedFile = (path: string, stats: BigIntStats): WalkedFile => ({
  kind: 'file',
  path,
  size: Number(stats.size),
  mtimeNs: String(stats.mtimeNs),
  inode: String(stats.ino),
});

/**
 * Looks at one file as the walk would, whatever its name.
 *
 * @returns null if there is no such file
 */
export async function walkFile(path: string): Promise<WalkedFile | WalkFailure | null> {
  try {
    const stats = await stat(path, { bigint: true });
    return stats.isFile() ? walkedFile(path, stats) : null;
  } catch (error) {
    return gone(error) ? null : { kind: 'failure', path, ...folderFailure(path, error) };
  }
}
