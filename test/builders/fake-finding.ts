import type { FINDING_METHODS, SavedView, SearchValue, ValueField } from '#shared/contract/finding';
import type { Handlers } from '#shared/contract/methods';
import type { TrackRow } from '#shared/contract/schemas';
import { CodedError } from '#shared/domain/failure';
import type { SearchState } from '#shared/domain/search/search';
import { CLASSIC_GENRES, displayLabel } from '#shared/domain/vocabulary';
import type { FakeLibrary } from './fake-backend';
import { runQuery } from './fake-query';

/** Values and saved views over the fake's rows. */
export function findingHandlers(
  library: FakeLibrary,
  changed: () => void,
): Pick<Handlers, keyof typeof FINDING_METHODS> {
  let views: SavedView[] = [];
  let lastId = 0;
  const existing = (id: number): SavedView => {
    const view = views.find((each) => each.id === id);
    if (!view) throw new CodedError('not-found', 'This view is not in the library any more.');
    return view;
  };
  const refuseTaken = (name: string, id: number | null): void => {
    if (views.some((view) => view.name === name && view.id !== id))
      throw new CodedError('invalid-input', `There is a view called ${name} already. Choose another name.`);
  };
  return {
    'search.values': ({ field, text, limit }) => {
      const counts = new Map<string, number>();
      for (const row of library.rows)
        for (const value of valuesOf(row, field)) counts.set(value, (counts.get(value) ?? 0) + 1);
      return [...counts]
        .filter(([value]) => value.toLowerCase().includes(text.toLowerCase()))
        .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
        .slice(0, limit)
        .map(([value, tracks]): SearchValue => ({ value, tracks: field === 'share' ? null : tracks }));
    },
    'views.list': () => views,
    'views.counts': ({ ids }) =>
      ids.map((id) => {
        const view = views.find((each) => each.id === id);
        return view ? runQuery([...library.rows], { ...view.query, ids: undefined }, 0).rows.length : 0;
      }),
    'views.add': ({ name, query, position }) => {
      refuseTaken(name, null);
      const view = { id: ++lastId, name, query, position: position ?? lastId };
      views = [...views, view].sort((a, b) => a.position - b.position);
      changed();
      return view;
    },
    'views.change': ({ id, name, query }) => {
      const before = existing(id);
      refuseTaken(name ?? before.name, id);
      const view = { ...before, name: name ?? before.name, query: query ?? before.query };
      views = views.map((each) => (each.id === id ? view : each));
      changed();
      return view;
    },
    'views.remove': ({ id }) => {
      existing(id);
      views = views.filter((view) => view.id !== id);
      changed();
      return {};
    },
  };
}

const STATE_NAMES: Readonly<Record<TrackRow['state'], SearchState>> = {
  new: 'new',
  analysed: 'unreviewed',
  decided: 'decided',
  written: 'written',
  skipped: 'skipped',
  failed: 'failed',
};

function valuesOf(row: TrackRow, field: ValueField): readonly string[] {
  switch (field) {
    case 'artist':
      return row.artist ? [row.artist] : [];
    case 'album':
      return row.album ? [row.album] : [];
    case 'genre':
      return [...new Set([...row.ownGenres, ...(row.decision?.genres ?? [])])];
    case 'heard':
      return row.genre && !row.genre.abstained ? [displayLabel(row.genre.top)] : [];
    case 'mood':
      return row.mood && !row.mood.abstained ? [displayLabel(row.mood.top)] : [];
    case 'wide':
      return [];
    case 'share':
      return CLASSIC_GENRES.map(displayLabel);
    case 'state':
      return [STATE_NAMES[row.state]];
  }
}
