import { failed, ok, type Failure, type Result } from '#shared/domain/failure';
import type { FilePlan, FileStamp, PlannedFile, TagChange, UndoResult, WriteResult } from '#shared/domain/tags';
import { DEFAULT_WRITING, type WritingOptions } from '#shared/domain/writing';
import { checkChange } from '../../core/tags/change';
import { playerNotes } from '../../core/tags/player-notes';
import type { PlanOptions, TagWriter, UndoEntry, WriteJournal } from '../../ports';
import { failureOf } from '../files/errors';
import type { Files } from '../files/files';
import { nodeFiles } from '../files/node-files';
import { withSource } from '../files/open-source';
import { sweepFolder } from '../files/temp-names';
import { applyChange } from './apply';
import { audioHashOf, fileHashOf } from './audio-hash';
import { editChecked } from './edit-checked';
import { assertWritable, inspect, sameStamp, stampOf, type Subject } from './inspect';
import { chooseMethod, refuseLinks } from './method';
import { planFieldsBack } from './plan-back';
import { recoverFile, undoChange } from './undo';

/** What plans are made with unless they are asked for with options of their own; else as `DEFAULT_WRITING` says. */
export interface TagWriterOptions extends Partial<WritingOptions> {
  /** Where files are read and written; tests put faults in between. */
  readonly files?: Files;
}

/** Plans, carries out and undoes changes of tags, byte for byte: see `TagWriter`. */
export function createTagWriter({ files = nodeFiles, ...usual }: TagWriterOptions = {}): TagWriter {
  return {
    plan: (path, change, options) =>
      refusing(path, 'read-failed', () =>
        planChange(files, path, change, { ...DEFAULT_WRITING, ...usual, ...options }),
      ),
    apply: (plan, journal) => refusing<WriteResult>(plan.path, 'write-failed', () => applyPlan(files, plan, journal)),
    undo: (path, entry, journal) =>
      refusing<UndoResult>(path, 'write-failed', async () => {
        await undoChange(files, path, entry, (forward) => journal?.begin(path, forward));
        return { path, status: 'restored' };
      }),
    planBack: async (path, written, options) => {
      const wanted = { ...DEFAULT_WRITING, ...usual, ...options };
      const plan = (change: TagChange) => refusing(path, 'read-failed', () => planChange(files, path, change, wanted));
      const planned = await refusing(path, 'read-failed', () => planFieldsBack(files, path, written, wanted, plan));
      return 'status' in planned ? { plan: planned, left: [] } : planned;
    },
    fileHash: (path) => hashResult(() => fileHashOf(files, path)),
    audioHash: (path) => hashResult(() => audioHashOf(files, path)),
    recover: (path, entry) => recoverFile(files, path, entry),
    sweep: (folder) => removeLeftoversIn(folder, files),
  };
}

type Refused = { readonly path: string; readonly status: 'refused' } & Failure;

/** Turns what a step throws into a refusal; bugs stay exceptions. */
async function refusing<T>(
  path: string,
  fallback: 'read-failed' | 'write-failed',
  step: () => Promise<T>,
): Promise<T | Refused> {
  try {
    return await step();
  } catch (error) {
    return { path, status: 'refused', ...failureOf(error, fallback) };
  }
}

async function planChange(
  files: Files,
  path: string,
  change: TagChange,
  options: WritingOptions & PlanOptions,
): Promise<PlannedFile> {
  const wanted = checkChange(change);
  const { joinV23, keepMtime, links, mayWrite = () => true } = options;
  const subject = await inspect(files, path);
  refuseLinks(subject, links, mayWrite);
  if (subject.link === null || links === 'through') await assertWritable(files, subject);
  return withSource(files, subject.file, async (file) => {
    const checked = await editChecked(file.source, wanted, { joinV23 });
    const { parsed, edit } = checked;
    const { method, warnings } = chooseMethod(subject, checked, options);
    const stamp: FileStamp = stampOf(subject.stat);
    if (!sameStamp(stamp, stampOf(file.stat))) return { path, status: 'refused', ...changedMeanwhile };
    return {
      path,
      status: edit.splices.length > 0 ? 'ready' : 'unchanged',
      format: parsed.format,
      stamp,
      change,
      writing: { joinV23, keepMtime, method, target: subject.link === null ? null : subject.file },
      diffs: edit.diffs,
      warnings: [...edit.warnings, ...playerNotes(parsed.format, edit.diffs, joinV23), ...warnings],
    };
  });
}

const changedMeanwhile: Failure = {
  code: 'file-changed',
  message: 'The file was changed by another program since the plan was made; plan the change again.',
};

async function applyPlan(files: Files, plan: FilePlan, journal: WriteJournal): Promise<WriteResult> {
  const { path } = plan;
  const { method, target } = plan.writing;
  const subject = await inspect(files, path);
  const leadsThere = target === (subject.link === null ? null : subject.file);
  // A name that was given to the file since would keep the old content.
  const isParted = method === 'new-file' && subject.stat.links > 1;
  const isSame = leadsThere && !isParted && sameStamp(stampOf(subject.stat), plan.stamp);
  if (!isSame && !(await isAlreadySo(files, subject, plan))) return { path, status: 'refused', ...changedMeanwhile };
  if (!isSame || plan.status === 'unchanged') return { path, status: 'unchanged' };
  if (subject.link === null || method !== 'own-file') await assertWritable(files, subject);
  return applyChange(files, plan, subject, (entry: UndoEntry) => journal.begin(path, entry));
}

/** A file that has several names is written once, and then is as the plans for its other names have it. */
const isAlreadySo = (files: Files, { file }: Subject, { change, writing }: FilePlan): Promise<boolean> =>
  withSource(
    files,
    file,
    async ({ source }) => (await editChecked(source, checkChange(change), writing)).edit.splices.length === 0,
  );

/**
 * Removes what killed writers left in a folder: hidden files `.<name>.genregram-<12 hex digits>.tmp`. Call it when no write is under way there.
 * @returns how many were removed; a folder that can't be read has none.
 */
export const removeLeftoversIn = (folder: string, files: Files = nodeFiles): Promise<number> =>
  sweepFolder(files, folder).catch(() => 0);

async function hashResult(hash: () => Promise<string>): Promise<Result<string>> {
  try {
    return ok(await hash());
  } catch (error) {
    const { code, message } = failureOf(error, 'read-failed');
    return failed(code, message);
  }
}
