import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MethodInput } from '#shared/contract/methods';
import { useConnection } from '../../api/connection-context';
import { showError } from '../../ui/use-toasts';
import { NO_FILTER } from './plan-filter';
import { useWriteStore } from './write-store';

/** Writing a plan and taking writes back. Either is a run, which is shown from then on. */
export function useWrite(): {
  apply: (planId: string, paths: string[]) => Promise<void>;
  undo: (what: MethodInput<'write.undo'>) => Promise<void>;
} {
  const connection = useConnection();
  const queryClient = useQueryClient();
  return useMemo(
    () => ({
      async apply(planId, paths) {
        try {
          const { runId } = await connection.call('write.apply', { planId, paths });
          useWriteStore.getState().setUnchecked([]);
          useWriteStore.getState().setFilter(NO_FILTER);
          useWriteStore.getState().showRun(runId);
          await queryClient.invalidateQueries({ queryKey: ['history'] });
        } catch (error) {
          showError(error);
          await queryClient.invalidateQueries({ queryKey: ['plan'] });
        }
      },
      async undo(what) {
        try {
          const { runId } = await connection.call('write.undo', what);
          useWriteStore.getState().showRun(runId);
        } catch (error) {
          showError(error);
        }
        await queryClient.invalidateQueries({ queryKey: ['history'] });
      },
    }),
    [connection, queryClient],
  );
}
