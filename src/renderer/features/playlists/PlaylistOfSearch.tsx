import { ActionIcon, Tooltip } from '@mantine/core';
import { ListPlus } from 'lucide-react';
import { ruleFromSearch } from '#shared/domain/playlists/from-search';
import { parseSearch } from '#shared/domain/search/parse';
import { strings } from '../../strings';
import { useLibraryStore } from '../library/library-store';
import { draftOf } from './playlist-draft';
import { usePlaylistStore } from './playlist-store';

const words = strings.playlists;
const LONGEST_NAME = 100;

/** Begins a playlist that finds what the filter over the table finds; nothing where nothing is searched for. */
export function PlaylistOfSearch({ text }: { text: string }) {
  const search = parseSearch(text);
  if (search.clauses.length === 0) return null;
  const begin = (): void => {
    const rule = ruleFromSearch(search);
    const name = text.slice(0, LONGEST_NAME);
    usePlaylistStore.getState().start(draftOf({ version: 1, name, rule, order: { by: 'path' }, limit: null }));
    useLibraryStore.getState().setView('playlists');
  };
  return (
    <Tooltip label={words.fromSearchHelp} multiline w={240}>
      <ActionIcon size={24} aria-label={words.fromSearch} onClick={begin}>
        <ListPlus size={14} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
