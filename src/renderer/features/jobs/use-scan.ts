import { useCallback, useMemo } from 'react';
import { useConnection } from '../../api/connection-context';
import { showError } from '../../ui/use-toasts';

/** Starting, halting and stopping the long work; what goes wrong with it is shown. */
export function useScan(): {
  start: (rootIds?: number[]) => Promise<void>;
  pause: (jobId: string) => Promise<void>;
  resume: (jobId: string) => Promise<void>;
  cancel: (jobId: string) => Promise<void>;
} {
  const connection = useConnection();
  const start = useCallback(
    async (rootIds?: number[]) => {
      await connection.call('jobs.scan', rootIds ? { rootIds } : {}).catch(showError);
    },
    [connection],
  );
  return useMemo(() => {
    const tell = (method: 'jobs.cancel' | 'jobs.pause' | 'jobs.resume') => async (jobId: string) => {
      await connection.call(method, { jobId }).catch(showError);
    };
    return { start, pause: tell('jobs.pause'), resume: tell('jobs.resume'), cancel: tell('jobs.cancel') };
  }, [connection, start]);
}
