import type { TrackDetail } from '#shared/contract/schemas';
import type { Session } from './session';

/** Tracks are analysed in order, a few at a time: past this many unfinished ones no finished one is to be expected. */
const LOOK_AHEAD = 64;

export interface TrackStream {
  /** Runs the work, telling of tracks as it finishes them. */
  during(work: () => Promise<unknown>): Promise<void>;
  /** Tells of all tracks that were not told of yet. */
  rest(): Promise<void>;
}

/**
 * Follows an analysis track by track. Events only hint that something changed, so at each hint the first tracks that are
 * still waited for are asked about.
 *
 * @param isFresh does the detail show the result that is wanted?
 */
export function createTrackStream(
  { client }: Session,
  trackIds: readonly number[],
  isFresh: (detail: TrackDetail) => boolean,
  tell: (detail: TrackDetail) => void,
): TrackStream {
  const waiting = new Set(trackIds);

  async function lookAround(failedBefore: ReadonlySet<number>): Promise<void> {
    let unfinished = 0;
    for (const id of waiting) {
      // Until the job is over, an old failure looks like a new one.
      if (failedBefore.has(id)) continue;
      const detail = await client.call('tracks.detail', { id });
      if (isFresh(detail) || detail.state === 'failed') {
        waiting.delete(id);
        tell(detail);
      } else if (++unfinished >= LOOK_AHEAD) return;
    }
  }

  return {
    async during(work) {
      const failedBefore = new Set(await client.call('tracks.ids', { quick: 'failed' }));
      // Before its total is known, the job has not loaded the model, and details may show results of another one.
      let isUnderWay = false;
      let isLooking = false;
      let looks = Promise.resolve();
      const problems: unknown[] = [];
      const look = async (): Promise<void> => {
        isLooking = true;
        await lookAround(failedBefore).catch((error: unknown) => problems.push(error));
        isLooking = false;
      };
      const ends = [
        client.on('job.progress', ({ kind, total }) => {
          isUnderWay ||= (kind === 'analyze' || kind === 'refine') && total !== null;
        }),
        client.on('library.changed', () => {
          if (isUnderWay && !isLooking) looks = look();
        }),
      ];
      try {
        await work();
      } finally {
        for (const end of ends) end();
        await looks;
      }
      if (problems.length > 0) throw problems[0];
    },
    async rest() {
      for (const id of waiting) tell(await client.call('tracks.detail', { id }));
      waiting.clear();
    },
  };
}
