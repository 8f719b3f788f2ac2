import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { Bookmark, BookmarkPlus, Ellipsis } from 'lucide-react';
import { useState } from 'react';
import type { SavedView, ViewQuery } from '#shared/contract/finding';
import { useConnection } from '../../api/connection-context';
import { strings } from '../../strings';
import { formatCount } from '../../ui/format';
import { showError, useToasts } from '../../ui/use-toasts';
import side from '../folders/Sidebar.module.css';
import { useLibraryStore } from '../library/library-store';
import { useViewCounts, useViews } from './finding-queries';
import { PlaylistOfSearch } from '../playlists/PlaylistOfSearch';
import { ViewName } from './ViewName';

/** What the name is asked for: a new view, or another name of one. */
type Naming = { readonly view: SavedView | null } | null;

/** Searches under a name, in the sidebar: press one to have its filter, sorting and grouping back. */
export function SavedViews() {
  const views = useViews();
  const list = views.data ?? [];
  const counts = useViewCounts(list.map((view) => view.id));
  const shown = useShownQuery();
  const showView = useLibraryStore((state) => state.showView);
  const view = useLibraryStore((state) => state.view);
  const [naming, setNaming] = useState<Naming>(null);
  return (
    <section aria-label={strings.finding.saved}>
      <header className={side.heading}>
        <h2>{strings.finding.saved}</h2>
        <PlaylistOfSearch text={shown.text} />
        <Tooltip label={strings.finding.saveHelp} multiline w={240}>
          <ActionIcon
            size={24}
            aria-label={strings.finding.save}
            onClick={() => {
              setNaming({ view: null });
            }}
          >
            <BookmarkPlus size={14} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </header>
      <ul className={side.list}>
        {list.map((each) => (
          <li key={each.id} className={side.folder}>
            <button
              type="button"
              className={side.entry}
              aria-pressed={view === 'library' && isSame(each.query, shown)}
              title={each.query.text || undefined}
              onClick={() => {
                showView(each.query);
              }}
            >
              <Bookmark size={14} aria-hidden="true" />
              <span className={side.name}>{each.name}</span>
              <span className={side.count}>{counts.has(each.id) ? formatCount(counts.get(each.id) ?? 0) : ''}</span>
            </button>
            <ViewMenu
              view={each}
              shown={shown}
              onRename={() => {
                setNaming({ view: each });
              }}
            />
          </li>
        ))}
      </ul>
      {views.data?.length === 0 && <p className={side.hint}>{strings.finding.nothingSaved}</p>}
      <ViewName
        opened={naming !== null}
        view={naming?.view ?? null}
        query={shown}
        onClose={() => {
          setNaming(null);
        }}
      />
    </section>
  );
}

function ViewMenu({ view, shown, onRename }: { view: SavedView; shown: ViewQuery; onRename: () => void }) {
  const connection = useConnection();
  const { id, name, query, position } = view;

  /** Done at once, with a way back. */
  const changed = (message: string, back: () => Promise<unknown>): void => {
    const run = (): void => {
      back().catch(showError);
    };
    useToasts.getState().show({ level: 'info', message, action: { label: strings.finding.undo, run } });
  };
  const update = async (): Promise<void> => {
    await connection.call('views.change', { id, query: shown });
    changed(strings.finding.updated(name), () => connection.call('views.change', { id, query }));
  };
  const remove = async (): Promise<void> => {
    await connection.call('views.remove', { id });
    changed(strings.finding.removed(name), () => connection.call('views.add', { name, query, position }));
  };

  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={22} className={side.more} aria-label={strings.finding.actions(name)}>
          <Ellipsis size={14} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={onRename}>{strings.finding.rename}</Menu.Item>
        <Menu.Item
          disabled={isSame(query, shown)}
          onClick={() => {
            update().catch(showError);
          }}
        >
          {strings.finding.update}
        </Menu.Item>
        <Menu.Item
          color="red"
          onClick={() => {
            remove().catch(showError);
          }}
        >
          {strings.finding.remove}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** What a view saved now would keep. */
function useShownQuery(): ViewQuery {
  const { text, quick, sort, groupBy } = useLibraryStore();
  return { text: text.trim(), quick, sort, groupBy };
}

const isSame = (a: ViewQuery, b: ViewQuery): boolean =>
  a.text === b.text &&
  a.quick === b.quick &&
  a.groupBy === b.groupBy &&
  a.sort.column === b.sort.column &&
  a.sort.descending === b.sort.descending;
