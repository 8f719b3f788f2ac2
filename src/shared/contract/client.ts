import { CodedError } from '../domain/failure';
import { EVENTS, type EventData, type EventName } from './events';
import { METHODS, type MethodInput, type MethodName, type MethodOutput } from './methods';
import type { Transport } from './transport';
import { fromServerSchema } from './wire';

export interface Client {
  /** Rejects with a `CodedError`; `disconnected` if the other side goes away before it answers. */
  call<M extends MethodName>(
    method: M,
    ...input: object extends MethodInput<M> ? [input?: MethodInput<M>] : [input: MethodInput<M>]
  ): Promise<MethodOutput<M>>;
  /** Returns a function that ends the subscription. */
  on<E extends EventName>(name: E, listener: (data: EventData<E>) => void): () => void;
  onDisconnect(listener: () => void): void;
  close(): void;
}

interface Pending {
  readonly method: MethodName;
  readonly resolve: (output: never) => void;
  readonly reject: (error: CodedError) => void;
}

const gone = () =>
  new CodedError(
    'disconnected',
    'The connection to the Genregram backend was lost. It is being started again; repeat what you did.',
  );

/** Speaks the contract over a transport. Every pending call settles, whatever happens to the other side. */
export function createClient(transport: Transport): Client {
  const pending = new Map<number, Pending>();
  const listeners = new Map<EventName, Set<(data: never) => void>>();
  const disconnectListeners: (() => void)[] = [];
  let nextId = 1;
  let closed = false;

  transport.onClose(() => {
    closed = true;
    for (const call of pending.values()) call.reject(gone());
    pending.clear();
    for (const listener of disconnectListeners) listener();
  });

  transport.onMessage((message) => {
    const parsed = fromServerSchema.safeParse(message);
    if (!parsed.success) {
      rejectUnreadable(message);
      return;
    }
    const envelope = parsed.data;
    if (envelope.type === 'event') {
      deliverEvent(envelope.name, envelope.data);
      return;
    }
    const call = pending.get(envelope.id);
    if (!call) return;
    pending.delete(envelope.id);
    if (envelope.type === 'error') {
      call.reject(CodedError.from(envelope.failure));
      return;
    }
    const output = METHODS[call.method].output.safeParse(envelope.output);
    if (output.success) call.resolve(output.data as never);
    else
      call.reject(
        new CodedError('internal', `The backend's answer to ${call.method} is malformed: ${output.error.message}`),
      );
  });

  /** An answer that can't be understood still ends its call. */
  function rejectUnreadable(message: unknown): void {
    const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : null;
    const call = typeof id === 'number' ? pending.get(id) : undefined;
    if (!call) return;
    pending.delete(id as number);
    call.reject(new CodedError('internal', `The backend's answer to ${call.method} can't be understood.`));
  }

  function deliverEvent(name: string, data: unknown): void {
    if (!(name in EVENTS)) return;
    const event = name as EventName;
    const parsed = EVENTS[event].safeParse(data);
    if (!parsed.success) return;
    for (const listener of listeners.get(event) ?? []) listener(parsed.data as never);
  }

  return {
    call(method, ...[input]) {
      return new Promise((resolve, reject) => {
        if (closed) {
          reject(gone());
          return;
        }
        const id = nextId++;
        pending.set(id, { method, resolve: resolve, reject });
        try {
          transport.post({ type: 'request', id, method, input: input ?? {} });
        } catch (error) {
          pending.delete(id);
          reject(new CodedError('disconnected', `The request ${method} could not be sent.`, { cause: error }));
        }
      });
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => set.delete(listener);
    },
    onDisconnect(listener) {
      disconnectListeners.push(listener);
    },
    close() {
      transport.close();
    },
  };
}
