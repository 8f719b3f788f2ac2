import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { readGenres, type GenreGraph } from '#shared/domain/genres/graph';
import { useConnection } from '../../api/connection-context';
import { keys } from '../../api/queries';
import { useLibraryStore } from '../library/library-store';
import { useCleaningStore } from './cleaning/cleaning-store';

/** The collector's genres: the built-in ones with one's own changes. */
export function useGenres() {
  const connection = useConnection();
  return useQuery({ queryKey: keys.genres, queryFn: () => connection.call('genres.get', {}), staleTime: Infinity });
}

/** What the model and files name that is no genre here; of the lines that are saved. */
export function useUnknownGenres() {
  const connection = useConnection();
  return useQuery({
    queryKey: [...keys.genres, 'unknown'],
    queryFn: () => connection.call('genres.unknown', {}),
    refetchOnMount: 'always',
  });
}

/** Shows on the write desk what the collector's lines make of the genres that files have. */
export function useCleaning(onDone: () => void): () => void {
  const show = useCleaningStore((state) => state.show);
  const setView = useLibraryStore((state) => state.setView);
  return () => {
    show(true);
    setView('write');
    onDone();
  };
}

/** The graph of the collector's genres; null until they are known. */
export function useGenreGraph(): GenreGraph | null {
  const text = useGenres().data?.text;
  return useMemo(() => (text === undefined ? null : readGenres(text).graph), [text]);
}

/** Takes another text of changes; all that shows genres is asked for anew. */
export function useChangeGenres(onDone: () => void) {
  const connection = useConnection();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (text: string) => connection.call('genres.set', { text }),
    onSuccess: (genres) => {
      queryClient.setQueryData(keys.genres, genres);
      onDone();
    },
  });
}
