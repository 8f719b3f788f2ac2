import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';
import { showError, useToasts } from '../../ui/use-toasts';
import { useWriteStore } from './write-store';

/** Writing a plan and taking a write back. */
export function useWrite(): {
  apply: (planId: string, paths: string[]) => Promise<void>;
  undo: (runId: number) => Promise<void>;
} {
  const connection = useConnection();
  const queryClient = useQueryClient();
  return useMemo(
    () => ({
      async apply(planId, paths) {
        try {
          const { runId } = await connection.call('write.apply', { planId, paths });
          useWriteStore.getState().setUnchecked([]);
          useWriteStore.getState().showRun(runId);
          await queryClient.invalidateQueries({ queryKey: ['history'] });
        } catch (error) {
          showError(error);
          await queryClient.invalidateQueries({ queryKey: ['plan'] });
        }
      },
      async undo(runId) {
        try {
          const { results } = await connection.call('write.undo', { runId });
          const restored = results.filter((result) => result.status === 'restored').length;
          useToasts.getState().show({
            level: restored === results.length ? 'info' : 'warning',
            message: strings.write.undone(restored, results.length - restored),
          });
          const files = results.filter((result) => result.status === 'refused');
          useWriteStore.setState({ leftAlone: files.length > 0 ? { runId, files } : null });
        } catch (error) {
          showError(error);
        }
        await queryClient.invalidateQueries();
      },
    }),
    [connection, queryClient],
  );
}
