import type { EventData, EventName } from '#shared/contract/events';
import type { Handlers } from '#shared/contract/methods';
import {
  QUICK_FILTERS,
  type JobStatus,
  type LibraryRoot,
  type ModelShelf,
  type TrackRow,
} from '#shared/contract/schemas';
import { CodedError } from '#shared/domain/failure';
import { insightHandlers } from './fake-insight';
import { acceptedValues, type RestoreCall } from '../../src/renderer/features/review/decision-rules';
import { withAccepts } from './fake-accepts';
import { fakeDescribing } from './fake-describing';
import { comparisonHandlers } from './fake-comparison';
import { evaluationHandlers } from './fake-evaluation';
import { findingHandlers } from './fake-finding';
import { headOf, isIn, runQuery } from './fake-query';
import { FAKE_ROOT, FAKE_ROOT_2, fakeDetail, fakeTrack, withoutGenre } from './fake-tracks';
import { fakeShelf, modelHandlers } from './fake-models';
import { playbackHandlers } from './fake-playback';
import { playlistExportHandlers } from './fake-playlist-export';
import { playlistHandlers } from './fake-playlists';
import { fakeReport } from './fake-report';
import { reviewHandlers } from './fake-review';
import { fakeGenres } from './fake-genres';
import { settingsHandlers } from './fake-settings';
import { writeHandlers } from './fake-write';

type Listener = (name: EventName, data: EventData<EventName>) => void;

interface JobPlan {
  readonly kind: JobStatus['kind'];
  readonly total: number;
  readonly perTick: number;
  readonly pass?: JobStatus['pass'];
  readonly step: (index: number) => void;
  readonly end: (cancelled: boolean) => void;
}

/** What the fake's parts share. */
export interface FakeLibrary {
  rows: TrackRow[];
  replace(row: TrackRow): void;
  /** What the window last said to be in sight. */
  sight: { trackIds: readonly number[]; openId: number | null };
  changed(): void;
  runJob(plan: JobPlan): string;
}

export interface FakeBackend {
  readonly handlers: Handlers;
  readonly library: FakeLibrary;
  onEvent(listener: Listener): () => void;
  emit<E extends EventName>(name: E, data: EventData<E>): void;
}

export interface FakeOptions {
  /** Tracks at the start. */
  readonly tracks?: number;
  /** Folders at the start; none gives the first-run state. */
  readonly folders?: boolean;
  /** Milliseconds between two steps of a job. */
  readonly tickMs?: number;
  /** As a model hears the tracks that tells moods and no genre. */
  readonly withoutGenre?: boolean;
  /** Models at the start; without it ours, a pack and a broken one. */
  readonly models?: ModelShelf;
}

