import { dirname } from 'node:path';
import type { Failure } from '#shared/domain/failure';
import { walkFile } from '../adapters/walk';
import type { Recovered } from '../ports';
import type { JournalEntry } from '../store';
import type { Context } from './context';
import { isFolder } from './paths';
import { followJournal, keepPutBack, keepWritten, rereadTrack, type FileEnd } from './stages/keep-written';

/**
 * Settles the runs that a killed process left half-way, before anything else runs: looks which files are written, removes
 * temporary files, and says what it found. Files that can't be reached now (an unplugged drive) are looked at again at the
 * next start.
 */
export async function recoverWrites(context: Context): Promise<void> {
  const { store, events } = context;
  const interrupted = store.writes.running();
  const tallies = new Map<number, Tally>(interrupted.map(({ id }) => [id, { unclear: 0, away: 0, half: 0 }]));
  for (const entry of store.writes.unfinished()) {
    const tally = tallies.get(entry.runId) ?? { unclear: 0, away: 0, half: 0 };
    const there = await walkFile(entry.path);
    if (there?.kind !== 'file') {
      tally.away++;
      continue;
    }
    const state = await context.tagWriter.recover(entry.path, entry.undo);
    if (state === 'later') tally.half++;
    else await settle(context, entry, state);
    if (state === 'unknown') tally.unclear++;
    if (entry.status !== 'undoing') tallies.set(entry.runId, tally);
  }
  await sweepFolders(
    context,
    interrupted.flatMap(({ paths }) => paths.map((path) => dirname(path))),
  );
  for (const { id } of interrupted) store.writes.end(id, 'interrupted', Date.now());
  for (const [runId, tally] of tallies) {
    const note = noteOf(context, runId, tally);
    store.writes.setNote(runId, note);
    events.emit('notice', { level: 'warning', message: `The last run was interrupted: ${note}`, stays: true });
  }
}

/** Files of a run that are neither as before nor as written, and such as can't be reached now. */
interface Tally {
  unclear: number;
  away: number;
  /** Overwritten in part, and not to be put right now. */
  half: number;
}

type FileState = Exclude<Recovered, 'later'>;

const NOT_WRITTEN: Failure = {
  code: 'write-failed',
  message: 'Genregram was ended before this file was written. It is as it was; write it again.',
};
const NOT_PUT_BACK: Failure = {
  code: 'write-failed',
  message: 'Genregram was ended before this file was put back. It is as it was; undo it again.',
};
const UNKNOWN: Failure = {
  code: 'file-changed',
  message: 'The file was changed by something else after Genregram was ended while writing it. It was left alone.',
};

async function settle(context: Context, entry: JournalEntry, state: FileState): Promise<void> {
  const { path, runId, kind } = entry;
  if (entry.status === 'undoing') {
    await settleOldUndo(context, entry, state);
    return;
  }
  const failure = state === 'unknown' ? UNKNOWN : kind === 'undo' ? NOT_PUT_BACK : NOT_WRITTEN;
  const end: FileEnd = state === 'written' ? { path, status: 'written' } : { path, status: 'refused', ...failure };
  await (kind === 'undo' ? keepPutBack : keepWritten)(context, runId, end);
}

/** Libraries of schema 3 marked the write itself while it was being undone. */
async function settleOldUndo(context: Context, { id, path }: JournalEntry, state: FileState): Promise<void> {
  const { store } = context;
  if (state === 'not-written') store.writes.setStatus(id, 'undone');
  else store.writes.setStatus(id, 'written', state === 'unknown' ? UNKNOWN : null);
  await rereadTrack(context, path);
  const track = store.tracks.byPath(path);
  if (track) followJournal(context, track.id, path);
}

const UNSWEPT = 'unswept-folders';

/** Also of files that were never journalled. What can't be reached now is kept in mind. */
async function sweepFolders({ store, tagWriter }: Context, folders: readonly string[]): Promise<void> {
  const known = JSON.parse(store.settings.get(UNSWEPT) ?? '[]') as string[];
  const away: string[] = [];
  for (const folder of new Set([...known, ...folders]))
    if (await isFolder(folder)) await tagWriter.sweep(folder);
    else away.push(folder);
  if (away.length + known.length > 0) store.settings.set(UNSWEPT, JSON.stringify(away));
}

/** What became of an interrupted run's files, in one or a few sentences. */
function noteOf({ store }: Context, runId: number, { unclear, away, half }: Tally): string {
  const run = store.writes.run(runId);
  if (!run) throw new Error(`run ${runId} has gone`);
  const done = run.kind === 'undo' ? 'put back' : 'written';
  const not = run.refused + run.notReached - unclear - half;
  const sentences = [
    `${filesWere(run.written)} ${done}, ${not} ${not === 1 ? 'was' : 'were'} not${half === 0 ? '; nothing is half-written' : ''}.`,
  ];
  if (unclear > 0) sentences.push(`${filesWere(unclear)} changed by something else meanwhile and left alone.`);
  if (half > 0)
    sentences.push(
      `${filesWere(half)} overwritten in part and can't be put right now: connect the drive, make it writable, and start Genregram again.`,
    );
  if (away > 0) sentences.push(`${filesWere(away)} out of reach and will be looked at at the next start.`);
  return sentences.join(' ');
}

const filesWere = (count: number): string => `${count} ${count === 1 ? 'file was' : 'files were'}`;
