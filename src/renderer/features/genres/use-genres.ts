import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useConnection } from '../../api/connection-context';
import { keys } from '../../api/queries';

/** The collector's genres: the built-in ones with one's own changes. */
export function useGenres() {
  const connection = useConnection();
  return useQuery({ queryKey: keys.genres, queryFn: () => connection.call('genres.get', {}), staleTime: Infinity });
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
