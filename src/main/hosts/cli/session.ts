import { Option, type Command } from 'commander';
import { createClient, type Client } from '#shared/contract/client';
import type { JobStatus } from '#shared/contract/schemas';
import { createTransportPair } from '#shared/contract/transport';
import { CodedError } from '#shared/domain/failure';
import { openBackend, type BackendOptions } from '../shared/open-backend';
import { backendOptionsOf } from '../shared/options';
import { createOutput, type Output } from './output';
import { createOwnWork, type OwnKind, type OwnWork } from './own-work';
import { createProgress, PROGRESS_KINDS, type ProgressKind } from './progress';
import type { WorkStatus } from './progress-lines';
import { printable } from './terminal';

/** What all commands get from the program. */
export interface CliContext {
  /** `__dirname` of the running bundle. */
  readonly programFolder: string;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
}

export interface CommonFlags extends BackendOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly progress?: ProgressKind;
  /** Stdout is for a table: what went wrong is told as with `quiet`, how far it is as without. */
  readonly table?: boolean;
}

/** Adds what every command takes that has jobs to run. */
export const addProgressOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--progress <how>', 'how far it is, on stderr: a bar on a terminal, a JSON object a line, or nothing')
        .choices(PROGRESS_KINDS)
        .default('bar'),
    )
    .option('--quiet', 'say nothing but what went wrong, on stderr');

/** An open library as a command sees it: through the contract, as a window does. */
export interface Session {
  readonly client: Client;
  readonly output: Output;
  readonly signal: AbortSignal;
  /**
   * Starts a job and waits for its end, with a progress bar. Ctrl+C cancels it.
   *
   * @throws CodedError the job's own failure, or `cancelled`
   */
  readonly runJob: (start: () => Promise<{ jobId: string }>) => Promise<JobStatus>;
  /** Shows how far the command is with files that it goes through by itself. To be ended however it ends. */
  readonly count: (kind: OwnKind, files: number) => OwnWork;
}

/** Opens the library, does the work, and closes it again whatever happens. */
export async function withSession<T>(
  context: CliContext,
  flags: CommonFlags,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const isQuiet = flags.quiet ?? false;
  const progress = createProgress(isQuiet && flags.progress !== 'json' ? 'none' : (flags.progress ?? 'bar'));
  const isSilent = isQuiet || (flags.table ?? false);
  const output = createOutput(
    { isJson: flags.json ?? false, isQuiet: isSilent, isProgressJson: flags.progress === 'json' },
    () => progress.wipe(),
  );
  const backend = await openBackend(context.programFolder, backendOptionsOf(flags));
  try {
    const [ours, theirs] = createTransportPair();
    backend.attach(theirs);
    const client = createClient(ours);
    client.on('notice', ({ level, message }) => {
      if (level !== 'info') output.note(printable(message));
    });
    const onStatus = (status: WorkStatus): void => progress.show(status);
    const runJob: Session['runJob'] = (start) => followJob(client, context.signal, start, onStatus);
    const count: Session['count'] = (kind, files) => createOwnWork(kind, files, onStatus);
    return await work({ client, output, signal: context.signal, runJob, count });
  } finally {
    progress.end();
    await backend.close();
  }
}

async function followJob(
  client: Client,
  signal: AbortSignal,
  start: () => Promise<{ jobId: string }>,
  onStatus: (status: JobStatus) => void,
): Promise<JobStatus> {
  stopIfAborted(signal);
  // The job may be done before its id is known here, so all jobs are listened to from before the start.
  const latest = new Map<string, JobStatus>();
  let wake: () => void = () => undefined;
  const unsubscribe = client.on('job.progress', (status) => {
    latest.set(status.id, status);
    onStatus(status);
    wake();
  });
  let cancel: () => void = () => undefined;
  try {
    const { jobId } = await start();
    cancel = () => void client.call('jobs.cancel', { jobId }).catch(() => undefined);
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel);
    for (;;) {
      const status = latest.get(jobId);
      if (status && isOver(status)) return resultOf(status);
      await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', cancel);
  }
}

const isOver = ({ finishedAt }: JobStatus): boolean => finishedAt !== null;

function resultOf(status: JobStatus): JobStatus {
  if (status.state === 'cancelled') throw cancelled();
  if (status.failure) throw CodedError.from(status.failure);
  return status;
}

/** @throws CodedError `cancelled` */
export function stopIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled();
}

const cancelled = (): CodedError =>
  new CodedError('cancelled', 'Stopped. What was finished is kept; the same command goes on from there.');
