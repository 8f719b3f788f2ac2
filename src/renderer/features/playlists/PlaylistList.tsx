import { ActionIcon, Menu } from '@mantine/core';
import { Ellipsis, ListMusic, ListPlus, Plus, Sparkles } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import type { KeptPlaylist } from '#shared/contract/playlists';
import type { SmartPlaylist } from '#shared/domain/playlists/playlist';
import { strings } from '../../strings';
import { formatCount } from '../../ui/format';
import { KeyTip } from '../../ui/KeyTip';
import { showError, useToasts } from '../../ui/use-toasts';
import side from '../folders/Sidebar.module.css';
import { draftOf, emptyDraft, isChanged } from './playlist-draft';
import styles from './PlaylistList.module.css';
import { freeName, moved } from './playlist-list';
import { useFindings, useKeeping, usePlaylists, useReadyMade } from './playlist-queries';
import { keptKey, newKeys, usePlaylistStore, type PlaylistKey } from './playlist-store';
import { inWords } from './sentence';
import { SyncedFolders } from './SyncedFolders';

const words = strings.playlists;
const NONE: readonly KeptPlaylist[] = [];

/** The playlists that are kept, those begun and not saved, and ready-made ones to start from. */
export function PlaylistList() {
  const start = usePlaylistStore((state) => state.start);
  return (
    <aside className={side.side} aria-label={words.title}>
      <section aria-label={words.own}>
        <header className={side.heading}>
          <h2>{words.own}</h2>
          <KeyTip label={words.add}>
            <ActionIcon
              size={24}
              aria-label={words.add}
              onClick={() => {
                start(emptyDraft(words.newName));
              }}
            >
              <Plus size={14} aria-hidden="true" />
            </ActionIcon>
          </KeyTip>
        </header>
        <OwnPlaylists />
      </section>
      <ReadyMade />
      <SyncedFolders />
    </aside>
  );
}

function OwnPlaylists() {
  const list = usePlaylists();
  const kept = list.data ?? NONE;
  const found = useFindings(kept);
  const { open, drafts, show } = usePlaylistStore();
  const begun = newKeys(drafts);
  if (list.isSuccess && kept.length + begun.length === 0) return <p className={side.hint}>{words.ownNone}</p>;
  return (
    <ul className={side.list}>
      {kept.map((each, index) => {
        const key = keptKey(each.id);
        const count = found.get(each.id)?.tracks;
        return (
          <KeptEntry key={key} list={kept} index={index}>
            <Entry
              name={drafts[key]?.name ?? each.playlist.name}
              open={open === key}
              unsaved={isChanged(drafts[key], each.playlist) ? words.changed : null}
              count={count === undefined ? '' : formatCount(count)}
              title={inWords(each.playlist)}
              onOpen={() => {
                show(key);
              }}
            />
          </KeptEntry>
        );
      })}
      {begun.map((key) => (
        <li key={key} className={side.folder}>
          <Entry
            name={drafts[key]?.name ?? ''}
            open={open === key}
            unsaved={words.unsaved}
            count=""
            onOpen={() => {
              show(key);
            }}
          />
          <DiscardMenu playlistKey={key} />
        </li>
      ))}
    </ul>
  );
}

interface EntryProps {
  readonly name: string;
  readonly open: boolean;
  readonly unsaved: string | null;
  readonly count: string;
  readonly title?: string;
  readonly onOpen: () => void;
}

function Entry({ name, open, unsaved, count, title, onOpen }: EntryProps) {
  return (
    <button type="button" className={side.entry} aria-pressed={open} title={title} onClick={onOpen}>
      <ListMusic size={14} aria-hidden="true" />
      <span className={side.name}>{name.trim() === '' ? words.unnamed : name}</span>
      {unsaved && <span className={styles.unsaved} role="img" aria-label={unsaved} title={unsaved} />}
      <span className={side.count}>{count}</span>
    </button>
  );
}

