import { Button, Modal } from '@mantine/core';

/** What is to be confirmed before it is done. */
export interface Question {
  readonly title: string;
  readonly text: string;
  readonly confirm: string;
  readonly run: () => void;
}

/** Asks before many files are changed at once. */
export function AskDialog({ question, onClose }: { question: Question | null; onClose: () => void }) {
  return (
    <Modal
      opened={question !== null}
      onClose={onClose}
      title={question?.title}
      size={440}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {question && (
        <>
          <p style={{ margin: '0 0 16px', color: 'var(--text-2)' }}>{question.text}</p>
          <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8 }}>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button
              data-autofocus
              onClick={() => {
                onClose();
                question.run();
              }}
            >
              {question.confirm}
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}
