import { createClient, type Client } from '#shared/contract/client';
import type { EventData, EventName } from '#shared/contract/events';
import type { MethodInput, MethodName, MethodOutput } from '#shared/contract/methods';
import type { Transport } from '#shared/contract/transport';
import { CodedError, type Failure } from '#shared/domain/failure';
import type { Dialler } from '../connect';

/** `connecting` until the first connection stands, `open` while one does, `lost` between connections. */
export type ConnectionState = 'connecting' | 'open' | 'lost';

export interface Connection {
  /** Waits for the first connection; while one is lost it rejects at once with `disconnected`. */
  call<M extends MethodName>(
    method: M,
    ...input: object extends MethodInput<M> ? [input?: MethodInput<M>] : [input: MethodInput<M>]
  ): Promise<MethodOutput<M>>;
  /** Survives reconnection. Returns a function that ends the subscription. */
  on<E extends EventName>(name: E, listener: (data: EventData<E>) => void): () => void;
  readonly state: () => ConnectionState;
  /** Why there is no backend, where it has said so (the library is locked, newer, damaged, …). */
  readonly failure: () => Failure | null;
  /** Told of each change of state. Returns a function that ends the subscription. */
  readonly onState: (listener: () => void) => () => void;
  readonly retryNow: () => void;
}

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 8_000;

const lost = () =>
  new CodedError('disconnected', 'Genregram’s engine can’t be reached at the moment. Try again once it is back.');

/** Keeps a client on whatever the dialler gives, dialling again with doubling delays when it is lost. */
export function createConnection(dialler: Dialler): Connection {
  let state: ConnectionState = 'connecting';
  let client: Client | null = null;
  let failure: Failure | null = null;
  let delay = FIRST_DELAY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dialling = false;
  const stateListeners = new Set<() => void>();
  const waiting: (() => void)[] = [];
  const eventListeners = new Map<EventName, Set<(data: never) => void>>();

  function setState(next: ConnectionState): void {
    if (state === next && next !== 'lost') return;
    state = next;
    for (const listener of stateListeners) listener();
  }

  function forward(from: Client, name: EventName): void {
    from.on(name, (data) => {
      for (const listener of eventListeners.get(name) ?? []) listener(data as never);
    });
  }

  function adopt(transport: Transport): void {
    dialling = false;
    failure = null;
    delay = FIRST_DELAY_MS;
    const previous = client;
    const fresh = createClient(transport);
    client = fresh;
    previous?.close();
    for (const name of eventListeners.keys()) forward(fresh, name);
    fresh.onDisconnect(() => {
      if (client !== fresh) return;
      client = null;
      setState('lost');
      schedule();
    });
    if (previous) setState('lost');
    setState('open');
    for (const resume of waiting.splice(0)) resume();
  }

  function schedule(): void {
    clearTimeout(timer);
    timer = setTimeout(dial, delay);
    delay = Math.min(delay * 2, LONGEST_DELAY_MS);
  }

  function dial(): void {
    if (dialling || client) return;
    dialling = true;
    dialler.dial(adopt, (why) => {
      dialling = false;
      failure = why ?? null;
      setState('lost');
      for (const resume of waiting.splice(0)) resume();
      schedule();
    });
  }

  const listenersOf = (name: EventName): Set<(data: never) => void> => {
    const known = eventListeners.get(name);
    if (known) return known;
    const set = new Set<(data: never) => void>();
    eventListeners.set(name, set);
    if (client) forward(client, name);
    return set;
  };

  dialler.onReplaced(adopt);
  dial();

  return {
    async call(method, ...input) {
      if (state === 'connecting') await new Promise<void>((resolve) => waiting.push(resolve));
      if (!client) throw failure ? CodedError.from(failure) : lost();
      return client.call(method, ...input);
    },
    on(name, listener) {
      const set = listenersOf(name);
      set.add(listener);
      return () => set.delete(listener);
    },
    state: () => state,
    failure: () => failure,
    onState(listener) {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    retryNow() {
      clearTimeout(timer);
      delay = FIRST_DELAY_MS;
      dial();
    },
  };
}
