import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { EvaluatedTrack, Evaluation, LabelLook } from '#shared/contract/evaluation';
import type { JobStatus } from '#shared/contract/schemas';
import { useConnection } from '../../api/connection-context';
import { useJobs } from '../../api/queries';
import { isActive } from '../jobs/job-words';
import { showError } from '../../ui/use-toasts';
import { sourceOf, useEvaluateStore, type Draft } from './evaluate-store';
import { useSoundStore } from './sound-store';

const RESULT = ['evaluation', 'result'] as const;
/** Nothing is looked for while somebody types. */
const TYPING_MS = 400;

/** The last evaluation, and the one that is under way. */
export function useEvaluation(): {
  result: Evaluation | null | undefined;
  job: JobStatus | null;
  /** The last one's end, where it came to no result. */
  failed: JobStatus | null;
} {
  const connection = useConnection();
  const queryClient = useQueryClient();
  const result = useQuery({
    queryKey: RESULT,
    queryFn: () => connection.call('evaluation.result', {}),
    staleTime: 0,
    gcTime: Infinity,
  });
  useEffect(
    () =>
      connection.on('job.progress', ({ kind, finishedAt }) => {
        if (kind === 'evaluate' && finishedAt !== null) void queryClient.invalidateQueries({ queryKey: RESULT });
      }),
    [connection, queryClient],
  );
  const last = useJobs().data?.find(({ kind }) => kind === 'evaluate') ?? null;
  const id = result.data?.id;
  useEffect(() => {
    if (id !== undefined) useEvaluateStore.getState().renew(id);
  }, [id]);
  return {
    result: result.data,
    job: last && isActive(last) ? last : null,
    failed: last && !isActive(last) && last.failure ? last : null,
  };
}

export function useEvaluatedTracks(evaluation: number) {
  const connection = useConnection();
  return useQuery<EvaluatedTrack[]>({
    queryKey: ['evaluation', 'tracks', evaluation],
    queryFn: () => connection.call('evaluation.tracks', { evaluation }),
  });
}

/** What labels there are where the draft says. */
export function useLook(draft: Draft): { look: LabelLook | undefined; error: Error | null; looking: boolean } {
  const connection = useConnection();
  const source = sourceOf(draft);
  const asked = { source, task: draft.task, model: draft.model };
  const [settled] = useDebouncedValue(JSON.stringify(asked), TYPING_MS);
  const { data, error, isFetching } = useQuery({
    queryKey: ['evaluation', 'look', settled],
    queryFn: () =>
      connection.call('evaluation.look', JSON.parse(settled) as typeof asked & { source: NonNullable<typeof source> }),
    enabled: (JSON.parse(settled) as typeof asked).source !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
  const isSettled = settled === JSON.stringify(asked);
  return source === null
    ? { look: undefined, error: null, looking: false }
    : { look: error ? undefined : data, error, looking: isFetching || !isSettled };
}

export function useStart(): (draft: Draft) => Promise<void> {
  const connection = useConnection();
  const queryClient = useQueryClient();
  return async (draft) => {
    const source = sourceOf(draft);
    if (!source) return;
    const { task, model, against, plan } = draft;
    try {
      await connection.call('evaluation.start', { source, task, model, against, plan });
      // What is being measured is of tracks that make way for these.
      useSoundStore.getState().stop(connection);
      await queryClient.invalidateQueries({ queryKey: ['jobs'] });
    } catch (error) {
      showError(error);
    }
  };
}
