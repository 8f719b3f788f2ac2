import { Button, Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { LibraryRoot } from '#shared/contract/schemas';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';
import { showError } from '../../ui/use-toasts';
import { useLibraryStore } from '../library/library-store';
import { emptySelection } from '../library/selection';

/** Asks before a folder and what is known of its tracks are forgotten. */
export function RemoveFolder({ root, onClose }: { root: LibraryRoot | null; onClose: () => void }) {
  const connection = useConnection();
  const queryClient = useQueryClient();
  const remove = async (id: number): Promise<void> => {
    onClose();
    try {
      await connection.call('roots.remove', { id });
      const { rootId, setRoot, setSelection } = useLibraryStore.getState();
      if (rootId === id) setRoot(null);
      setSelection(emptySelection);
      await queryClient.invalidateQueries();
    } catch (error) {
      showError(error);
    }
  };
  return (
    <Modal
      opened={root !== null}
      onClose={onClose}
      title={strings.folders.removeTitle}
      size={440}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {root && (
        <>
          <p style={{ margin: '0 0 8px', fontWeight: 500, overflowWrap: 'anywhere' }}>{root.path}</p>
          <p style={{ margin: '0 0 16px', color: 'var(--text-2)' }}>{strings.folders.removeText(root.tracks)}</p>
          <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8 }}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button color="red" onClick={() => void remove(root.id)}>
              {strings.folders.removeConfirm}
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}
