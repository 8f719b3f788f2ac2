import type { RunFile } from '#shared/contract/schemas';
import { describeDiffs, listOf } from './human-tags';
import type { Output } from './output';
import { count, paint, printable } from './terminal';

type Left = NonNullable<Extract<RunFile, { status: 'written' }>['undo']>['left'];

interface Undone {
  /** The run that was taken back; null for files of any runs. */
  readonly undone: number | null;
  /** The undo, a run of its own. */
  readonly runId: number;
  readonly files: readonly RunFile[];
}

/** The result of an undo: as JSON, and for people. */
export function showUndone(output: Output, { undone, runId, files }: Undone): void {
  output.value({ runId: undone, undoRunId: runId, ...countByWay(files), files: files.map(putBackFile) });
  showPutBack(output, runId, files);
}

/** What an undo did, file by file, for people. */
export function showPutBack(output: Output, runId: number, files: readonly RunFile[]): void {
  for (const file of files) showFile(output, file);
  const { restored, fieldsRestored, refused } = countByWay(files);
  const parts = [`${count(restored, 'file')} as before`];
  if (fieldsRestored > 0) parts.push(`${count(fieldsRestored, 'file')} put back field by field`);
  if (refused > 0) parts.push(`${count(refused, 'file')} left alone`);
  const redo = restored + fieldsRestored > 0 ? ` "genregram tags undo --run ${runId}" takes the undo back.` : '';
  output.say('', paint('bold', `${parts.join(', ')}.${redo}`));
}

function showFile(output: Output, file: RunFile): void {
  switch (file.status) {
    case 'refused':
      output.failure(file.path, file);
      return;
    case 'unchanged':
      output.say(`${paint('dim', '=')} ${printable(file.path)}`, '    was as before already');
      return;
    case 'written': {
      output.say(`${paint('green', '↩')} ${printable(file.path)}`, ...describeDiffs(file.diffs));
      for (const line of describeLeft(file.undo?.left ?? [])) output.say(paint('yellow', `    ${line}`));
    }
  }
}

const describeLeft = (left: Left): string[] =>
  left.map(({ field, now }) => `${printable(field)} was changed to ${listOf(now)} since; left`);

/** How a file was put back, in the words of the JSON output. */
function putBackFile(file: RunFile): object {
  if (file.status === 'refused') return file;
  const { path } = file;
  if (file.status === 'unchanged' || file.undo?.exact !== false) return { path, status: 'restored' };
  return { path, status: 'fields-restored', restored: file.diffs, left: file.undo.left };
}

function countByWay(files: readonly RunFile[]): { restored: number; fieldsRestored: number; refused: number } {
  const fieldsRestored = files.filter((file) => file.status === 'written' && file.undo?.exact === false).length;
  const refused = files.filter(({ status }) => status === 'refused').length;
  return { restored: files.length - fieldsRestored - refused, fieldsRestored, refused };
}
