import { resolve } from 'node:path';

/**
 * The library file named on the command line (`--library FILE` or `--library=FILE`) or by GENREGRAM_LIBRARY, as an absolute path;
 * null if none is.
 */
export function libraryArgument(argv: readonly string[], env: NodeJS.ProcessEnv): string | null {
  const joined = argv.find((argument) => argument.startsWith('--library='))?.slice('--library='.length);
  const separate = argv.includes('--library') ? argv[argv.indexOf('--library') + 1] : undefined;
  const named = joined ?? separate ?? env['GENREGRAM_LIBRARY'];
  return named ? resolve(named) : null;
}
