import { ActionIcon, Button, Menu, Textarea, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Braces, Ellipsis, RotateCcw } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { SmartPlaylist } from '#shared/domain/playlists/playlist';
import { strings } from '../../strings';
import { KeyTip } from '../../ui/KeyTip';
import { useToasts } from '../../ui/use-toasts';
import { useExportStore } from './export-store';
import { FoundTracks } from './FoundTracks';
import { JsonDialog } from './JsonDialog';
import { OrderAndLimit } from './OrderAndLimit';
import { assemble, draftOf, emptyDraft, isChanged, type Draft } from './playlist-draft';
import styles from './PlaylistEditor.module.css';
import { useKeeping } from './playlist-queries';
import { keptId, keptKey, usePlaylistStore, type PlaylistKey } from './playlist-store';
import { RuleBuilder } from './RuleBuilder';
import { inWords } from './sentence';

const words = strings.playlists;

/** A playlist is tried out once typing has paused. */
const PAUSE_MS = 300;
const NAME_ID = 'playlist-name';

interface PlaylistEditorProps {
  readonly playlistKey: PlaylistKey;
  /** As it was saved last; null: it never was. */
  readonly kept: SmartPlaylist | null;
}

/** The open playlist: its name, its rules, order and limit, and what it finds as it stands. */
export function PlaylistEditor({ playlistKey, kept }: PlaylistEditorProps) {
  const { drafts, change, forget, show } = usePlaylistStore();
  const saved = useMemo(() => (kept ? draftOf(kept) : null), [kept]);
  const draft = drafts[playlistKey] ?? saved ?? emptyDraft('');
  const { playlist, unfinished } = useMemo(() => assemble(draft, words.unnamed), [draft]);
  const [tried] = useDebouncedValue(playlist, PAUSE_MS);
  /** Whether what is unfinished is marked everywhere, and not only where one has been. */
  const [strict, setStrict] = useState(false);
  const [json, setJson] = useState(false);
  const { save } = useKeeping();
  const dirty = !kept || isChanged(draft, kept);

  useLeaving(() => {
    if (!dirty) forget(playlistKey);
  });

  const edit = (patch: Partial<Draft>): void => {
    save.reset();
    change(playlistKey, { ...draft, ...patch });
  };
  const onSave = (): void => {
    if (!dirty || save.isPending) return;
    if (unfinished.length > 0) {
      setStrict(true);
      return;
    }
    save.mutate(
      { id: keptId(playlistKey), playlist },
      {
        onSuccess: ({ id }) => {
          setStrict(false);
          // The draft of a kept one stays while it is open, so that the rows are the same and the focus is where it was.
          if (keptId(playlistKey) !== null) return;
          change(keptKey(id), draft);
          forget(playlistKey);
          show(keptKey(id));
          requestAnimationFrame(() => document.getElementById(NAME_ID)?.focus());
        },
      },
    );
  };
  const onRevert = (): void => {
    forget(playlistKey);
    setStrict(false);
    const run = (): void => {
      change(playlistKey, draft);
    };
    useToasts
      .getState()
      .show({ level: 'info', message: words.reverted(kept?.name ?? draft.name), action: { label: words.undo, run } });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((!event.ctrlKey && !event.metaKey) || event.altKey || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    event.stopPropagation();
    onSave();
  };

  const nameless = strict && unfinished.some(({ at }) => at === 'name');
  const problem =
    strict && unfinished.length > 0 ? words.finishFirst(unfinished.length) : (save.error?.message ?? null);
  return (
    <div className={styles.editor} onKeyDown={onKeyDown}>
      <header className={styles.header}>
        <TextInput
          id={NAME_ID}
          className={styles.name ?? ''}
          classNames={{ input: styles.nameInput ?? '' }}
          aria-label={words.name}
          error={nameless && words.lacks.name}
          placeholder={words.unnamed}
          maxLength={200}
          value={draft.name}
          onChange={(event) => {
            edit({ name: event.currentTarget.value });
          }}
        />
        <Tooltip label={dirty ? words.exporting.saveFirst : words.exportHelp}>
          <Button
            variant="default"
            data-disabled={dirty || undefined}
            aria-disabled={dirty || undefined}
            onClick={() => {
              const id = keptId(playlistKey);
              if (id !== null && !dirty) useExportStore.getState().open({ id, name: playlist.name });
            }}
          >
            {words.export}
          </Button>
        </Tooltip>
        <KeyTip label={words.save} keys="Ctrl S">
          <Button disabled={!dirty} loading={save.isPending} onClick={onSave}>
            {words.save}
          </Button>
        </KeyTip>
        <Menu position="bottom-end" width={200}>
          <Menu.Target>
            <ActionIcon aria-label={words.actions(draft.name)}>
              <Ellipsis size={16} aria-hidden="true" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<RotateCcw size={14} aria-hidden="true" />}
              disabled={!saved || !dirty}
              onClick={onRevert}
            >
              {words.revert}
            </Menu.Item>
            <Menu.Item
              leftSection={<Braces size={14} aria-hidden="true" />}
              onClick={() => {
                setJson(true);
              }}
            >
              {words.json}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      <div role="alert" className={styles.problem}>
        {problem}
      </div>
      <Textarea
        className={styles.comment ?? ''}
        classNames={{ input: styles.commentInput ?? '' }}
        aria-label={words.comment}
        placeholder={words.addComment}
        autosize
        minRows={1}
        maxRows={3}
        maxLength={2000}
        value={draft.comment}
        onChange={(event) => {
          edit({ comment: event.currentTarget.value });
        }}
      />
      <div className={styles.rules}>
        <RuleBuilder
          rule={draft.rule}
          unfinished={unfinished}
          strict={strict}
          onChange={(rule) => {
            edit({ rule });
          }}
        />
      </div>
      <div className={styles.tail}>
        <OrderAndLimit
          order={draft.order}
          limit={draft.limit}
          unfinished={unfinished}
          strict={strict}
          onOrder={(order) => {
            edit({ order });
          }}
          onLimit={(limit) => {
            edit({ limit });
          }}
        />
      </div>
      <FoundTracks
        playlist={tried}
        settling={tried !== playlist}
        leftOut={unfinished.filter(({ at }) => at !== 'name').length}
        sentence={inWords(playlist)}
      />
      <JsonDialog
        opened={json}
        playlist={playlist}
        onClose={() => {
          setJson(false);
        }}
        onApply={(read) => {
          change(playlistKey, draftOf(read));
          setJson(false);
        }}
      />
    </div>
  );
}

/** Calls the last of what it was given once the component goes. */
function useLeaving(leave: () => void): void {
  const last = useRef(leave);
  useLayoutEffect(() => {
    last.current = leave;
  });
  useEffect(
    () => () => {
      last.current();
    },
    [],
  );
}
