import { useCallback, useMemo } from 'react';
import { useConnection } from '../../api/connection-context';
import { showError } from '../../ui/use-toasts';

/** Starting and stopping the long work; what goes wrong with it is shown. */
export function useScan(): { start: (rootIds?: number[]) => Promise<void>; cancel: (jobId: string) => Promise<void> } {
  const connection = useConnection();
  const start = useCallback(
    async (rootIds?: number[]) => {
      await connection.call('jobs.scan', rootIds ? { rootIds } : {}).catch(showError);
    },
    [connection],
  );
  const cancel = useCallback(
    async (jobId: string) => {
      await connection.call('jobs.cancel', { jobId }).catch(showError);
    },
    [connection],
  );
  return useMemo(() => ({ start, cancel }), [start, cancel]);
}
