import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { WritingSettings } from '#shared/domain/writing';
import { useConnection } from '../../api/connection-context';
import { keys, useWritingSettings } from '../../api/queries';
import { showError } from '../../ui/use-toasts';

type Change = { -readonly [Name in keyof WritingSettings]?: WritingSettings[Name] };

/** The settings as they are or are just becoming, null until they are known, and the way to change some of them. */
export function useWriting(): { settings: WritingSettings | null; change: (changes: Change) => void } {
  const connection = useConnection();
  const queryClient = useQueryClient();
  const known = useWritingSettings().data ?? null;
  const mutation = useMutation({
    mutationFn: (changes: Change) => connection.call('settings.setWriting', changes),
    onSuccess: (settings) => queryClient.setQueryData(keys.writing, settings),
    onError: showError,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['plan'] }),
  });
  const settings = known && mutation.isPending ? { ...known, ...mutation.variables } : known;
  return { settings, change: mutation.mutate };
}
