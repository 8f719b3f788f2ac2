import { CodedError } from '#shared/domain/failure';
import type { FilePlan, WriteMethod, WriteReceipt, WriteResult } from '#shared/domain/tags';
import { checkChange, equalLists, namedFields } from '../../core/tags/change';
import { overlaps } from '../../core/tags/overwrites';
import { invertSplices, type Splice } from '../../core/tags/splices';
import type { UndoEntry } from '../../ports';
import type { Part } from '../files/byte-source';
import type { Files } from '../files/files';
import { withSource } from '../files/open-source';
import { overwriteFile } from '../files/overwrite-file';
import { replaceFile, sameState, type Replacement } from '../files/replace-file';
import { editChecked, sameContent } from './edit-checked';
import type { Edit } from './format';
import { parseForWriting } from './formats';
import type { Subject } from './inspect';
import { asOverwrites } from './overwrites';

const changed = () =>
  new CodedError(
    'file-changed',
    'The file was changed by another program since the plan was made; plan the change again.',
  );

/** Writes one planned change. `begin` is called when the new file is complete, verified and durable, before it takes its place. */
export function applyChange(
  files: Files,
  plan: FilePlan,
  subject: Subject,
  begin: (entry: UndoEntry) => void,
): Promise<WriteResult> {
  const { path } = plan;
  const { stat } = subject;
  const { keepMtime, method, ...options } = plan.writing;
  return withSource(files, subject.file, async (file): Promise<WriteResult> => {
    if (!sameState(stat, file.stat)) throw changed();
    const wanted = checkChange(plan.change);
    const named = namedFields(wanted);
    const checked = await editChecked(file.source, wanted, options);
    const { parsed, edit } = checked;
    // Written meanwhile by another of its names.
    if (edit.splices.length === 0) return { path, status: 'unchanged' };
    // Nothing is written that was not in the plan, also if this program has learnt new tricks since it was made.
    if (!sameDiffs(edit, plan)) throw changed();
    const splices = method === 'in-place' ? await asOverwrites(file.source, edit.splices) : edit.splices;
    if (!splices) throw changed();
    const isLaidOver = method === 'in-place' && !reachInto(parsed.audio, splices);
    let audioHash = '';
    let receipt = null as WriteReceipt | null;
    const replacement: Replacement = {
      splices,
      mtimeNs: keepMtime ? stat.mtimeNs : BigInt(Date.now()) * 1_000_000n,
      async verify(written) {
        const after = await parseForWriting(written.source, options);
        const content = await sameContent(
          { source: file.source, parsed },
          { source: written.source, parsed: after },
          named,
          isLaidOver,
        );
        const holds = [...edit.expected].every(([field, values]) => after.holds(field, values));
        if (!content || !holds) throw notAsMeant();
        audioHash = content.audioHash;
      },
      commit({ before, after }, size) {
        const sizes = { sizeBefore: stat.size, sizeAfter: size };
        receipt = { ...sizes, hashBefore: before, hashAfter: after, audioHash, ...mannerOf(method, subject) };
        begin({ splices: invertSplices(splices), receipt, mtimeNs: stat.mtimeNs.toString() });
      },
    };
    await (method === 'in-place'
      ? overwriteFile(files, subject.file, file, replacement)
      : replaceFile(files, subject.file, file, replacement, method === 'own-file' ? path : subject.file));
    if (!receipt) throw new Error('a file was written without a receipt');
    return { path, status: 'written', diffs: edit.diffs, receipt };
  });
}

const reachInto = (parts: readonly Part[], splices: readonly Splice[]): boolean => {
  const ranges = splices.map(({ offset, remove }) => ({ start: offset, end: offset + remove }));
  return parts.some((part) => overlaps(ranges, part));
};

/** What of the way in which it was written an undo has to know. */
function mannerOf(
  method: WriteMethod,
  { file, link }: Subject,
): Pick<WriteReceipt, 'method' | 'target' | 'brokenLink'> {
  return {
    ...(method !== 'new-file' && { method }),
    ...(link !== null && { target: file }),
    ...(link !== null && method === 'own-file' && { brokenLink: link }),
  };
}

const notAsMeant = () =>
  new CodedError(
    'verify-failed',
    'What was written did not read back as planned; the file was left as it was. Please report this.',
  );

function sameDiffs(edit: Edit, plan: FilePlan): boolean {
  return (
    edit.diffs.length === plan.diffs.length &&
    edit.diffs.every((diff, index) => {
      const planned = plan.diffs[index];
      return (
        planned !== undefined &&
        diff.field === planned.field &&
        equalLists(diff.names, planned.names) &&
        equalLists(diff.before, planned.before) &&
        equalLists(diff.after, planned.after)
      );
    })
  );
}
