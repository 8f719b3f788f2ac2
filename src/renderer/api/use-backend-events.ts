import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { JobStatus } from '#shared/contract/schemas';
import { useToasts } from '../ui/use-toasts';
import { useConnection } from './connection-context';
import { keys } from './queries';

/** What changes with tracks and folders. */
const LIBRARY = ['summary', 'roots', 'tracks', 'groups', 'group-heads', 'detail', 'failures', 'plan', 'writing'];

/** While tracks stream in, lists are asked again at most this often. */
const REFRESH_EVERY_MS = 700;

/** Keeps cached answers in step with what the backend says unasked. Called once, at the top of the tree. */
export function useBackendEvents(): void {
  const connection = useConnection();
  const queryClient = useQueryClient();

  useEffect(() => {
    const refreshLibrary = throttle(() => {
      refresh(queryClient, LIBRARY);
    }, REFRESH_EVERY_MS);
    const ends = [
      connection.on('library.changed', refreshLibrary.run),
      connection.on('job.progress', (job) => {
        queryClient.setQueryData<JobStatus[]>(keys.jobs, (jobs) => withJob(jobs ?? [], job));
        if (job.finishedAt !== null) refresh(queryClient, [...LIBRARY, 'history', 'results', 'undoable']);
      }),
      connection.on('settings.changed', ({ of }) => {
        refresh(queryClient, [of]);
      }),
      connection.on('notice', (notice) => {
        useToasts.getState().show(notice);
      }),
      connection.onState(() => {
        if (connection.state() === 'open') void queryClient.invalidateQueries();
      }),
    ];
    return () => {
      refreshLibrary.cancel();
      for (const end of ends) end();
    };
  }, [connection, queryClient]);
}

function refresh(queryClient: QueryClient, names: readonly string[]): void {
  void queryClient.invalidateQueries({ predicate: (query) => names.includes(String(query.queryKey[0])) });
}

/** The list with this job's newest status, newest job first. */
export function withJob(jobs: readonly JobStatus[], job: JobStatus): JobStatus[] {
  return [job, ...jobs.filter((other) => other.id !== job.id)].sort((a, b) => b.startedAt - a.startedAt);
}

/** Runs at once, then at most once per interval, and once more after the last call. */
function throttle(work: () => void, intervalMs: number): { run: () => void; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const fire = (): void => {
    again = false;
    work();
    timer = setTimeout(() => {
      timer = undefined;
      if (again) fire();
    }, intervalMs);
  };
  return {
    run: () => {
      if (timer === undefined) fire();
      else again = true;
    },
    cancel: () => {
      clearTimeout(timer);
    },
  };
}
