import type { WriteRun } from '#shared/contract/schemas';
import { strings } from '../../strings';
import { formatCount, formatMoment, formatPlural } from '../../ui/format';
import type { RunFile } from './plan-model';

/** "Run 12, 21 Nov, 09:31" */
export const titleOf = (run: WriteRun): string => `Run ${run.id}, ${formatMoment(run.startedAt)}`;

/** "Write", "Undo of run 11" */
export const kindOf = ({ kind, undoes }: WriteRun): string =>
  kind === 'write' ? 'Write' : undoes === null ? 'Undo' : `Undo of run ${undoes}`;

/** What a run was, in a line: "Undo of run 11 · 3 files · 1 left alone · interrupted". */
export function describeRun(run: WriteRun): string {
  const isUndo = run.kind === 'undo';
  const parts = [kindOf(run)];
  parts.push(formatPlural(run.state === 'running' ? run.files : run.written, 'file'));
  if (run.refused > 0) parts.push(`${formatCount(run.refused)} ${isUndo ? 'left alone' : 'refused'}`);
  const state = strings.write.runState[run.state];
  if (state) parts.push(state);
  return parts.join(' · ');
}

/** One or a few sentences on how a run went. */
export function outcomeOf(run: WriteRun | null): string {
  if (!run || run.state === 'running') return strings.write.working;
  const { kind, written, refused, undone, notReached, note, state } = run;
  const did = kind === 'undo' ? strings.write.undone(written, refused) : strings.write.written(written, refused);
  const sentences = [note === null ? did : strings.write.interrupted(note)];
  if (note === null && notReached > 0) sentences.push(strings.write.notReached(notReached));
  if (state === 'undone') sentences.push(strings.write.allTakenBack);
  if (state === 'partly-undone') sentences.push(strings.write.someTakenBack(undone));
  return sentences.join(' ');
}

/** The run was ended before it came to this file. */
export const isNotReached = (file: RunFile): boolean => file.status === 'refused' && file.code === 'cancelled';

/** Files that need a look come first: refused ones, then such as were put back in part only; those not reached come last. */
export function inOrderOfNeed(files: readonly RunFile[]): RunFile[] {
  const need = (file: RunFile): number => {
    if (isNotReached(file)) return 3;
    if (file.status === 'refused') return 0;
    return file.status === 'written' && file.undo?.exact === false ? 1 : 2;
  };
  return [...files].sort((a, b) => need(a) - need(b));
}
