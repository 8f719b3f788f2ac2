import { CodedError } from '#shared/domain/failure';
import type { ProcessChannel, SpawnAnalysis } from '../ports';
import type { LoadWanted } from './load';
import type { Answer, Ask, FromAnalysis, Unasked } from './protocol';

/** How long a process may take to end by itself. */
const GRACE_MS = 1_500;

type Waiting = { resolve: (answer: Answer) => void; reject: (error: Error) => void };
/** An `Ask` that gets an answer, before it has its number. */
export type Question =
  Extract<Ask, { id: number }> extends infer One ? (One extends { type: 'cancel' } ? never : Omit<One, 'id'>) : never;

/** One run of the analysis process: numbered calls, each settled by its answer or by the end of the process. */
export class ProcessClient {
  private readonly channel: ProcessChannel;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;
  private gone = false;
  private readonly exitListeners: (() => void)[] = [];

  /** @param onUnasked is told of what answers no call. */
  constructor(spawn: SpawnAnalysis, onUnasked: (message: Unasked) => void) {
    this.channel = spawn();
    this.channel.onMessage((message) => this.receive(message as FromAnalysis, onUnasked));
    this.channel.onExit(() => this.ended());
  }

  /** Told once, after all pending calls were rejected. */
  onExit(listener: () => void): void {
    this.exitListeners.push(listener);
  }

  /** Rejects with the `CodedError` of a `failed` answer and with `analysis-crashed` if the process ends. */
  call(question: Question): { readonly id: number; readonly answer: Promise<Answer> } {
    const id = ++this.lastId;
    const answer = new Promise<Answer>((resolve, reject) => {
      if (this.gone) reject(crashed());
      else this.waiting.set(id, { resolve, reject });
    });
    this.channel.post({ ...question, id });
    return { id, answer };
  }

  cancel(id: number): void {
    this.channel.post({ type: 'cancel', id } satisfies Ask);
  }

  setLoad(load: LoadWanted): void {
    this.channel.post({ type: 'load', ...load } satisfies Ask);
  }

  /** Ends the process; pending calls are rejected. Resolves when it is gone. */
  end(): Promise<void> {
    this.settlePending();
    if (this.gone) return Promise.resolve();
    // It is asked first, so that it can end its decoders; one that hangs does not hear.
    this.channel.post({ type: 'close' } satisfies Ask);
    const timer = setTimeout(() => this.channel.kill(), GRACE_MS);
    return new Promise((resolve) => {
      this.onExit(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private receive(message: FromAnalysis, onUnasked: (message: Unasked) => void): void {
    if (!('id' in message)) return onUnasked(message);
    const call = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.type === 'failed') call?.reject(CodedError.from(message.failure));
    else call?.resolve(message);
  }

  private ended(): void {
    if (this.gone) return;
    this.gone = true;
    this.settlePending();
    for (const listener of this.exitListeners) listener();
  }

  private settlePending(): void {
    for (const { reject } of this.waiting.values()) reject(crashed());
    this.waiting.clear();
  }
}

const crashed = (): CodedError =>
  new CodedError('analysis-crashed', 'The analysis process ended unexpectedly; try this file again, or leave it out.');

/** Rejects with `internal` if `work` takes longer; `onLate` is to end what does it. */
export async function within<T>(ms: number, work: Promise<T>, onLate: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new CodedError('analysis-crashed', `The analysis process gave no answer within ${ms / 1000} s.`));
      onLate();
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
