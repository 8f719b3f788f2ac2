import type { Accepts } from '#shared/contract/accepts';
import type { TrackRow } from '#shared/contract/schemas';
import type { Verdict } from '#shared/domain/analysis';
import type { GenreGraph } from '#shared/domain/genres/graph';
import { genresToWrite, type GenreWriting } from '#shared/domain/genres/to-write';
import { displayLabel, MOOD_QUADRANTS } from '#shared/domain/vocabulary';
import type { Decidable, Store, StoredRow } from '../store';
import { writingSettings } from './writing-settings';

type Heard = Pick<Decidable, 'path' | 'artist' | 'albumArtist' | 'genre' | 'wide'> & {
  readonly mood: Pick<Verdict, 'top' | 'abstained'> | null;
};

/** How a model's mood label is written into tags. */
const moodTag = (label: string): string =>
  MOOD_QUADRANTS.find((mood) => mood.label === label)?.tag ?? displayLabel(label);

/** What accepting one track writes: the one answer for the window, the command line, plans and decisions. */
export const acceptsOf = (track: Heard, graph: GenreGraph, settings: GenreWriting): Accepts => ({
  genres: track.genre ? genresToWrite({ ...track, genre: track.genre }, graph, settings) : [],
  moods: track.mood && !track.mood.abstained ? [moodTag(track.mood.top)] : [],
});

/** Rows as they cross the wire: with what accepting each would write. */
export function withAccepts<Row extends StoredRow>(
  store: Pick<Store, 'decisions' | 'genres' | 'settings'>,
  rows: readonly Row[],
): (Row & Pick<TrackRow, 'accepts'>)[] {
  const settings = writingSettings(store);
  const tracks = store.decisions.decidable(
    rows.map(({ id }) => id),
    settings.wideGenres,
  );
  const accepts = new Map(tracks.map((track) => [track.id, acceptsOf(track, store.genres.graph(), settings)]));
  return rows.map((row) => ({ ...row, accepts: accepts.get(row.id) ?? NOTHING }));
}

const NOTHING: Accepts = { genres: [], moods: [] };
