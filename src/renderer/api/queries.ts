import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { TrackQuery } from '#shared/contract/schemas';
import { useConnection } from './connection-context';

/** The part of a track query that decides which rows there are and in which order; the key of cached pages. */
export type RowsQuery = Required<Pick<TrackQuery, 'text' | 'quick' | 'rootId' | 'sort'>> &
  Pick<TrackQuery, 'ids' | 'groupBy'>;

export type WriteMode = 'replace' | 'add' | 'fill';

/** Names of cached answers. What starts with the same word is refreshed together. */
export const keys = {
  summary: (rootId: number | null) => ['summary', rootId] as const,
  roots: ['roots'] as const,
  page: (query: RowsQuery, page: number) => ['tracks', query, page] as const,
  detail: (id: number) => ['detail', id] as const,
  peaks: (id: number) => ['peaks', id] as const,
  spectrogram: (id: number) => ['spectrogram', id] as const,
  jobs: ['jobs'] as const,
  failures: ['failures'] as const,
  plan: (mode: WriteMode) => ['plan', mode] as const,
  cleaning: (splitAll: boolean) => ['plan', 'cleaning', splitAll] as const,
  history: ['history'] as const,
  results: (runId: number) => ['results', runId] as const,
  undoable: ['undoable'] as const,
  doctor: ['doctor'] as const,
  models: ['models'] as const,
  writing: ['writing'] as const,
  genres: ['genres'] as const,
  listening: ['listening'] as const,
  folder: (path: string | undefined, tables: boolean) => ['folder', path ?? '', tables] as const,
};

export function useSummary(rootId: number | null) {
  const connection = useConnection();
  return useQuery({
    queryKey: keys.summary(rootId),
    queryFn: () => connection.call('library.summary', { rootId }),
    placeholderData: keepPreviousData,
  });
}

export function useRoots() {
  const connection = useConnection();
  return useQuery({ queryKey: keys.roots, queryFn: () => connection.call('roots.list', {}) });
}

export function useDetail(id: number | null) {
  const connection = useConnection();
  return useQuery({
    queryKey: keys.detail(id ?? -1),
    queryFn: () => connection.call('tracks.detail', { id: id ?? -1 }),
    enabled: id !== null,
  });
}

export function useJobs() {
  const connection = useConnection();
  return useQuery({ queryKey: keys.jobs, queryFn: () => connection.call('jobs.list', {}) });
}

export function useFailures() {
  const connection = useConnection();
  return useQuery({ queryKey: keys.failures, queryFn: () => connection.call('failures.list', { limit: 5000 }) });
}

/** The plan for all that is decided. It reads every file concerned, so it is asked for once and kept until told otherwise. */
export function useWritePlan(mode: WriteMode, enabled: boolean) {
  const connection = useConnection();
  return useQuery({
    queryKey: keys.plan(mode),
    queryFn: () => connection.call('write.plan', { mode }),
    enabled,
    placeholderData: keepPreviousData,
  });
}

export function useWriteHistory() {
  const connection = useConnection();
  return useQuery({ queryKey: keys.history, queryFn: () => connection.call('write.history', {}) });
}

/** How many files hold something that was written and could be put back. */
export function useUndoable() {
  const connection = useConnection();
  return useQuery({ queryKey: keys.undoable, queryFn: () => connection.call('write.undoable', {}) });
}

export function useWriteResults(runId: number | null) {
  const connection = useConnection();
  return useQuery({
    queryKey: keys.results(runId ?? -1),
    queryFn: () => connection.call('write.results', { runId: runId ?? -1 }),
    enabled: runId !== null,
  });
}

export function useDoctor(enabled: boolean) {
  const connection = useConnection();
  return useQuery({
    queryKey: keys.doctor,
    queryFn: () => connection.call('doctor.report', {}),
    enabled,
    staleTime: 0,
  });
}

/** Every model file is hashed for it, so it is asked for once and again only after a change. */
export function useModels() {
  const connection = useConnection();
  return useQuery({ queryKey: keys.models, queryFn: () => connection.call('models.list', {}), staleTime: Infinity });
}

export function useWritingSettings() {
  const connection = useConnection();
  return useQuery({ queryKey: keys.writing, queryFn: () => connection.call('settings.writing', {}) });
}

export function useListeningSettings() {
  const connection = useConnection();
  return useQuery({ queryKey: keys.listening, queryFn: () => connection.call('settings.listening', {}) });
}

/** @param tables whether the tables in the folder are wanted too */
export function useFolder(path: string | undefined, { enabled, tables }: { enabled: boolean; tables: boolean }) {
  const connection = useConnection();
  return useQuery({
    queryKey: keys.folder(path, tables),
    queryFn: () => connection.call('folders.list', { ...(path !== undefined && { path }), tables }),
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
}
