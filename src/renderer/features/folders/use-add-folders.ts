import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { CodedError } from '#shared/domain/failure';
import { useConnection } from '../../api/connection-context';
import { baseName } from '../../ui/format';
import { showError, useToasts } from '../../ui/use-toasts';
import { useFolderStore } from './folder-store';

export interface AddFolders {
  /** Asks for folders by the system's dialog, or by our own where there is none. */
  readonly choose: () => Promise<void>;
  /** Adds folders by path and starts to scan them. */
  readonly add: (paths: readonly string[]) => Promise<void>;
}

export function useAddFolders(): AddFolders {
  const connection = useConnection();
  const queryClient = useQueryClient();
  return useMemo(() => {
    async function add(paths: readonly string[]): Promise<void> {
      const rootIds: number[] = [];
      for (const path of paths) {
        try {
          rootIds.push((await connection.call('roots.add', { path })).id);
        } catch (error) {
          showError(error);
        }
      }
      if (rootIds.length === 0) return;
      await queryClient.invalidateQueries({ queryKey: ['roots'] });
      try {
        await connection.call('jobs.scan', { rootIds });
      } catch (error) {
        if (!(error instanceof CodedError) || error.code !== 'busy') showError(error);
        else
          useToasts.getState().show({
            level: 'info',
            message: `${paths.map(baseName).join(', ')} added. Press Scan once the work at hand is done.`,
          });
      }
    }
    return {
      add,
      async choose() {
        if (!window.genregram) {
          useFolderStore.getState().open();
          return;
        }
        try {
          await add(await window.genregram.pickFolders());
        } catch (error) {
          showError(error);
        }
      },
    };
  }, [connection, queryClient]);
}
