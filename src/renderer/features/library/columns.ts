import type { TrackQuery } from '#shared/contract/schemas';
import type { strings } from '../../strings';

type SortColumn = NonNullable<TrackQuery['sort']>['column'];

export interface Column {
  readonly key: keyof typeof strings.columns;
  readonly sort: SortColumn;
  readonly align: 'start' | 'end';
}

/** The table's columns from left to right. Their widths are in LibraryTable.module.css. */
export const COLUMNS: readonly Column[] = [
  { key: 'title', sort: 'title', align: 'start' },
  { key: 'artist', sort: 'artist', align: 'start' },
  { key: 'album', sort: 'album', align: 'start' },
  { key: 'ownGenre', sort: 'ownGenre', align: 'start' },
  { key: 'genre', sort: 'genre', align: 'start' },
  { key: 'confidence', sort: 'confidence', align: 'end' },
  { key: 'state', sort: 'state', align: 'start' },
];
