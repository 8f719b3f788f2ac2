import type { Command } from 'commander';
import { EXIT } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { findPlaylist, playlistsIn, ruleOfSearch } from '../playlist-input';
import { withSession, type CliContext, type CommonFlags } from '../session';
import { count, duration, paint, printable, table } from '../terminal';
import { addPlaylistsExport, addPlaylistsSync } from './playlists-files';

/** Tracks that are asked for at a time. */
const PAGE = 1000;

export function addPlaylists(program: Command, context: CliContext): void {
  const playlists = program
    .command('playlists')
    .description('show smart playlists, keep new ones, and write them as files for players');
  addBackendOptions(playlists.command('list', { isDefault: true }))
    .description('show every playlist with what it finds now')
    .option('--json', 'print playlists and what they find as one JSON value')
    .action(async (flags: CommonFlags) => {
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const kept = await client.call('playlists.list', {});
        const found = [];
        for (const each of kept)
          found.push({ ...each, ...(await client.call('playlists.preview', { playlist: each.playlist })) });
        output.value(found);
        const rows = found.map(({ playlist, tracks, durationSec }) => [
          printable(playlist.name),
          count(tracks, 'track'),
          duration(durationSec),
        ]);
        output.say(...(rows.length > 0 ? table(rows) : ['No playlist is kept. `genregram playlists save` makes one.']));
        return EXIT.done;
      });
    });
  addBackendOptions(playlists.command('show'))
    .description('show the tracks that a playlist finds now, in its order')
    .argument('<name>', 'the playlist, in whatever case')
    .option('--form', 'print the playlist itself as JSON instead, as `playlists import` takes it')
    .option('--json', 'print the playlist and its tracks as one JSON value')
    .action(async (name: string, flags: CommonFlags & { form?: boolean }) => {
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const { id, playlist } = await findPlaylist(client, name);
        if (flags.form) {
          process.stdout.write(`${JSON.stringify(playlist, null, 2)}\n`);
          return EXIT.done;
        }
        const ids = await client.call('playlists.tracks', { playlist });
        const rows = new Map<number, { path: string }>();
        for (let offset = 0; offset < ids.length; offset += PAGE) {
          const page = await client.call('tracks.query', { ids: ids.slice(offset, offset + PAGE), limit: PAGE });
          for (const row of page.rows) rows.set(row.id, row);
        }
        const tracks = ids.flatMap((each) => rows.get(each) ?? []);
        output.value({ id, playlist, tracks });
        output.say(...tracks.map(({ path }) => printable(path)));
        output.note(paint('dim', count(tracks.length, 'track')));
        return EXIT.done;
      });
    });
  addBackendOptions(playlists.command('import'))
    .description('keep the playlists in a JSON file')
    .argument('<file>', 'one playlist as `playlists show --form` prints it, or a list of such')
    .option('--replace', 'let them take the place of playlists of the same name')
    .option('--json', 'print what is kept as one JSON value')
    .action(async (file: string, flags: CommonFlags & { replace?: boolean }) => {
      const read = playlistsIn(file);
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const kept = [];
        for (const playlist of read) {
          const same = (await client.call('playlists.list', {})).find(
            (each) => each.playlist.name.toLowerCase() === playlist.name.toLowerCase(),
          );
          kept.push(
            same && flags.replace
              ? await client.call('playlists.change', { id: same.id, playlist })
              : await client.call('playlists.add', { playlist }),
          );
          output.say(`${printable(playlist.name)} is kept.`);
        }
        output.value(kept);
        return EXIT.done;
      });
    });
  addBackendOptions(playlists.command('save'))
    .description('keep a search as a playlist')
    .argument('<name>', 'what the playlist is to be called')
    .argument('<search...>', 'as in the window, such as genre:jazz year:1959..1975')
    .option('--json', 'print the playlist as one JSON value')
    .action(async (name: string, words: string[], flags: CommonFlags) => {
      const rule = ruleOfSearch(words.join(' '));
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const playlist = { version: 1, name, rule, order: { by: 'path' }, limit: null } as const;
        const kept = await client.call('playlists.add', { playlist });
        const { tracks } = await client.call('playlists.preview', { playlist });
        output.value(kept);
        output.say(`${printable(name)} is kept. It finds ${count(tracks, 'track')} now.`);
        return EXIT.done;
      });
    });
  addPlaylistsExport(playlists, context);
  addPlaylistsSync(playlists, context);
}
