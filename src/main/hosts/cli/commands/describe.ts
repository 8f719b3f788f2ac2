import { Option, type Command } from 'commander';
import { csvLine } from '../../../core/report/csv';
import { EXIT } from '../../shared/exit';
import { describeFiles, parseColumns, type FileDescription } from '../describe-files';
import { addProgressOptions, withSession, type CliContext, type CommonFlags, type Session } from '../session';
import { withTemporaryLibrary } from '../temporary-library';
import { paint, printable } from '../terminal';

interface DescribeFlags extends CommonFlags {
  readonly columns?: string;
  readonly csv?: boolean;
}

export function addDescribe(program: Command, context: CliContext): void {
  addProgressOptions(program.command('describe'))
    .description('tell in numbers how files sound: tempo, brightness, level and the like, without a model')
    .argument('<path...>', 'folders and files; of each file the middle 30 seconds are described')
    .option('--library <file>', 'a library whose listening settings are to be followed, such as where ffmpeg is')
    .option(
      '--columns <names>',
      'statistics with commas between them, or all (default: tempo,spectral_centroid_mean,rms_mean,zero_crossing_rate_mean)',
    )
    .addOption(new Option('--csv', 'print a table (RFC 4180) with a line a file').conflicts('json'))
    .option('--json', 'print one JSON object a file, each on a line')
    .addHelpText('after', ABOUT)
    .action(async (paths: string[], flags: DescribeFlags) => {
      const columns = parseColumns(flags.columns);
      process.exitCode = await withTemporaryLibrary(flags, (library) =>
        withSession(context, { ...flags, library, table: flags.csv ?? false }, (session) =>
          describe(session, paths, columns, writerFor(session, columns, flags.csv ?? false)),
        ),
      );
    });
}

const ABOUT = `
Statistics: tempo (beats a minute) and, of curves over time, _mean, _var, _std, _min, _max, _skew and _kurtosis
of rms, zero_crossing_rate, spectral_centroid, spectral_bandwidth, rolloff (Hz), spectral_flux, spectral_flatness,
chroma_stft and mfcc1 to mfcc20, as librosa defines them at 22,050 Hz.`;

type Tell = (file: FileDescription) => void;

async function describe(
  session: Session,
  typed: readonly string[],
  columns: readonly string[],
  tell: Tell,
): Promise<number> {
  const { client, output } = session;
  const { files, failures } = await client.call('describe.find', { paths: [...typed] });
  for (const { path, code, message } of failures) tell({ path, description: { status: 'failed', code, message } });
  for await (const file of describeFiles(session, files, columns)) tell(file);
  if (files.length + failures.length === 0) output.note('No music was found there.');
  return files.length > 0 ? EXIT.done : EXIT.nothingDone;
}

/** How each file is told of: as JSON, as a line of a table, or for people. */
function writerFor({ output }: Session, columns: readonly string[], isCsv: boolean): Tell {
  if (output.isJson) return (file) => output.value(record(file, columns));
  if (isCsv) {
    output.row(csvLine(['path', 'durationSec', ...columns]));
    return ({ path, description }) => {
      if (description.status === 'failed') output.failure(path, description);
      else output.row(csvLine([path, rounded(description.durationSec), ...description.values.map(rounded)]));
    };
  }
  const widths = columns.map((column) => Math.max(column.length, 9));
  output.say(paint('dim', `${columns.map((column, i) => column.padStart(widths[i]!)).join('  ')}  file`));
  return ({ path, description }) => {
    if (description.status === 'failed') return output.failure(path, description);
    const cells = description.values.map((value, i) => legible(value).padStart(widths[i]!));
    output.say(`${cells.join('  ')}  ${printable(path)}`);
  };
}

const record = ({ path, description }: FileDescription, columns: readonly string[]): object => {
  if (description.status === 'failed') return { path, ...description };
  const { values, durationSec, warnings, status } = description;
  const named = Object.fromEntries(columns.map((column, i) => [column, rounded(values[i]!)]));
  return { path, status, durationSec: rounded(durationSec), values: named, warnings };
};

/** Single precision has seven digits. */
const rounded = (value: number): number => Number(value.toPrecision(7));
const legible = (value: number): string =>
  value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
