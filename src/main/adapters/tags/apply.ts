import { CodedError } from '#shared/domain/failure';
import type { FilePlan, WriteResult } from '#shared/domain/tags';
import { checkChange, equalLists, namedFields } from '../../core/tags/change';
import { invertSplices } from '../../core/tags/splices';
import type { UndoEntry } from '../../ports';
import type { Files, FileStat } from '../files/files';
import { withSource } from '../files/open-source';
import { replaceFile, sameState } from '../files/replace-file';
import { editChecked, sameContent } from './edit-checked';
import type { Edit } from './format';
import { parseForWriting } from './formats';

const changed = () =>
  new CodedError(
    'file-changed',
    'The file was changed by another program since the plan was made; plan the change again.',
  );

/** Writes one planned change. `begin` is called when the new file is complete, verified and durable, before it takes its place. */
export function applyChange(
  files: Files,
  plan: FilePlan,
  stat: FileStat,
  begin: (entry: UndoEntry) => void,
): Promise<WriteResult> {
  const { path } = plan;
  const { keepMtime, ...options } = plan.writing;
  return withSource(files, path, async (file): Promise<WriteResult> => {
    if (!sameState(stat, file.stat)) throw changed();
    const wanted = checkChange(plan.change);
    const named = namedFields(wanted);
    const { parsed, edit } = await editChecked(file.source, wanted, options);
    // Nothing is written that was not in the plan, also if this program has learnt new tricks since it was made.
    if (!sameDiffs(edit, plan)) throw changed();
    let audioHash = '';
    let sizeAfter = 0;
    const hashes = await replaceFile(files, path, file, {
      splices: edit.splices,
      mtimeNs: keepMtime ? stat.mtimeNs : BigInt(Date.now()) * 1_000_000n,
      async verify(written) {
        const after = await parseForWriting(written.source, options);
        const content = await sameContent(
          { source: file.source, parsed },
          { source: written.source, parsed: after },
          named,
        );
        const holds = [...edit.expected].every(([field, values]) => after.holds(field, values));
        if (!content || !holds) throw notAsMeant();
        audioHash = content.audioHash;
      },
      commit({ before, after }, size) {
        sizeAfter = size;
        begin({
          splices: invertSplices(edit.splices),
          receipt: { sizeBefore: stat.size, sizeAfter: size, hashBefore: before, hashAfter: after, audioHash },
          mtimeNs: stat.mtimeNs.toString(),
        });
      },
    });
    const receipt = { sizeBefore: stat.size, sizeAfter, hashBefore: hashes.before, hashAfter: hashes.after, audioHash };
    return { path, status: 'written', diffs: edit.diffs, receipt };
  });
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
