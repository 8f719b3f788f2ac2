import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { MatrixCell } from '#shared/contract/insight';
import type { Connection } from '../../api/connection';
import { useConnection } from '../../api/connection-context';
import { showError } from '../../ui/use-toasts';
import { useInsightStore } from './insight-store';

/** While tracks stream in, what is in sight is counted again at most this often: it reads the whole library. */
const REFRESH_EVERY_MS = 8_000;

/** More than anyone looks through. */
const MOST_CHANGES = 100_000;

export const useMatrix = () => useInsight('matrix', (connection) => connection.call('insight.matrix', {}));
export const useDistributions = () =>
  useInsight('distributions', (connection) => connection.call('insight.distributions', {}));
export const useWide = () => useInsight('wide', (connection) => connection.call('insight.wide', {}));
export const useReliability = () =>
  useInsight('reliability', (connection) => connection.call('insight.reliability', {}));

/** What the chosen model says otherwise than the former one. */
export const useChanges = () =>
  useInsight('changes', (connection) => connection.call('models.diff', { limit: MOST_CHANGES }));

function useInsight<T>(name: string, ask: (connection: Connection) => Promise<T>) {
  const connection = useConnection();
  return useQuery({ queryKey: ['insight', name], queryFn: () => ask(connection), staleTime: 0, gcTime: 300_000 });
}

/** Shows the tracks of a cell of the matrix beside it. */
export function usePickCell() {
  const connection = useConnection();
  return async (cell: MatrixCell, label: string): Promise<void> => {
    try {
      const ids = await connection.call('insight.matrixTracks', cell);
      useInsightStore.getState().pick({ key: cellKey(cell), label, ids });
    } catch (error) {
      showError(error);
    }
  };
}

export const cellKey = ({ row, column }: MatrixCell): string => JSON.stringify([row, column]);

/** Counts again what is in sight when the library has changed: at once, then at most every so often. */
export function useFreshInsight(): void {
  const connection = useConnection();
  const queryClient = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let again = false;
    const run = (): void => {
      again = false;
      void queryClient.invalidateQueries({ queryKey: ['insight'] });
      timer = setTimeout(() => {
        timer = undefined;
        if (again) run();
      }, REFRESH_EVERY_MS);
    };
    const end = connection.on('library.changed', () => {
      if (timer === undefined) run();
      else again = true;
    });
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [connection, queryClient]);
}
