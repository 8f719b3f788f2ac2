import type { Handlers } from '#shared/contract/methods';
import type { KeptPlaylist, PLAYLIST_METHODS } from '#shared/contract/playlists';
import { CodedError } from '#shared/domain/failure';
import type { Context } from '../context';
import { playlistFinding, playlistIds, refuseProblems } from '../playlists/find';
import { readyMadePlaylists } from '../playlists/ready-made';

export function playlistHandlers(context: Context): Pick<Handlers, keyof typeof PLAYLIST_METHODS> {
  const { playlists } = context.store;
  const existing = (id: number): KeptPlaylist => {
    const kept = playlists.get(id);
    if (!kept) throw new CodedError('not-found', 'This playlist is not in the library any more.');
    return kept;
  };
  const refuseTaken = (name: string, id: number | null): void => {
    const same = playlists.list().find(({ playlist }) => playlist.name.toLowerCase() === name.toLowerCase());
    if (same && same.id !== id)
      throw new CodedError(
        'invalid-input',
        `There is a playlist called ${same.playlist.name} already. Choose another name.`,
      );
  };
  const changed = (): void => {
    context.events.emit('settings.changed', { of: 'playlists' });
  };

  return {
    'playlists.list': () => playlists.list(),
    'playlists.readyMade': () => readyMadePlaylists(context, Date.now()),
    'playlists.add': ({ playlist }) => {
      refuseProblems(playlist);
      refuseTaken(playlist.name, null);
      const kept = playlists.add(playlist, Date.now());
      changed();
      return kept;
    },
    'playlists.change': ({ id, playlist, position }) => {
      const before = existing(id);
      refuseProblems(playlist);
      refuseTaken(playlist.name, id);
      const kept = { id, playlist, position: position ?? before.position };
      playlists.change(kept);
      changed();
      return kept;
    },
    'playlists.remove': ({ id }) => {
      existing(id);
      playlists.remove(id);
      changed();
      return {};
    },
    'playlists.preview': ({ playlist }) => playlistFinding(context, playlist, Date.now()),
    'playlists.tracks': ({ playlist }) => playlistIds(context, playlist, Date.now()),
  };
}
