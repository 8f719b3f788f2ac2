import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { MethodInput } from '#shared/contract/methods';
import { useConnection } from '../../api/connection-context';

export type ExportInput = MethodInput<'playlists.exportPlan'>;

const exportKeys = {
  targets: ['playlist-targets'] as const,
  plan: (input: ExportInput | null) => ['playlist-export-plan', input] as const,
  folders: ['playlistFolders'] as const,
};

const AGAIN_MS = 10_000;

export function useTargets() {
  const connection = useConnection();
  return useQuery({ queryKey: exportKeys.targets, queryFn: () => connection.call('playlistTargets.list', {}) });
}

/** What an export would write; null: there is too little to say so. */
export function useExportPlan(input: ExportInput | null) {
  const connection = useConnection();
  return useQuery({
    queryKey: exportKeys.plan(input),
    queryFn: () => (input ? connection.call('playlists.exportPlan', input) : []),
    enabled: input !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}

export function useExport() {
  const connection = useConnection();
  return useMutation({
    mutationFn: ({ input, replace }: { input: ExportInput; replace: boolean }) =>
      connection.call('playlists.export', { ...input, replace }),
  });
}

/** The folders that are kept up to date, and how that went. */
export function useSyncedFolders() {
  const connection = useConnection();
  return useQuery({
    queryKey: exportKeys.folders,
    queryFn: () => connection.call('playlistFolders.list', {}),
    refetchInterval: AGAIN_MS,
  });
}

export function useSyncing() {
  const connection = useConnection();
  const queryClient = useQueryClient();
  const onSettled = (): Promise<void> => queryClient.invalidateQueries({ queryKey: exportKeys.folders });
  const add = useMutation({
    mutationFn: (input: ExportInput) => connection.call('playlistFolders.add', input),
    onSettled,
  });
  const sync = useMutation({
    mutationFn: (input: { id: number; replace: boolean }) => connection.call('playlistFolders.sync', input),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (input: { id: number; files: boolean }) => connection.call('playlistFolders.remove', input),
    onSettled,
  });
  return { add, sync, remove };
}
