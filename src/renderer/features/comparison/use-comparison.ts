import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ComparedColumn } from '#shared/contract/model-comparison';
import type { JobStatus } from '#shared/contract/schemas';
import { useConnection } from '../../api/connection-context';
import { useJobs } from '../../api/queries';
import { isActive } from '../jobs/job-words';
import type { ComparisonRequest } from './comparison-store';

const KEY = 'comparison';

export interface Comparison {
  readonly columns: readonly ComparedColumn[];
  /** Why the columns can't be had, or listening could not begin. */
  readonly error: string | null;
  /** The job that listens, if one does. */
  readonly job: JobStatus | null;
  readonly hear: () => void;
  readonly cancel: () => void;
}

/** What the models hear in a track as far as it is known, and the ways to have it heard. Columns fill one by one while a job listens. */
export function useComparison({ row, plan }: ComparisonRequest, models: readonly string[]): Comparison {
  const connection = useConnection();
  const queryClient = useQueryClient();
  const jobs = useJobs();
  const [refused, setRefused] = useState<string | null>(null);
  const track = { trackId: row.id };
  const look = useQuery({
    queryKey: [KEY, row.id, plan, models],
    queryFn: () => connection.call('comparison.look', { track, models, plan }),
    enabled: models.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });
  useEffect(
    () =>
      connection.on('job.progress', ({ kind }) => {
        if (kind === 'compare') void queryClient.invalidateQueries({ queryKey: [KEY] });
      }),
    [connection, queryClient],
  );
  const job = jobs.data?.find((each) => each.kind === 'compare' && isActive(each)) ?? null;
  const asked = new Set(models);
  return {
    columns: models.length > 0 ? (look.data?.columns ?? []).filter((column) => asked.has(column.asked)) : [],
    error: refused ?? look.error?.message ?? null,
    job,
    hear: () => {
      setRefused(null);
      connection.call('comparison.hear', { tracks: [track], models, plan }).catch((error: unknown) => {
        setRefused(error instanceof Error ? error.message : String(error));
      });
    },
    cancel: () => {
      if (job) void connection.call('jobs.cancel', { jobId: job.id }).catch(() => undefined);
    },
  };
}
