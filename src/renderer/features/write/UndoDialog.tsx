import { Button, Modal } from '@mantine/core';
import type { WriteRun } from '#shared/contract/schemas';
import { strings } from '../../strings';
import { useWrite } from './use-write';

/** Asks before a write is taken back. */
export function UndoDialog({ run, onClose }: { run: WriteRun | null; onClose: () => void }) {
  const write = useWrite();
  return (
    <Modal
      opened={run !== null}
      onClose={onClose}
      title={strings.write.undoTitle}
      size={440}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {run && (
        <>
          <p style={{ margin: '0 0 16px', color: 'var(--text-2)' }}>
            {strings.write.undoText(run.written - run.undone)}
          </p>
          <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8 }}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              data-autofocus
              onClick={() => {
                onClose();
                void write.undo(run.id);
              }}
            >
              Undo the write
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}