/** A backend in memory that keeps the contract and nothing else: for tests of the window, and never part of the app. */
export function createFakeBackend({
  tracks = 2000,
  folders = true,
  tickMs = 60,
  withoutGenre: isWithoutGenre = false,
  models,
}: FakeOptions = {}): FakeBackend {
  const listeners = new Set<Listener>();
  const emit: FakeBackend['emit'] = (name, data) => {
    for (const listener of listeners) listener(name, data);
  };
  const jobs: JobStatus[] = [];
  const cancelled = new Set<string>();
  const setPaused = (jobId: string, paused: boolean): void => {
    const job = jobs.find(({ id }) => id === jobId);
    if (!job || job.finishedAt !== null) return;
    job.state = paused ? 'paused' : 'running';
    emit('job.progress', { ...job });
  };
  const roots: LibraryRoot[] = [];
  if (folders) for (const path of [FAKE_ROOT, FAKE_ROOT_2]) roots.push(rootOf(roots.length + 1, path));
  const byId = new Map<number, number>();
  let version = 0;

  const startingTrack = (id: number): TrackRow => (isWithoutGenre ? withoutGenre(fakeTrack(id)) : fakeTrack(id));
  const library: FakeLibrary = {
    rows: folders ? Array.from({ length: tracks }, (_, i) => startingTrack(i + 1)) : [],
    sight: { trackIds: [], openId: null },
    replace(row) {
      const index = byId.get(row.id);
      if (index !== undefined) library.rows[index] = row;
      version++;
    },
    changed() {
      emit('library.changed', {});
    },
    runJob(plan) {
      if (jobs.some((job) => job.finishedAt === null))
        throw new CodedError('busy', 'Something else is being done. Wait for it or cancel it.');
      const job: JobStatus = {
        ...newJob(`job-${jobs.length + 1}`),
        kind: plan.kind,
        total: plan.total,
        pass: plan.pass ?? null,
      };
      jobs.unshift(job);
      tick(job, plan);
      return job.id;
    },
  };
  const index = (): void => {
    version++;
    byId.clear();
    library.rows.forEach((row, i) => byId.set(row.id, i));
  };
  index();

  function tick(job: JobStatus, plan: JobPlan): void {
    const stop = cancelled.has(job.id);
    if (job.state === 'paused' && !stop) {
      setTimeout(tick, tickMs, job, plan);
      return;
    }
    for (let i = 0; !stop && i < plan.perTick && job.done < plan.total; i++) plan.step(job.done++);
    const finished = stop || job.done >= plan.total;
    job.tracksPerSecond = finished ? null : (plan.perTick * 1000) / tickMs;
    job.secondsLeft = finished ? null : ((plan.total - job.done) / plan.perTick) * (tickMs / 1000);
    job.current = finished ? null : (library.rows[job.done]?.path ?? null);
    if (finished) {
      job.state = stop ? 'cancelled' : 'done';
      job.finishedAt = Date.now();
      plan.end(stop);
    } else setTimeout(tick, tickMs, job, plan);
    emit('job.progress', { ...job });
    library.changed();
  }

  function rootOf(id: number, path: string): LibraryRoot {
    return { id, path, tracks: 0, addedAt: 0, available: path !== FAKE_ROOT_2 };
  }
  const under = (rootId: number | null): TrackRow[] => {
    const root = roots.find((each) => each.id === rootId);
    return root ? library.rows.filter((row) => row.path.startsWith(`${root.path}/`)) : library.rows;
  };

  /** In sight first, as the real one. */
  const refine = (): { jobId: string } => {
    const waiting = new Set(library.rows.filter((row) => row.quick).map((row) => row.id));
    const next = (): number | undefined => {
      const { openId, trackIds } = library.sight;
      return [openId, ...trackIds].find((id) => id !== null && waiting.has(id)) ?? [...waiting][0];
    };
    const jobId = library.runJob({
      kind: 'refine',
      total: waiting.size,
      perTick: 4,
      pass: 'full',
      step: () => {
        const id = next();
        const row = library.rows[byId.get(id ?? -1) ?? -1];
        if (!row) return;
        waiting.delete(row.id);
        library.replace({ ...row, quick: false });
      },
      end: () => undefined,
    });
    return { jobId };
  };

  const scan = async (asked: boolean | undefined): Promise<{ jobId: string }> => {
    const quickFirst = asked ?? (await handlers['settings.listening']({})).quickFirst;
    const fresh = library.rows.length === 0 && roots.length > 0;
    if (fresh) {
      const found = Array.from({ length: Math.min(tracks, 240) }, (_, i) => fakeTrack(i + 1));
      library.rows = found
        .filter((row) => roots.some((root) => row.path.startsWith(`${root.path}/`)))
        .map((row) => ({ ...row, state: 'new' as const, genre: null, mood: null, disagrees: false, failure: null }));
      index();
    }
    const waiting = library.rows.filter((row) => row.state === 'new').map((row) => row.id);
    const jobId = library.runJob({
      kind: 'scan',
      total: waiting.length,
      perTick: 4,
      pass: quickFirst ? 'quick' : null,
      step: (i) => {
        const id = waiting[i];
        if (id === undefined) return;
        const heard = fakeTrack(id);
        const done = heard.state === 'new' ? { ...heard, state: 'analysed' as const } : heard;
        library.replace({ ...done, quick: quickFirst && done.genre !== null });
      },
      end: (cancelled) => {
        if (quickFirst && !cancelled) refine();
      },
    });
    return { jobId };
  };

  const genres = fakeGenres(library);
  const settings = settingsHandlers(() => {
    library.changed();
  });
  const shown = <Row extends TrackRow>(row: Row): Row =>
    withAccepts(row, settings['settings.writing'](), genres.text());

  const playlists = playlistHandlers(library);
  const handlers: Handlers = {
    'library.summary': ({ rootId }) => {
      const rows = under(rootId);
      const counts = QUICK_FILTERS.map((quick) => [quick, rows.filter((row) => isIn(row, quick)).length] as const);
      return { path: '/home/ada/library.sqlite', tracks: rows.length, quick: Object.fromEntries(counts) as never };
    },
    'roots.list': () => roots.map((root) => ({ ...root, tracks: under(root.id).length })),
    'roots.add': ({ path }) => {
      if (roots.some((root) => root.path === path))
        throw new CodedError('invalid-input', `${path} is in the library already.`);
      const root = rootOf(roots.length + 1, path);
      roots.push(root);
      return root;
    },
    'roots.remove': ({ id }) => {
      const gone = new Set(under(id).map((row) => row.id));
      library.rows = library.rows.filter((row) => !gone.has(row.id));
      index();
      roots.splice(
        roots.findIndex((root) => root.id === id),
        1,
      );
      library.changed();
      return {};
    },
    'folders.list': ({ path = '/home/ada', tables }) => fakeFolder(path, tables),
    'tracks.query': ({ rootId, offset, limit, ...query }) => {
      const { rows } = runQuery(under(rootId), query, version);
      return { total: rows.length, rows: rows.slice(offset, offset + limit).map(shown) };
    },
    'tracks.ids': ({ rootId, ...query }) => runQuery(under(rootId), query, version).rows.map((row) => row.id),
    'tracks.groups': ({ rootId, ...query }) =>
      runQuery(under(rootId), query, version).groups.map(({ length }) => length),
    'tracks.groupHeads': ({ rootId, from, limit, ...query }) =>
      runQuery(under(rootId), query, version)
        .groups.slice(from, from + limit)
        .map((members) => headOf(members, query.groupBy ?? 'album')),
    'tracks.byPath': ({ paths }) =>
      library.rows.filter((row) => paths.some((path) => row.path.startsWith(path))).map((row) => row.id),
    'tracks.detail': ({ id }) => {
      const row = library.rows[byId.get(id) ?? -1];
      if (!row) throw new CodedError('not-found', 'This track is no longer in the library.');
      return shown(fakeDetail(row));
    },
    'jobs.scan': ({ quickFirst }) => scan(quickFirst),
    'jobs.refine': refine,
    'tracks.inSight': (sight) => {
      library.sight = sight;
      return {};
    },
    'jobs.analyze': ({ trackIds = [] }) => ({
      jobId: library.runJob({
        kind: 'analyze',
        total: trackIds.length,
        perTick: 1,
        step: () => undefined,
        end: () => undefined,
      }),
    }),
    'jobs.cancel': ({ jobId }) => {
      cancelled.add(jobId);
      return {};
    },
    'jobs.pause': ({ jobId }) => {
      setPaused(jobId, true);
      return {};
    },
    'jobs.resume': ({ jobId }) => {
      setPaused(jobId, false);
      return {};
    },
    'jobs.list': () => jobs,
    'failures.list': ({ limit }) =>
      library.rows
        .filter((row) => row.failure)
        .slice(0, limit)
        .map((row) => ({ path: row.path, code: row.failure?.code ?? 'internal', message: row.failure?.message ?? '' })),
    'decisions.set': ({ trackIds, action, genres = [], moods = [], heardMoods }) =>
      trackIds.map((trackId) => {
        const row = library.rows[byId.get(trackId) ?? -1];
        if (!row) throw new CodedError('not-found', 'This track is no longer in the library.');
        const decided = decide(shown(row), action, genres, heardMoods ? shown(row).accepts.moods : moods);
        library.replace(decided);
        return { trackId, decision: decided.decision };
      }),
    ...findingHandlers(library, () => {
      emit('settings.changed', { of: 'views' });
    }),
    ...reviewHandlers(library, shown),
    ...writeHandlers(library, genres.cleaned),
    ...playlists,
    ...playlistExportHandlers(playlists, () => {
      emit('settings.changed', { of: 'playlistFolders' });
    }),
    ...modelHandlers(models),
    ...comparisonHandlers(library, () => models ?? fakeShelf()),
    ...playbackHandlers(library),
    ...insightHandlers(library),
    ...evaluationHandlers(library),
    ...fakeDescribing(),
    ...genres.handlers,
    ...settings,
    'doctor.report': ({ tryAgain }) => fakeReport(tryAgain),
  };

  return {
    handlers,
    library,
    emit,
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function newJob(id: string): JobStatus {
  return {
    id,
    kind: 'scan',
    state: 'running',
    startedAt: Date.now(),
    finishedAt: null,
    done: 0,
    total: null,
    failed: 0,
    tracksPerSecond: null,
    secondsLeft: null,
    pass: null,
    current: null,
    held: null,
    detail: 'cpu · ffmpeg',
    scan: null,
    failure: null,
  };
}

function decide(
  row: TrackRow,
  action: RestoreCall['action'],
  genres: readonly string[],
  moods: readonly string[],
): TrackRow {
  if (action === 'clear')
    return { ...row, lookAgain: false, decision: null, state: row.failure ? 'failed' : row.genre ? 'analysed' : 'new' };
  const values = action === 'accept' ? acceptedValues(row) : { genres, moods };
  const decidedAt = Date.now();
  if (action === 'skip' || action === 'not-music') {
    const notMusic = action === 'not-music' && { notMusic: true };
    const decision = { action: 'skip' as const, genres: [], moods: [], decidedAt, ...notMusic };
    return { ...row, lookAgain: false, decision, state: 'skipped' };
  }
  return { ...row, lookAgain: false, decision: { action, decidedAt, ...values }, state: 'decided' };
}

function fakeFolder(path: string, withTables: boolean) {
  const parent = path === '/' ? null : path.replace(/\/[^/]+$/, '') || '/';
  const names =
    path === '/home/ada'
      ? ['Documents', 'Downloads', 'Music', 'Pictures']
      : path.split('/').length > 4
        ? []
        : ['Albums', 'Singles'];
  const inner = (name: string) => ({ name, path: `${path === '/' ? '' : path}/${name}` });
  const tables = withTables && path === '/home/ada/Documents' ? ['labels.csv'] : [];
  return { path, parent, folders: names.map(inner), tables: tables.map(inner) };
}
