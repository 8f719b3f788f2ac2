import type { TrackRow } from '#shared/contract/schemas';
import type { WideGenre } from '#shared/domain/analysis';
import { readGenres, type GenreGraph } from '#shared/domain/genres/graph';
import { ONE_GENRE, type GenreWriting } from '#shared/domain/genres/to-write';
import { acceptsOf } from '../../src/main/backend/accepts';

const graphs = new Map<string, GenreGraph>();

/** The graph of a text of one's own; that of the last texts is kept. */
function graphOf(text: string): GenreGraph {
  const graph = graphs.get(text) ?? readGenres(text).graph;
  graphs.set(text, graph);
  return graph;
}

/** A row with what accepting it writes, as the backend works it out. */
export function withAccepts<Row extends TrackRow & { readonly wide?: readonly WideGenre[] | null }>(
  row: Row,
  settings: GenreWriting = ONE_GENRE,
  text = '',
): Row {
  const heard = row.stale ? { ...row, genre: null, mood: null } : row;
  return {
    ...row,
    accepts: acceptsOf({ ...heard, albumArtist: row.artist, wide: row.wide ?? null }, graphOf(text), settings),
  };
}
