import type { ExportedFile, PlaylistFolder } from '#shared/contract/playlist-export';
import { CodedError, toFailure } from '#shared/domain/failure';
import { assertPlaylistFolder } from '../../adapters/playlist-files';
import type { FolderRow } from '../../store/playlist-files';
import type { Context } from '../context';
import { exported } from './plan';
import { removeOne, writeOne } from './write';

/** After a change: others of the same kind follow at once. While a long job goes on in the background it may take longer. */
const AFTER_CHANGE_MS = 3000;
const WHILE_REFINING_MS = 60_000;
/** Rules speak of the last so many days. */
const EVERY_MS = 3_600_000;

type SyncContext = Pick<Context, 'store' | 'likeness' | 'events' | 'jobs' | 'confinement' | 'onBug' | 'refinesUnasked'>;

/** Keeps synced folders up to date. */
export interface PlaylistSync {
  list(): PlaylistFolder[];
  /** One folder, or all of them, one after the other. */
  sync(id: number | undefined, replace: boolean): Promise<PlaylistFolder[]>;
  /** Forgets a folder; its files too, with `files`. */
  remove(id: number, files: boolean): Promise<void>;
  /** What became of files is told with the folder from then on. */
  close(): Promise<void>;
}

/**
 * Folders are brought up to date some seconds after the library or a playlist has changed, never while a job other than refinement runs, and
 * in the windows' hosts also at the start and each hour. What changed just before the end is written at the end.
 */
export function createPlaylistSync(context: SyncContext): PlaylistSync {
  const { store, events, jobs, confinement } = context;
  const results = new Map<number, ExportedFile[]>();
  let last: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;
  let isStale = false;
  let isClosed = false;

  const withFiles = (row: FolderRow): PlaylistFolder => ({ ...row, files: results.get(row.id) ?? [] });
  /** One thing at a time. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };

  async function syncFolder(row: FolderRow, replace: boolean): Promise<PlaylistFolder> {
    const files = await bringUpToDate(row, replace);
    store.playlistFiles.synced(row.id, Date.now());
    results.set(row.id, files);
    return withFiles(store.playlistFiles.folder(row.id) ?? row);
  }

  async function bringUpToDate(row: FolderRow, replace: boolean): Promise<ExportedFile[]> {
    const present =
      row.playlists === 'all' ? row : { ...row, playlists: row.playlists.filter((id) => store.playlists.get(id)) };
    const wanted = exported(context, present);
    try {
      const refusal = await confinement.refusal(row.folder);
      if (refusal) throw CodedError.from(refusal);
      await assertPlaylistFolder(row.folder);
    } catch (error) {
      const failure = toFailure(error);
      const nothing = { path: null, outcome: 'failed', writes: 'list', tracks: 0, leftOutCount: 0, failure } as const;
      return [...wanted.values()].map(({ kept: { id, playlist } }) => ({
        playlistId: id,
        name: playlist.name,
        ...nothing,
      }));
    }
    const files: ExportedFile[] = [];
    for (const named of wanted.values()) files.push(await writeOne(context, named, row, { folderId: row.id, replace }));
    const kept = new Map(files.map((file) => [file.playlistId, file]));
    for (const former of store.playlistFiles.filesOf(row.id)) {
      const now = kept.get(former.playlistId);
      // A playlist that could not be written keeps the file it had.
      if (now && (now.outcome === 'failed' || now.path === former.path)) continue;
      files.push(await removeOne(context, former));
    }
    return files;
  }

  const syncAll = async (rows: readonly FolderRow[], replace: boolean): Promise<PlaylistFolder[]> => {
    const folders: PlaylistFolder[] = [];
    for (const row of rows) folders.push(await syncFolder(row, replace));
    if (!isClosed) events.emit('settings.changed', { of: 'playlistFolders' });
    return folders;
  };

  /** What fails is said once, not with each change. */
  const tellFailures = (before: ReadonlySet<string>, folders: readonly PlaylistFolder[]): void => {
    for (const { folder, files } of folders) {
      const fresh = files.find(({ failure }) => failure && !before.has(failure.message));
      if (fresh?.failure)
        events.emit('notice', { level: 'warning', message: `Playlists in ${folder}: ${fresh.failure.message}` });
    }
  };

  function forgetChanges(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    isStale = false;
  }

  const refresh = (): Promise<void> =>
    inTurn(async () => {
      forgetChanges();
      const before = new Set([...results.values()].flat().flatMap(({ failure }) => failure?.message ?? []));
      tellFailures(before, await syncAll(store.playlistFiles.folders(), false));
    });

  const isBusy = (): boolean => jobs.list().some(({ kind, finishedAt }) => finishedAt === null && kind !== 'refine');
  const isRefining = (): boolean => jobs.list().some(({ finishedAt }) => finishedAt === null);

  function schedule(): void {
    isStale = true;
    if (timer || isClosed) return;
    timer = setTimeout(
      () => {
        timer = null;
        // The end of the job schedules anew.
        if (isBusy() || isClosed || store.playlistFiles.folders().length === 0) return;
        void refresh().catch(context.onBug);
      },
      isRefining() ? WHILE_REFINING_MS : AFTER_CHANGE_MS,
    ).unref();
  }

  events.watch((name, data) => {
    if (name === 'library.changed') schedule();
    if (name === 'settings.changed' && 'of' in data && data.of === 'playlists') schedule();
    if (name === 'job.progress' && 'finishedAt' in data && data.finishedAt !== null) schedule();
  });
  const hourly = context.refinesUnasked ? setInterval(schedule, EVERY_MS).unref() : null;
  if (context.refinesUnasked) schedule();

  return {
    list: () => store.playlistFiles.folders().map(withFiles),
    sync: (id, replace) =>
      inTurn(() => {
        const rows = store.playlistFiles.folders().filter((row) => id === undefined || row.id === id);
        if (id !== undefined && rows.length === 0) throw notThere();
        // What waits to be written is written by this.
        if (id === undefined) forgetChanges();
        return syncAll(rows, replace);
      }),
    remove: (id, files) =>
      inTurn(async () => {
        if (!store.playlistFiles.folder(id)) throw notThere();
        if (files) for (const row of store.playlistFiles.filesOf(id)) await removeOne(context, row);
        store.playlistFiles.removeFolder(id);
        results.delete(id);
        events.emit('settings.changed', { of: 'playlistFolders' });
      }),
    async close() {
      if (timer) clearTimeout(timer);
      if (hourly) clearInterval(hourly);
      isClosed = true;
      if (isStale && store.playlistFiles.folders().length > 0) await refresh().catch(context.onBug);
      await last;
    },
  };
}

export const notThere = (): CodedError =>
  new CodedError('not-found', 'This folder is not kept up to date any more. Add it again.');
