import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { TrackDetail } from '#shared/contract/schemas';
import type { LabelTable } from './label-table';
import { scanPaths } from './scan-paths';
import type { Session } from './session';

/** Where the labels of a folder's files come from. */
export const LABELS_FROM = ['folder', 'tag'] as const;
export type LabelsFrom = (typeof LABELS_FROM)[number];

/** By column, as a table of labels would have them. */
type Cells = Readonly<Record<string, string>>;

const CELLS: Readonly<Record<LabelsFrom, (track: TrackDetail) => Cells>> = {
  // What a folder's name is a label of, the model's own labels tell.
  folder: ({ path }) => {
    const name = basename(dirname(path));
    return { genre: name, mood: name, content: name };
  },
  tag: ({ ownGenres, ownMoods }) => ({
    genre: ownGenres[0] ?? '',
    genres: ownGenres.join(';'),
    mood: ownMoods[0] ?? '',
  }),
};

export const FOLDER_COLUMNS: Readonly<Record<LabelsFrom, readonly string[]>> = {
  folder: ['genre', 'mood', 'content'],
  tag: ['genre', 'mood', 'genres'],
};

/**
 * The music files in a folder with labels: the names of the folders that they lie in, or what their own tags say (of genre and mood the first
 * value, of `genres` all).
 */
export async function readLabelFolder(
  session: Session,
  folder: string,
  from: LabelsFrom,
): Promise<LabelTable['files']> {
  const { client } = session;
  const top = await realpath(folder);
  await scanPaths(session, [top]);
  const files: LabelTable['files'][number][] = [];
  for (const id of await client.call('tracks.byPath', { paths: [top] })) {
    const track = await client.call('tracks.detail', { id });
    files.push({ path: track.path, cells: new Map(Object.entries(CELLS[from](track))) });
  }
  return files;
}