interface KeptEntryProps {
  readonly list: readonly KeptPlaylist[];
  readonly index: number;
  readonly children: React.ReactNode;
}

/** A kept playlist with what can be done to it; Alt and the arrows move it, as its menu does. */
function KeptEntry({ list, index, children }: KeptEntryProps) {
  const { save, arrange, remove, bringBack } = useKeeping();
  const { show, forget, open } = usePlaylistStore();
  const kept = list[index];
  if (!kept) return null;
  const { id, playlist } = kept;
  const key = keptKey(id);

  const move = (step: -1 | 1): void => {
    const next = moved(list, index, step);
    if (next) arrange.mutate(next, { onError: showError });
  };
  const duplicate = (): void => {
    const copy = {
      ...playlist,
      name: freeName(
        playlist.name,
        list.map((each) => each.playlist.name),
      ),
    };
    save.mutate(
      { id: null, playlist: copy },
      {
        onError: showError,
        onSuccess: (added) => {
          show(keptKey(added.id));
        },
      },
    );
  };
  const discard = (): void => {
    remove.mutate(id, {
      onError: showError,
      onSuccess: () => {
        forget(key);
        if (open === key) show(null);
        const run = (): void => {
          bringBack.mutate(kept, {
            onError: showError,
            onSuccess: (back) => {
              show(keptKey(back.id));
            },
          });
        };
        useToasts
          .getState()
          .show({ level: 'info', message: words.removed(playlist.name), action: { label: words.undo, run } });
      },
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (!event.altKey || step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    move(step);
  };
  return (
    <li className={side.folder} onKeyDown={onKeyDown}>
      {children}
      <Menu position="bottom-end" width={184}>
        <Menu.Target>
          <ActionIcon size={24} className={side.more} aria-label={words.actions(playlist.name)}>
            <Ellipsis size={14} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            disabled={index === 0}
            rightSection={words.nodeKeys.up}
            onClick={() => {
              move(-1);
            }}
          >
            {words.up}
          </Menu.Item>
          <Menu.Item
            disabled={index === list.length - 1}
            rightSection={words.nodeKeys.down}
            onClick={() => {
              move(1);
            }}
          >
            {words.down}
          </Menu.Item>
          <Menu.Item onClick={duplicate}>{words.duplicate}</Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" onClick={discard}>
            {words.remove}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

/** A playlist that was begun is let go of, and can be had back. */
function DiscardMenu({ playlistKey }: { playlistKey: PlaylistKey }) {
  const { drafts, forget, change, show } = usePlaylistStore();
  const draft = drafts[playlistKey];
  if (!draft) return null;
  const name = draft.name.trim() === '' ? words.unnamed : draft.name;
  const discard = (): void => {
    forget(playlistKey);
    const run = (): void => {
      change(playlistKey, draft);
      show(playlistKey);
    };
    useToasts.getState().show({ level: 'info', message: words.discarded(name), action: { label: words.undo, run } });
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={24} className={side.more} aria-label={words.actions(name)}>
          <Ellipsis size={14} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item color="red" onClick={discard}>
          {words.discard}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function ReadyMade() {
  const readyMade = useReadyMade();
  const start = usePlaylistStore((state) => state.start);
  const list: readonly SmartPlaylist[] = readyMade.data ?? [];
  return (
    <section aria-label={words.readyMade}>
      <header className={side.heading}>
        <h2>{words.readyMade}</h2>
      </header>
      {readyMade.isSuccess && list.length === 0 && <p className={side.hint}>{words.readyMadeNone}</p>}
      <ul className={side.list}>
        {list.map((each) => (
          <li key={each.name}>
            <button
              type="button"
              className={side.entry}
              title={inWords(each)}
              onClick={() => {
                start(draftOf(each));
              }}
            >
              <Sparkles size={14} aria-hidden="true" />
              <span className={side.name}>{each.name}</span>
              <ListPlus size={14} aria-hidden="true" className={styles.plus} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
