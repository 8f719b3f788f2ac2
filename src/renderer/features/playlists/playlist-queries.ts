import { keepPreviousData, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { KeptPlaylist, PlaylistFinding } from '#shared/contract/playlists';
import type { TrackRow } from '#shared/contract/schemas';
import type { SmartPlaylist } from '#shared/domain/playlists/playlist';
import { useConnection } from '../../api/connection-context';
import type { Connection } from '../../api/connection';
import { oneAtATime } from './one-at-a-time';

/** Names of cached answers. What is found changes with the library, and is asked for again now and then. */
export const playlistKeys = {
  list: ['playlists'] as const,
  readyMade: ['playlists-ready-made'] as const,
  finding: (playlist: SmartPlaylist) => ['playlist-finding', playlist] as const,
  tracks: (playlist: SmartPlaylist) => ['playlist-tracks', playlist] as const,
  rows: (ids: readonly number[]) => ['tracks', 'of-playlist', ids] as const,
};

const AGAIN_MS = 15_000;

export function usePlaylists() {
  const connection = useConnection();
  return useQuery({ queryKey: playlistKeys.list, queryFn: () => connection.call('playlists.list', {}) });
}

export function useReadyMade() {
  const connection = useConnection();
  return useQuery({
    queryKey: playlistKeys.readyMade,
    queryFn: () => connection.call('playlists.readyMade', {}),
    staleTime: AGAIN_MS,
  });
}

const turns = oneAtATime();

/** What is found doesn't depend on how the playlist is called. */
const nameless = ({ rule, order, limit }: SmartPlaylist): SmartPlaylist => ({
  version: 1,
  name: '-',
  rule,
  order,
  limit,
});

const findingOptions = (connection: Connection, playlist: SmartPlaylist) => {
  const asked = nameless(playlist);
  return {
    queryKey: playlistKeys.finding(asked),
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      turns(() => connection.call('playlists.preview', { playlist: asked }), signal),
    staleTime: AGAIN_MS,
    refetchInterval: AGAIN_MS,
  };
};

/** Count, length and size of what a playlist finds; the former ones while new ones are on their way. */
export function useFinding(playlist: SmartPlaylist) {
  const connection = useConnection();
  return useQuery({ ...findingOptions(connection, playlist), placeholderData: keepPreviousData });
}

/** The same of several playlists, by id. */
export function useFindings(playlists: readonly KeptPlaylist[]): ReadonlyMap<number, PlaylistFinding> {
  const connection = useConnection();
  const combine = useCallback(
    (results: readonly { readonly data: PlaylistFinding | undefined }[]) => {
      const found = new Map<number, PlaylistFinding>();
      results.forEach(({ data }, i) => {
        const id = playlists[i]?.id;
        if (data && id !== undefined) found.set(id, data);
      });
      return found;
    },
    [playlists],
  );
  return useQueries({ queries: playlists.map(({ playlist }) => findingOptions(connection, playlist)), combine });
}

/** Ids of the tracks that a playlist finds, in its order. */
export function useFoundIds(playlist: SmartPlaylist) {
  const connection = useConnection();
  const asked = nameless(playlist);
  return useQuery({
    queryKey: playlistKeys.tracks(asked),
    queryFn: ({ signal }) => turns(() => connection.call('playlists.tracks', { playlist: asked }), signal),
    placeholderData: keepPreviousData,
    staleTime: AGAIN_MS,
    refetchInterval: AGAIN_MS,
  });
}

const PAGE = 100;

/** The rows of tracks in a given order, by their place, a page at a time as far as they are in sight. */
export function useRowsOf(ids: readonly number[], first: number, last: number): ReadonlyMap<number, TrackRow> {
  const connection = useConnection();
  const from = Math.floor(first / PAGE);
  const to = Math.floor(Math.max(first, last) / PAGE);
  const pages = useMemo(
    () => Array.from({ length: to - from + 1 }, (_, i) => ids.slice((from + i) * PAGE, (from + i + 1) * PAGE)),
    [ids, from, to],
  );
  const combine = useCallback(
    (results: readonly { readonly data: { readonly rows: readonly TrackRow[] } | undefined }[]) => {
      const byId = new Map(results.flatMap(({ data }) => (data?.rows ?? []).map((row) => [row.id, row] as const)));
      const rows = new Map<number, TrackRow>();
      pages.flat().forEach((id, i) => {
        const row = byId.get(id);
        if (row) rows.set(from * PAGE + i, row);
      });
      return rows;
    },
    [pages, from],
  );
  return useQueries({
    queries: pages
      .filter((page) => page.length > 0)
      .map((page) => ({
        queryKey: playlistKeys.rows(page),
        queryFn: () => connection.call('tracks.query', { ids: page, limit: PAGE }),
      })),
    combine,
  });
}

/** Keeping, changing and forgetting playlists; the list is asked for anew after each. */
export function useKeeping() {
  const connection = useConnection();
  const queryClient = useQueryClient();
  const onSettled = (): Promise<void> => queryClient.invalidateQueries({ queryKey: playlistKeys.list });
  const save = useMutation({
    mutationFn: ({ id, playlist }: { id: number | null; playlist: SmartPlaylist }) =>
      id === null
        ? connection.call('playlists.add', { playlist })
        : connection.call('playlists.change', { id, playlist }),
    onSuccess: (kept) => {
      // The list has it before the draft is let go.
      queryClient.setQueryData<KeptPlaylist[]>(playlistKeys.list, (list = []) =>
        list.some(({ id }) => id === kept.id)
          ? list.map((each) => (each.id === kept.id ? kept : each))
          : [...list, kept],
      );
    },
    onSettled,
  });
  /** Puts the playlists in this order. */
  const arrange = useMutation({
    mutationFn: async (list: readonly KeptPlaylist[]) => {
      for (const [position, { id, playlist, position: before }] of list.entries())
        if (position !== before) await connection.call('playlists.change', { id, playlist, position });
    },
    onMutate: (list) => {
      queryClient.setQueryData(playlistKeys.list, [...list]);
    },
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (id: number) => connection.call('playlists.remove', { id }),
    onSettled,
  });
  const bringBack = useMutation({
    mutationFn: async ({ playlist, position }: KeptPlaylist) => {
      const { id } = await connection.call('playlists.add', { playlist });
      return connection.call('playlists.change', { id, playlist, position });
    },
    onSettled,
  });
  return { save, arrange, remove, bringBack };
}
