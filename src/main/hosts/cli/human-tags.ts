import type { FieldDiff, WriteReceipt } from '#shared/domain/tags';
import type { Output } from './output';
import { count, paint, printable, table } from './terminal';
import type { PlannedFiles, WrittenFiles } from './write-plan';

const NOTHING = '(none)';

/** A plan: as JSON, and for people as a list of old → new. */
export function showPlan(output: Output, files: PlannedFiles['files']): void {
  output.value({ files });
  for (const file of files) {
    if (file.status === 'refused') {
      output.failure(file.path, file);
      continue;
    }
    const isReady = file.status === 'ready';
    output.say(
      `${paint(isReady ? 'cyan' : 'dim', isReady ? '●' : '=')} ${printable(file.path)}  ${paint('dim', mannerOf(file))}`,
    );
    output.say(...(isReady ? describeDiffs(file.diffs) : ['    is so already']));
    for (const warning of file.warnings) output.say(paint('yellow', `    ${printable(warning)}`));
  }
  const ready = files.filter(({ status }) => status === 'ready').length;
  output.say('', paint('bold', `${count(ready, 'file')} would change. Nothing was written.`));
}

/** The format, and what of the way it is written goes without saying only where it is the usual one. */
function mannerOf({ format, writing }: Extract<PlannedFiles['files'][number], { format: string }>): string {
  const { method, target } = writing;
  const manner = { 'new-file': '', 'in-place': ', in place', 'own-file': ', as a file of its own' }[method];
  const leads = target === null ? '' : ` ${method === 'own-file' ? 'instead of a link to' : '→'} ${printable(target)}`;
  return `${format}${manner}${leads}`;
}

/** What a run did, file by file. */
export function showWritten(output: Output, runId: number | null, files: WrittenFiles): void {
  for (const file of files) {
    if (file.status === 'refused') output.failure(file.path, file);
    else if (file.status === 'unchanged')
      output.say(`${paint('dim', '=')} ${printable(file.path)}`, '    is so already');
    else
      output.say(
        `${paint('green', '✓')} ${printable(file.path)}`,
        ...describeDiffs(file.diffs),
        ...describeManner(file.receipt),
      );
  }
  const written = files.filter(({ status }) => status === 'written').length;
  const refused = files.filter(({ status }) => status === 'refused').length;
  const undo = written > 0 && runId !== null ? ` "genregram tags undo --run ${runId}" takes it back.` : '';
  const refusals = refused > 0 ? `, ${count(refused, 'file')} refused` : '';
  output.say('', paint('bold', `${count(written, 'file')} written${refusals}.${undo}`));
}

/** How the bytes came into the file, where it is not the usual way. */
function describeManner({ method, target, brokenLink }: WriteReceipt): string[] {
  if (method === 'in-place') return [paint('dim', '    overwritten in place')];
  if (method === undefined) return target === undefined ? [] : [paint('dim', `    in ${printable(target)}`)];
  const was = brokenLink === undefined ? 'one of several hard links' : `a link to ${printable(brokenLink)}`;
  const back = brokenLink === undefined ? 'undo brings the bytes back, but not the link' : 'undo brings the link back';
  return [paint('dim', `    a file of its own, which was ${was}; ${back}`)];
}

/** Values for people, on one line. */
export const listOf = (values: readonly string[]): string => printable(values.join('; ')) || NOTHING;

export function describeDiffs(diffs: readonly FieldDiff[]): string[] {
  return table(
    diffs.map(({ field, before, after, names }) => [
      field,
      listOf(before),
      '→',
      listOf(after),
      `(${names.join(', ')})`,
    ]),
    '    ',
  );
}
