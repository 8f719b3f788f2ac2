import { resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ExportedFile } from '#shared/contract/playlist-export';
import {
  DEFAULT_PATH_OPTIONS,
  EXPORT_TARGETS,
  type ExportTarget,
  type PathOptions,
} from '#shared/domain/playlists/targets';
import { EXIT, UsageError } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import type { Output } from '../output';
import { findPlaylist } from '../playlist-input';
import { withSession, type CliContext, type CommonFlags } from '../session';
import { count, paint, printable } from '../terminal';

interface ExportFlags extends CommonFlags {
  readonly all?: boolean;
  readonly target: ExportTarget;
  readonly to: string;
  readonly relative?: boolean;
  readonly absolute?: boolean;
  readonly base?: string;
  readonly map?: PathOptions['map'];
  readonly backslashes?: boolean;
  readonly unicode: PathOptions['unicode'];
  readonly crlf?: boolean;
  readonly bom?: boolean;
  readonly plan?: boolean;
  readonly sync?: boolean;
  readonly replace?: boolean;
}

export function addPlaylistsExport(playlists: Command, context: CliContext): void {
  addBackendOptions(playlists.command('export'))
    .description('write a playlist, or all of them, as files that a player reads')
    .argument('[name]', 'the playlist, in whatever case')
    .option('--all', 'every playlist')
    .addOption(
      new Option('--target <target>', 'for whom; where a rule can’t be said there, its tracks are written as a list')
        .choices(EXPORT_TARGETS)
        .default('m3u8'),
    )
    .requiredOption('--to <dir>', 'the folder to put them into, which must be there')
    .option('--relative', 'paths from the playlist’s folder on (default)')
    .addOption(new Option('--absolute', 'whole paths').conflicts('relative'))
    .option('--base <dir>', 'what relative paths start from instead, such as the music directory of MPD')
    .option('--map <A=B>', 'say B where a path begins with A; several times for several', mapping)
    .option('--backslashes', 'part the names in Windows’ paths by \\ instead of /')
    .addOption(
      new Option('--unicode <form>', 'compose or decompose letters').choices(['as-is', 'NFC', 'NFD']).default('as-is'),
    )
    .option('--crlf', 'end lines as Windows does')
    .option('--bom', 'begin an M3U file with a byte order mark')
    .option('--plan', 'only say what would be written, and what would be lost')
    .option('--sync', 'keep the folder up to date from now on')
    .option('--replace', 'also over files that Genregram did not write, or that were changed since')
    .option('--json', 'print what became of each playlist, or the plans, as one JSON value')
    .action(async (name: string | undefined, flags: ExportFlags) => {
      if ((name === undefined) !== (flags.all ?? false))
        throw new UsageError('Name a playlist, or say --all for every one.');
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const what = {
          playlists: name === undefined ? ('all' as const) : [(await findPlaylist(client, name)).id],
          target: flags.target,
          folder: resolve(flags.to),
          options: pathOptions(flags),
        };
        if (flags.plan) {
          const plans = await client.call('playlists.exportPlan', what);
          output.value(plans);
          for (const { fileName, writes, cannot, notes, tracks, expression, leftOut, leftOutCount } of plans) {
            output.say(`${printable(fileName)}  ${writes === 'rule' ? 'a rule' : 'a list'}, ${count(tracks, 'track')}`);
            output.say(...[...cannot, ...notes].map((line) => `    ${line}`));
            if (expression !== null) output.say(`    ${printable(expression)}`);
            output.say(
              ...leftOut.map(({ path, why }) => `    ${paint('yellow', 'left out')} ${printable(path)}: ${why}`),
            );
            if (leftOutCount > leftOut.length) output.say(`    and ${leftOutCount - leftOut.length} more`);
          }
          return EXIT.done;
        }
        if (flags.sync) {
          const { files } = await client.call('playlistFolders.add', what);
          return tell(output, files);
        }
        return tell(output, await client.call('playlists.export', { ...what, replace: flags.replace ?? false }));
      });
    });
}

export function addPlaylistsSync(playlists: Command, context: CliContext): void {
  addBackendOptions(playlists.command('sync'))
    .description('bring all synced folders up to date, as a nightly job does')
    .option('--replace', 'also over files that were changed by another program since')
    .option('--json', 'print the folders and what became of their files as one JSON value')
    .action(async (flags: CommonFlags & { replace?: boolean }) => {
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const folders = await client.call('playlistFolders.sync', { replace: flags.replace ?? false });
        if (folders.length === 0) {
          output.value([]);
          output.note(
            'No folder is kept up to date. `genregram playlists export --all --sync --to DIR` begins with one.',
          );
          return EXIT.done;
        }
        return tell(
          output,
          folders.flatMap(({ files }) => files),
          folders,
        );
      });
    });
}

/** 3 only if nothing at all could be done. */
function tell(output: Output, files: readonly ExportedFile[], value: unknown = files): number {
  output.value(value);
  for (const { name, path, outcome, writes, tracks, leftOutCount, failure } of files) {
    if (failure) output.failure(path ?? name, failure);
    else if (outcome === 'removed') output.say(`${paint('dim', '-')} ${printable(path ?? name)}`);
    else
      output.say(
        `${paint('green', outcome === 'written' ? '+' : '=')} ${printable(path ?? name)}  ${writes === 'rule' ? 'a rule' : count(tracks, 'track')}${leftOutCount > 0 ? `, ${leftOutCount} left out` : ''}`,
      );
  }
  if (files.length === 0) output.note('There is no playlist to write.');
  return files.length > 0 && files.every(({ failure }) => failure) ? EXIT.nothingDone : EXIT.done;
}

const pathOptions = (flags: ExportFlags): PathOptions => ({
  ...DEFAULT_PATH_OPTIONS,
  paths: flags.absolute ? 'absolute' : 'relative',
  base: flags.base ?? null,
  separators: flags.backslashes ? 'native' : 'forward',
  map: flags.map ?? [],
  unicode: flags.unicode,
  lineEnds: flags.crlf ? 'crlf' : 'lf',
  bom: flags.bom ?? false,
});

function mapping(text: string, before: PathOptions['map'] = []): PathOptions['map'] {
  const at = text.indexOf('=');
  if (at <= 0 || at === text.length - 1)
    throw new InvalidArgumentError('Write it as /music=D:\\Music: how a path begins here, and there.');
  return [...before, { from: text.slice(0, at), to: text.slice(at + 1) }];
}
