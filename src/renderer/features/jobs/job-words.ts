import type { JobStatus } from '#shared/contract/schemas';
import { strings } from '../../strings';
import { formatCount, formatPlural, formatRate, formatTimeLeft } from '../../ui/format';

export const isActive = (job: JobStatus): boolean => job.finishedAt === null;

/** Nothing else can be begun meanwhile; what works in the background makes way. */
export const isInTheWay = (job: JobStatus): boolean => isActive(job) && job.kind !== 'refine';

/** What changes files or works for long in the background can be halted: the rest goes on from where it was cancelled. */
export const isPausable = ({ kind, held }: JobStatus): boolean =>
  held === null && (kind === 'write' || kind === 'undo' || kind === 'refine');

/** Part of the work done, 0..1; null while its size is unknown. */
export function shareDone(job: JobStatus): number | null {
  if (job.total === null) return null;
  return job.total === 0 ? 1 : Math.min(1, job.done / job.total);
}

/** "Listening 1,204 of 8,214" */
export function headline(job: JobStatus): string {
  const verb =
    job.state === 'cancelling'
      ? 'Stopping'
      : job.held !== null
        ? strings.progress.held
        : job.state === 'paused'
          ? strings.progress.paused
          : phaseOf(job);
  if (job.total === null) return job.done > 0 ? `${verb}, ${formatPlural(job.done, 'file')} so far` : `${verb}…`;
  return `${verb} ${formatCount(job.done)} of ${formatCount(job.total)}`;
}

/** A scan first walks the folders and then listens; its total is known once it listens. */
function phaseOf(job: JobStatus): string {
  if (job.pass === 'quick') return strings.progress.quick;
  return job.kind === 'scan' && job.total !== null ? strings.progress.analyze : strings.progress[job.kind];
}

/** "4.1 tracks/s", "28 min left": what is known of them. */
export function pace(job: JobStatus): string[] {
  const parts: string[] = [];
  if (job.held !== null) parts.push(strings.progress.heldBy(job.held));
  if (job.tracksPerSecond !== null && job.tracksPerSecond > 0)
    parts.push(`${formatRate(job.tracksPerSecond)} tracks/s`);
  if (job.secondsLeft !== null) parts.push(`${formatTimeLeft(job.secondsLeft)} left`);
  if (job.pass === 'quick') parts.push(strings.progress.then);
  return parts;
}

/** One sentence on how a finished job went. */
export function outcome(job: JobStatus): string {
  if (job.failure) return job.failure.message;
  const counts = job.scan;
  const found =
    counts && job.kind === 'scan'
      ? `${formatPlural(counts.found, 'file')} found, ${formatCount(counts.new)} new, ${formatCount(counts.changed)} changed`
      : `${formatPlural(job.done, 'file')} done`;
  const ended = job.state === 'cancelled' ? 'Stopped: ' : job.state === 'failed' ? 'Failed: ' : '';
  return `${ended}${found}`;
}
