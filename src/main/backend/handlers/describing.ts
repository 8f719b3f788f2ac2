import type { Handlers } from '#shared/contract/methods';
import type { JobFailure } from '#shared/contract/schemas';
import { CodedError, toFailure } from '#shared/domain/failure';
import { FEATURE_COLUMNS, unknownColumns } from '../../core/features';
import type { Context } from '../context';
import { listeningSettings } from '../listening-settings';
import { locate } from '../paths';

type Names = 'describe.columns' | 'describe.find' | 'describe.file' | 'describe.cancel';

/** How files sound in numbers, beside the library. */
export function describingHandlers(context: Context): Pick<Handlers, Names> {
  const { describer, store } = context;
  const underWay = new Set<{ readonly window: string; readonly abort: AbortController }>();
  return {
    'describe.columns': () => ({ columns: [...FEATURE_COLUMNS] }),
    'describe.find': ({ paths }) => findFiles(context, paths),
    'describe.file': async ({ path, columns, window }) => {
      const unknown = unknownColumns(columns);
      if (unknown.length > 0) throw new CodedError('invalid-input', noSuch(unknown));
      const { share, ffmpegPath, maxFileMinutes, timeoutMinutes } = listeningSettings(store);
      const options = { share, ffmpegPath, maxFileMinutes, timeoutMinutes };
      const own = { window, abort: new AbortController() };
      underWay.add(own);
      try {
        return await describer.describe({ path, columns }, options, own.abort.signal);
      } finally {
        underWay.delete(own);
      }
    },
    'describe.cancel': ({ window }) => {
      for (const each of underWay) if (each.window === window) each.abort.abort();
      return {};
    },
  };
}

const noSuch = (names: readonly string[]): string =>
  `There is no statistic ${names.join(', ')}. There are tempo, and of curves such as rms, spectral_centroid, zero_crossing_rate or mfcc1 to mfcc20 the mean (rms_mean), var, std, min, max, skew and kurtosis.`;

async function findFiles({ walk }: Context, paths: readonly string[]) {
  const files = new Set<string>();
  const failures: JobFailure[] = [];
  for (const given of paths) {
    try {
      const { path, isFolder } = await locate(given);
      if (!isFolder) files.add(path);
      else
        for await (const found of walk(path)) {
          if (found.kind === 'file') files.add(found.path);
          if (found.kind === 'failure') failures.push({ path: found.path, code: found.code, message: found.message });
        }
    } catch (error) {
      failures.push({ path: given, ...toFailure(error) });
    }
  }
  return { files: [...files].sort(), failures };
}
