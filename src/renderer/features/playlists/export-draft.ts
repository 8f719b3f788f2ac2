import type { ExportTarget, PathOptions } from '#shared/domain/playlists/targets';
import { DEFAULT_PATH_OPTIONS } from '#shared/domain/playlists/targets';

/** An export as it is being chosen. */
export interface ExportDraft {
  readonly target: ExportTarget;
  readonly folder: string;
  /** One playlist, or all there are and will be. */
  readonly which: 'this' | 'all';
  /** Whether the files are to be kept up to date from now on. */
  readonly synced: boolean;
  readonly options: PathOptions;
}

export const USUAL_EXPORT: ExportDraft = {
  target: 'm3u8',
  folder: '',
  which: 'this',
  synced: false,
  options: DEFAULT_PATH_OPTIONS,
};

/** What the methods take: lines of the mapping that are not filled in are left out, and the base where paths are absolute. */
export function exportInput({ target, folder, which, options }: ExportDraft, playlistId: number) {
  const map = options.map.filter(({ from, to }) => from.trim() !== '' && to.trim() !== '');
  const base = options.paths === 'relative' && options.base?.trim() ? options.base.trim() : null;
  return {
    playlists: which === 'all' ? ('all' as const) : [playlistId],
    target,
    folder: folder.trim(),
    options: { ...options, base, map: [...map] },
  };
}

export type PathMap = PathOptions['map'];

export const withLine = (map: PathMap): PathMap => [...map, { from: '', to: '' }];
export const withoutLine = (map: PathMap, index: number): PathMap => map.toSpliced(index, 1);
export const changedLine = (map: PathMap, index: number, patch: Partial<PathMap[number]>): PathMap =>
  map.map((line, i) => (i === index ? { ...line, ...patch } : line));
