import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failed, ok } from '#shared/domain/failure';
import type { FilePlan, OwnTags } from '#shared/domain/tags';
import { changeTo, fieldsBack } from '../../src/main/core/tags/fields-back';
import { piecesOf } from '../../src/main/core/tags/splices';
import type { ReadTags, TagWriter, UndoEntry } from '../../src/main/ports';

/**
 * Files for tests of everything above the tag and decoding ports: one line of JSON (the tags), then the payload (the
 * audio). The fakes here read and write them on the real disk.
 */
export interface FakeSong {
  readonly tags?: Partial<OwnTags>;
  /** First byte: genre, second: mood, third: confidence in percent; see `fake-analysis`. */
  readonly payload: readonly number[];
}

const NO_TAGS: OwnTags = {
  title: null,
  artist: null,
  album: null,
  albumArtist: null,
  year: null,
  trackNumber: null,
  genres: [],
  moods: [],
  durationSec: null,
  bitrate: null,
  sampleRate: null,
  container: 'fake',
  codec: 'fake',
  rating: null,
  texts: {},
};

export function writeSong(path: string, { tags = {}, payload }: FakeSong): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, assemble(tags, Uint8Array.from(payload)));
}

const assemble = (tags: Partial<OwnTags>, payload: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`${JSON.stringify(tags)}\n`), payload]);

export const payloadOf = (bytes: Uint8Array): Uint8Array => bytes.subarray(bytes.indexOf(10) + 1);
const tagsOf = (bytes: Uint8Array): Partial<OwnTags> =>
  JSON.parse(Buffer.from(bytes.subarray(0, bytes.indexOf(10))).toString()) as Partial<OwnTags>;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const readFakeTags: ReadTags = async (path) => {
  try {
    const bytes = await readFile(path);
    if (bytes.length === 0) return failed('empty-file', 'The file is empty. Copy it again.');
    return ok({ ...NO_TAGS, ...tagsOf(bytes) });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES') return failed('permission-denied', 'May not be read.');
    return failed('unsupported-format', 'This is no audio file.');
  }
};

export interface FakeTagWriter extends TagWriter {
  /** Called between the journal and the rename. */
  beforeRename: (path: string) => void;
  afterRename: (path: string) => void;
  hashed: string[];
  swept: string[];
}

export function createFakeTagWriter(): FakeTagWriter {
  const writer: FakeTagWriter = {
    beforeRename: () => undefined,
    afterRename: () => undefined,
    hashed: [],
    swept: [],
    plan: (path, change) => {
      const { size, mtimeNs, ino } = statSync(path, { bigint: true });
      const before = tagsOf(readFileSync(path)).genres ?? [];
      const after = change.genres ?? before;
      const same = JSON.stringify(before) === JSON.stringify(after) && !change.moods;
      const diffs = same ? [] : [{ field: 'genre', names: ['fake'], before, after }];
      const stamp = { size: Number(size), mtimeNs: String(mtimeNs), inode: String(ino) };
      const status = same ? 'unchanged' : 'ready';
      const writing = { joinV23: '; ', keepMtime: true, method: 'new-file', target: null } as const;
      return Promise.resolve({
        path,
        status,
        format: 'fake',
        stamp,
        change,
        writing,
        diffs,
        warnings: [],
      } satisfies FilePlan);
    },
    apply: (plan, journal) => {
      const { path, change, diffs, stamp } = plan;
      const old = readFileSync(path);
      if (String(statSync(path, { bigint: true }).mtimeNs) !== stamp.mtimeNs)
        return Promise.resolve({ path, status: 'refused', code: 'file-changed', message: 'Plan again.' });
      const { genres, moods } = change;
      const tags = { ...tagsOf(old), ...(genres && { genres }), ...(moods && { moods }) };
      const bytes = assemble(tags, payloadOf(old));
      const entry = undoEntry(old, bytes, stamp.mtimeNs);
      journal.begin(path, entry);
      writer.beforeRename(path);
      replace(path, bytes);
      writer.afterRename(path);
      return Promise.resolve({ path, status: 'written', diffs, receipt: entry.receipt });
    },
    undo: (path, entry, journal) => {
      const bytes = readFileSync(path);
      if (sha256(bytes) !== entry.receipt.hashAfter)
        return Promise.resolve({ path, status: 'refused', code: 'file-changed', message: 'Changed since.' });
      const old = spliceBytes(bytes, entry.splices);
      journal?.begin(path, undoEntry(bytes, old, String(statSync(path, { bigint: true }).mtimeNs)));
      writer.beforeRename(path);
      replace(path, old);
      writer.afterRename(path);
      return Promise.resolve({ path, status: 'restored' });
    },
    planBack: async (path, { writes }) => {
      const tags = tagsOf(readFileSync(path));
      const values = { genre: tags.genres ?? [], mood: tags.moods ?? [] };
      const { back, left } = fieldsBack(writes, (field) => {
        const now = values[field as 'genre' | 'mood'];
        return { values: now, holds: (wanted) => JSON.stringify(wanted) === JSON.stringify(now) };
      });
      return { plan: back.size > 0 ? await writer.plan(path, changeTo(back)) : null, left };
    },
    fileHash: async (path) => ok(sha256(await readFile(path))),
    sweep: (folder) => {
      writer.swept.push(folder);
      return Promise.resolve(0);
    },
    audioHash: async (path) => {
      writer.hashed.push(path);
      return ok(sha256(payloadOf(await readFile(path))));
    },
    recover: (path, entry) => {
      const hash = sha256(readFileSync(path));
      if (hash === entry.receipt.hashBefore) return Promise.resolve('not-written');
      return Promise.resolve(hash === entry.receipt.hashAfter ? 'written' : 'unknown');
    },
  };
  return writer;
}

function spliceBytes(bytes: Uint8Array, splices: UndoEntry['splices']): Uint8Array {
  const pieces = piecesOf(bytes.length, splices);
  if (!pieces) throw new Error('the splices do not fit');
  return Buffer.concat(
    pieces.map((piece) =>
      piece instanceof Uint8Array ? piece : bytes.subarray(piece.offset, piece.offset + piece.length),
    ),
  );
}

function undoEntry(old: Uint8Array, bytes: Uint8Array, mtimeNs: string): UndoEntry {
  return {
    splices: [{ offset: 0, remove: bytes.length, insert: old }],
    mtimeNs,
    receipt: {
      sizeBefore: old.length,
      sizeAfter: bytes.length,
      hashBefore: sha256(old),
      hashAfter: sha256(bytes),
      audioHash: sha256(payloadOf(old)),
    },
  };
}

function replace(path: string, bytes: Uint8Array): void {
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
}
