import type { DescribedFile } from '#shared/contract/describing';
import { TELLING_STATISTICS } from '#shared/domain/statistic-names';
import { FEATURE_COLUMNS, unknownColumns } from '../../core/features';
import { UsageError } from '../shared/exit';
import { stopIfAborted, type Session } from './session';

/** Files asked for at a time: more than there are workers, so that none of them waits. */
const AHEAD = 16;

export interface FileDescription {
  readonly path: string;
  readonly description: DescribedFile;
}

/** Names of statistics as typed after an option: with commas between them, `all`, or nothing for the most telling. @throws UsageError */
export function parseColumns(text: string | true | undefined): readonly string[] {
  if (text === undefined || text === true) return TELLING_STATISTICS;
  if (text === 'all') return FEATURE_COLUMNS;
  const columns = [...new Set(text.split(',').map((name) => name.trim()))].filter((name) => name !== '');
  const unknown = unknownColumns(columns);
  if (columns.length > 0 && unknown.length === 0) return columns;
  throw new UsageError(
    `${unknown.length > 0 ? `There is no statistic ${unknown.join(', ')}.` : 'Name at least one statistic.'} There are tempo and, with _mean, _var, _std, _min, _max, _skew or _kurtosis after them, chroma_stft, rms, spectral_centroid, spectral_bandwidth, rolloff, zero_crossing_rate, spectral_flux, spectral_flatness and mfcc1 to mfcc20; all means all of them.`,
  );
}

/** Describes files side by side and tells of them in their order, and how far it is. */
export async function* describeFiles(
  { client, signal, count }: Pick<Session, 'client' | 'signal' | 'count'>,
  paths: readonly string[],
  columns: readonly string[],
): AsyncGenerator<FileDescription> {
  const ask = (path: string): Promise<DescribedFile> => client.call('describe.file', { path, columns: [...columns] });
  const asked: Promise<DescribedFile>[] = [];
  const work = count('describe', paths.length);
  let state: 'done' | 'failed' = 'failed';
  try {
    for (const [i, path] of paths.entries()) {
      while (asked.length < Math.min(paths.length, i + AHEAD)) {
        const next = ask(paths[asked.length]!);
        // One that fails while another is waited for is heard of in its turn.
        next.catch(() => undefined);
        asked.push(next);
      }
      stopIfAborted(signal);
      const description = await asked[i]!;
      work.tick(path, description.status === 'failed');
      yield { path, description };
    }
    state = 'done';
  } finally {
    work.end(signal.aborted ? 'cancelled' : state);
  }
}
