import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { writeParts } from '../../shared/atomic-file';
import { EXIT } from '../../shared/exit';
import { addBackendOptions, collect } from '../../shared/options';
import { EXPORT_FORMATS, exportParts, type ExportFormat } from '../results/export-parts';
import { addProgressOptions, withSession, type CliContext, type CommonFlags, type Session } from '../session';
import { count, printable } from '../terminal';

interface ExportFlags extends CommonFlags {
  readonly format: ExportFormat;
  readonly windows?: boolean;
  readonly path?: readonly string[];
}

export function addExport(program: Command, context: CliContext): void {
  addProgressOptions(addBackendOptions(program.command('export')))
    .description('write all results into a table for other programs')
    .argument('<file>', 'the file to write, or - for the standard output')
    .addOption(
      new Option('--format <format>', 'a table (RFC 4180), one JSON value, or a JSON object a line')
        .choices(EXPORT_FORMATS)
        .default('csv'),
    )
    .option('--windows', 'what was heard in each window, too')
    .option('--path <path>', 'only what lies at or under it; several times for several', collect)
    .action(async (file: string, flags: ExportFlags) => {
      process.exitCode = await withSession(context, flags, (session) => exportTo(session, file, flags));
    });
}

async function exportTo(session: Session, file: string, { format, windows, path }: ExportFlags): Promise<number> {
  const { client, output } = session;
  const trackIds = path
    ? await client.call('tracks.byPath', { paths: path.map((one) => resolve(one)) })
    : await client.call('tracks.ids', {});
  const parts = exportParts(session, trackIds, format, windows ?? false);
  if (file === '-') for await (const part of parts) await toStandardOutput(part);
  else {
    await writeParts(resolve(file), parts);
    output.say(`${count(trackIds.length, 'track')} written to ${printable(resolve(file))}.`);
  }
  if (trackIds.length === 0) output.note('The library has no track there.');
  return trackIds.length > 0 ? EXIT.done : EXIT.nothingDone;
}

/** A reader that is slower than we are is waited for. */
const toStandardOutput = async (text: string): Promise<void> => {
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve));
};
