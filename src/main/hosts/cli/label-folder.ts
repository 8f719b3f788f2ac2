import { realpath } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { LabelTable } from '../../backend/evaluation/label-table';
import { cellsOf, type LabelsFrom } from '../../core/evaluation/columns';
import { scanPaths } from './scan-paths';
import type { Session } from './session';

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
    const { path, ownGenres, ownMoods } = await client.call('tracks.detail', { id });
    const source = { folder: basename(dirname(path)), genres: ownGenres, moods: ownMoods };
    files.push({ path, cells: cellsOf(from, source) });
  }
  return files;
}
