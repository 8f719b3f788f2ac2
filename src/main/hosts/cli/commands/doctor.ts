import type { Command } from 'commander';
import type { DoctorReport } from '#shared/contract/schemas';
import { EXIT } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { withSession, type CliContext, type CommonFlags } from '../session';
import { count, paint, printable, table } from '../terminal';

export function addDoctor(program: Command, context: CliContext): void {
  addBackendOptions(program.command('doctor'))
    .description('show versions, decoders, providers, models and the library')
    .option('--provider <name>', 'auto, cpu, webgpu, …: what does the inference (default: as the settings say)')
    .option('--try-again', 'try all providers again, also those that failed or hung before')
    .option('--json', 'print the report as one JSON value')
    .action(async (flags: CommonFlags & { tryAgain?: boolean }) => {
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const report = await client.call('doctor.report', { tryAgain: flags.tryAgain ?? false });
        output.value(report);
        output.say(...describe(report));
        return EXIT.done;
      });
    });
}

const mark = (isGood: boolean): string => (isGood ? '✓' : '–');

function describe(report: DoctorReport): string[] {
  const { library } = report;
  const section = (title: string, rows: readonly (readonly (string | number)[])[]): string[] => [
    '',
    paint('bold', title),
    ...table(rows),
  ];
  return [
    paint('bold', `Genregram ${report.version}`),
    ...table([
      ['Node', report.node],
      ...(report.electron === null ? [] : [['Electron', report.electron]]),
      ['onnxruntime', report.onnxruntime],
      ['system', report.platform],
    ]),
    ...section(
      'Decoders',
      report.decoders.map(({ name, available, detail }) => [mark(available), name, printable(detail)]),
    ),
    ...section(
      'Providers',
      report.providers.map(({ name, state, detail }) => [mark(state === 'in-use'), name, state, printable(detail)]),
    ),
    ...section(
      'Models',
      report.models.map(({ id, version, name, sha256 }) => [
        mark(report.chosenModel.id === `${id}@${version}`),
        `${id}@${version}`,
        printable(name),
        sha256,
      ]),
    ),
    ...(report.chosenModel.problem
      ? [`  ${paint('red', '✗')} The chosen model ${printable(report.chosenModel.id)} can't be used.`]
      : []),
    ...report.modelFailures.map(({ code, message }) => `  ${paint('red', '✗')} ${printable(message)} (${code})`),
    ...section('Library', [
      ['file', printable(library.path)],
      ['size', `${(library.bytes / 1024).toFixed(0)} KiB, schema ${library.schemaVersion}`],
      ['holds', `${count(library.tracks, 'track')}, ${library.analysed} analysed`],
    ]),
  ];
}
