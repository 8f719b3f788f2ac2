import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { SavedView, ViewQuery } from '#shared/contract/finding';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';

interface ViewNameProps {
  readonly opened: boolean;
  /** The view that is to have another name; null: a new one is to be kept. */
  readonly view: SavedView | null;
  readonly query: ViewQuery;
  readonly onClose: () => void;
}

/** Asks for the name of a view. */
export function ViewName({ opened, view, query, onClose }: ViewNameProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={view ? strings.finding.renameTitle(view.name) : strings.finding.saveTitle}
      size={400}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <NameForm view={view} query={query} onClose={onClose} />
    </Modal>
  );
}

function NameForm({ view, query, onClose }: Omit<ViewNameProps, 'opened'>) {
  const connection = useConnection();
  const [name, setName] = useState(view?.name ?? (query.text.slice(0, 100) || strings.quick[query.quick]));
  const [error, setError] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    try {
      await (view
        ? connection.call('views.change', { id: view.id, name })
        : connection.call('views.add', { name, query }));
      onClose();
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextInput
        data-autofocus
        label={strings.finding.name}
        value={name}
        maxLength={100}
        error={error}
        onFocus={(event) => {
          event.currentTarget.select();
        }}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setError(null);
        }}
      />
      <div style={{ display: 'flex', justifyContent: 'flex-end', gap: 8, marginTop: 16 }}>
        <Button variant="default" onClick={onClose}>
          {strings.finding.cancel}
        </Button>
        <Button type="submit" disabled={name.trim() === ''}>
          {strings.finding.keep}
        </Button>
      </div>
    </form>
  );
}
