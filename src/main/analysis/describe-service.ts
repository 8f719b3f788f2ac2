import { setMaxListeners } from 'node:events';
import { toFailure, type Failure } from '#shared/domain/failure';
import type { ListeningOptions } from '#shared/domain/listening';
import type { DescribeRequest, DescribeService, Description, SpawnAnalysis } from '../ports';
import { ProcessClient } from './process-client';

/** A process that had nothing to do for so long is ended; starting one takes half a second. */
const IDLE_MS = 20_000;

type Options = Partial<ListeningOptions>;

/** Nothing runs before `describe` is called. */
export const createDescribeService = (spawn: SpawnAnalysis, idleMs = IDLE_MS): DescribeService =>
  new ProcessDescribeService(spawn, idleMs);

class ProcessDescribeService implements DescribeService {
  /** A process for each set of columns and options that is in use. */
  private readonly lines = new Map<string, Line>();
  private closed = false;
  /** Those that were in flight at a crash are tried again one after the other. */
  private retries: Promise<unknown> = Promise.resolve();
  private readonly alone = new Set<ProcessClient>();

  constructor(
    private readonly spawn: SpawnAnalysis,
    private readonly idleMs: number,
  ) {}

  async describe(request: DescribeRequest, options: Options, signal: AbortSignal): Promise<Description> {
    setMaxListeners(0, signal);
    const first = await this.lineFor(request, options).describe(request, signal);
    if (this.closed) return failed(CANCELLED);
    if (first.status === 'ok' || first.code !== 'analysis-crashed') return first;
    const retry = this.retries.then(() => this.describeAlone(request, options, signal));
    this.retries = retry;
    return retry;
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.lines.values(), ...this.alone].map((one) => one.end()));
  }

  private lineFor({ columns }: DescribeRequest, options: Options): Line {
    const key = JSON.stringify([columns, options]);
    const known = this.lines.get(key);
    if (known) return known;
    const line = new Line(new ProcessClient(this.spawn, () => undefined), options, this.idleMs, () =>
      this.lines.delete(key),
    );
    this.lines.set(key, line);
    return line;
  }

  /** What crashes a process that does nothing else is to blame. */
  private async describeAlone(request: DescribeRequest, options: Options, signal: AbortSignal): Promise<Description> {
    if (this.closed) return failed(CANCELLED);
    const client = new ProcessClient(this.spawn, () => undefined);
    this.alone.add(client);
    const description = await ask(client, request, options, signal);
    this.alone.delete(client);
    void client.end();
    return description.status === 'failed' && this.closed ? failed(CANCELLED) : description;
  }
}

/** One process and what it is asked. */
class Line {
  private flying = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly client: ProcessClient,
    private readonly options: Options,
    private readonly idleMs: number,
    private readonly onEnd: () => void,
  ) {
    client.onExit(onEnd);
  }

  async describe(request: DescribeRequest, signal: AbortSignal): Promise<Description> {
    clearTimeout(this.timer);
    this.flying++;
    try {
      return await ask(this.client, request, this.options, signal);
    } finally {
      if (--this.flying === 0) this.timer = setTimeout(() => void this.end(), this.idleMs).unref();
    }
  }

  end(): Promise<void> {
    clearTimeout(this.timer);
    this.onEnd();
    return this.client.end();
  }
}

/** Never rejects. An aborted signal settles it at once. */
function ask(
  client: ProcessClient,
  request: DescribeRequest,
  options: Options,
  signal: AbortSignal,
): Promise<Description> {
  if (signal.aborted) return Promise.resolve(failed(CANCELLED));
  return new Promise((resolve) => {
    const { id, answer } = client.call({ type: 'describe', request, options });
    const onAbort = (): void => {
      client.cancel(id);
      resolve(failed(CANCELLED));
    };
    signal.addEventListener('abort', onAbort, { once: true });
    answer
      .then((reply) => {
        if (reply.type !== 'description') throw new Error(`a file to describe was answered by ${reply.type}`);
        resolve(reply.description);
      })
      .catch((error: unknown) => resolve(failed(toFailure(error))))
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}

const failed = (failure: Failure): Description => ({ status: 'failed', ...failure });

const CANCELLED: Failure = { code: 'cancelled', message: 'Describing this file was cancelled.' };
