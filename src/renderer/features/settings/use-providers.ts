import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { DoctorReport } from '#shared/contract/schemas';
import { useConnection } from '../../api/connection-context';
import { keys, useDoctor } from '../../api/queries';
import { showError } from '../../ui/use-toasts';

/** The providers as they were tried, null until that is known, and the way to have all of them tried again. */
export function useProviders(): {
  providers: DoctorReport['providers'] | null;
  tryAgain: () => void;
  trying: boolean;
} {
  const connection = useConnection();
  const queryClient = useQueryClient();
  const report = useDoctor(true);
  const again = useMutation({
    mutationFn: () => connection.call('doctor.report', { tryAgain: true }),
    onSuccess: (next) => queryClient.setQueryData(keys.doctor, next),
    onError: showError,
  });
  return {
    providers: report.data?.providers ?? null,
    tryAgain: () => {
      again.mutate();
    },
    trying: again.isPending,
  };
}
