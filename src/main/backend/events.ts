import type { EmitEvent, EventData, EventName } from '#shared/contract/events';

export type EventListener = <E extends EventName>(name: E, data: EventData<E>) => void;

/** How often `library.changed` is passed on while a job changes many tracks. */
const CHANGED_EVERY_MS = 400;

export interface EventHub {
  readonly emit: EmitEvent;
  /** Says, at most every 400 ms, that tracks changed. */
  changedSoon(): void;
  subscribe(listener: EventListener): () => void;
  /** As `subscribe`, for a part of the backend itself: nobody who could tell a notice to anyone. */
  watch(listener: EventListener): void;
  /** Notices from before anyone listened (a missing model at the start); given out once. */
  takeEarlyNotices(): EventData<'notice'>[];
  close(): void;
}

export function createEventHub(): EventHub {
  const listeners = new Set<EventListener>();
  const parts: EventListener[] = [];
  const early: EventData<'notice'>[] = [];
  let timer: NodeJS.Timeout | null = null;

  const emit: EmitEvent = (name, data) => {
    if (listeners.size === 0 && name === 'notice') early.push(data as EventData<'notice'>);
    for (const listener of [...parts, ...listeners]) listener(name, data);
  };

  return {
    emit,
    changedSoon: () => {
      timer ??= setTimeout(() => {
        timer = null;
        emit('library.changed', {});
      }, CHANGED_EVERY_MS).unref();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    watch: (part) => {
      parts.push(part);
    },
    takeEarlyNotices: () => early.splice(0),
    close: () => {
      if (timer) clearTimeout(timer);
      listeners.clear();
    },
  };
}
