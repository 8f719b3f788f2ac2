import type { Handlers } from '#shared/contract/methods';
import { serve } from '#shared/contract/server';
import type { Transport } from '#shared/contract/transport';
import { toFailure } from '#shared/domain/failure';
import { walk } from '../adapters/walk';
import { createAnalysisSession } from './analysis-session';
import { createKeptHearings } from './comparison/kept-hearings';
import { confineHandlers, UNCONFINED } from './confinement';
import { confineParts } from './confined-parts';
import type { BackendParts, Context } from './context';
import { createLastEvaluation } from './evaluation/last-evaluation';
import { createEventHub, type EventHub, type EventListener } from './events';
import { createHandlers } from './handlers';
import { resumeRefinement } from './jobs/refine';
import { createJobRunner } from './jobs/runner';
import { createMachine } from './machine';
import { createPlayback, type Playback } from './playback';
import { playbackDecoders } from './playback/decoders';
import { createPlaylistSync } from './playlist-export/sync';
import { recoverWrites } from './recover';
import { createRefinement } from './refinement';
import { createLikeness } from './review/likeness';
import { untouching } from './untouching';
import { writingSettings } from './writing-settings';

/** A running backend, whatever hosts it. */
export interface Backend {
  readonly handlers: Handlers;
  /** The tracks' audio, for hosts that hand it to a window. */
  readonly playback: Playback;
  /** Returns a function that ends the subscription. */
  onEvent(listener: EventListener): () => void;
  /** Serves the contract on a transport until that closes. */
  attach(transport: Transport): void;
  /** Cancels what runs, ends the analysis process and lets go of the library. */
  close(): Promise<void>;
}

/**
 * Puts a backend together from its parts. It starts without a usable model too: browsing and tagging by hand go on, and
 * the model's failure is shown as a notice, in `doctor`, and by each analysis that is asked for.
 */
export async function composeBackend(given: BackendParts): Promise<Backend> {
  const { store, confinement = UNCONFINED } = given;
  const parts = confineParts(given, confinement);
  const onBug = parts.onBug ?? ((error) => console.error(error));
  const events = createEventHub();
  const jobs = createJobRunner(events.emit, onBug, (ended) => {
    resumeRefinement(context, ended);
  });
  const session = createAnalysisSession(parts);
  const machine = createMachine(parts);
  const evaluation = createLastEvaluation();
  const findDecoders = parts.playbackDecoders ?? playbackDecoders(store);
  const playback = createPlayback(store, findDecoders, confinement, evaluation.pathOf);
  const { readTags, createAnalysis, describer, modelPacks, userModels } = parts;
  const tagWriter = untouching(parts.tagWriter, () => writingSettings(store).neverTouchFiles);
  const likeness = createLikeness(store, events);
  const { refinesUnasked = false } = parts;
  const context: Context = {
    ...{ store, readTags, tagWriter, createAnalysis, describer, hearings: createKeptHearings() },
    ...{ modelPacks, userModels },
    ...{ session, machine, jobs, events, walk: parts.walk ?? walk, onBug },
    ...{ refinement: createRefinement(store), refinesUnasked },
    ...{ playback, evaluation, confinement, likeness },
    playlistSync: createPlaylistSync({ store, likeness, events, jobs, confinement, onBug, refinesUnasked }),
  };
  const handlers = confineHandlers(createHandlers(context), confinement);
  parts.analysis.onNotice((level, message) => {
    events.emit('notice', { level, message });
  });
  await showLastResults(context);
  await recoverWrites(context);
  resumeRefinement(context, null);

  return {
    handlers,
    playback,
    onEvent: (listener) => {
      const stop = events.subscribe(listener);
      for (const notice of events.takeEarlyNotices()) listener('notice', notice);
      return stop;
    },
    attach: (transport) => {
      attach(transport, handlers, events, onBug);
    },
    close: async () => {
      await jobs.close();
      await context.playlistSync.close();
      machine.close();
      events.close();
      await describer.close();
      await parts.analysis.close();
      store.close();
    },
  };
}

/** Until the model is loaded (by the first analysis), its results of last time are shown. */
async function showLastResults({ store, session, events }: Context): Promise<void> {
  try {
    await session.showChosen();
  } catch (error) {
    store.activateLast();
    events.emit('notice', { level: 'error', message: toFailure(error).message });
  }
}

function attach(transport: Transport, handlers: Handlers, events: EventHub, onBug: (error: unknown) => void): void {
  const connection = serve(transport, greeting(handlers), (error) => {
    onBug(error);
  });
  const stop = events.subscribe((name, data) => {
    connection.emit(name, data);
  });
  transport.onClose(stop);

  /** A window listens by the time it asks its first question: that is when it hears of what went wrong before. */
  function greeting(plain: Handlers): Handlers {
    const tell = (): void => {
      for (const notice of events.takeEarlyNotices()) connection.emit('notice', notice);
    };
    const entries = Object.entries(plain).map(([name, handler]) => [
      name,
      (input: never) => {
        tell();
        return (handler as (input: never) => unknown)(input);
      },
    ]);
    return Object.fromEntries(entries) as Handlers;
  }
}
