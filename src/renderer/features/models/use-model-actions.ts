import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';
import { showError, useToasts } from '../../ui/use-toasts';
import { useFolderStore } from '../folders/folder-store';

export interface ModelActions {
  /** Something is being done; one thing at a time. */
  readonly busy: boolean;
  readonly adding: boolean;
  readonly choose: (id: string, name: string) => void;
  /** Asks for a folder, by the system's dialog or by our own, and adds the pack in it. */
  readonly add: () => void;
  readonly remove: (id: string, name: string) => void;
}

/** What the dialog does; what goes wrong is shown as a toast, what goes well too. */
export function useModelActions(): ModelActions {
  const connection = useConnection();
  const queryClient = useQueryClient();
  const settled = {
    onError: showError,
    onSettled: () => queryClient.invalidateQueries(),
  };
  const say = (message: string): void => {
    useToasts.getState().show({ level: 'info', message });
  };
  const choose = useMutation({
    mutationFn: ({ id }: { id: string; name: string }) => connection.call('models.choose', { id }),
    onSuccess: (_, { name }) => {
      say(strings.models.nowUsed(name));
    },
    ...settled,
  });
  const add = useMutation({
    mutationFn: (path: string) => connection.call('models.add', { path }),
    onSuccess: ({ model, replaces }) => {
      say(strings.models.added(model.name, replaces));
    },
    ...settled,
  });
  const remove = useMutation({
    mutationFn: ({ id }: { id: string; name: string }) => connection.call('models.remove', { id }),
    onSuccess: (_, { name }) => {
      say(strings.models.removed(name));
    },
    ...settled,
  });
  const askForPack = async (): Promise<void> => {
    if (!window.genregram) {
      const { addTitle: title, addVerb: verb } = strings.models;
      useFolderStore.getState().ask({ title, verb, onChoose: add.mutate });
      return;
    }
    const path = await window.genregram.pickOne('folder');
    if (path !== null) add.mutate(path);
  };
  return {
    busy: choose.isPending || add.isPending || remove.isPending,
    adding: add.isPending,
    choose: (id, name) => {
      choose.mutate({ id, name });
    },
    add: () => {
      askForPack().catch(showError);
    },
    remove: (id, name) => {
      remove.mutate({ id, name });
    },
  };
}
