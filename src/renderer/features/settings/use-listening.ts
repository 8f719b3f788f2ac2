import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ListeningSettings } from '#shared/domain/listening';
import { useConnection } from '../../api/connection-context';
import { keys, useListeningSettings } from '../../api/queries';

export type ListeningChange = { -readonly [Name in keyof ListeningSettings]?: ListeningSettings[Name] };

/** The settings as they are or are just becoming, null until they are known, and the way to change some; it rejects with why not. */
export function useListening(): {
  settings: ListeningSettings | null;
  change: (changes: ListeningChange) => Promise<unknown>;
} {
  const connection = useConnection();
  const queryClient = useQueryClient();
  const known = useListeningSettings().data ?? null;
  const mutation = useMutation({
    mutationFn: (changes: ListeningChange) => connection.call('settings.setListening', changes),
    onSuccess: (settings) => queryClient.setQueryData(keys.listening, settings),
  });
  const settings = known && mutation.isPending ? { ...known, ...mutation.variables } : known;
  return { settings, change: mutation.mutateAsync };
}
