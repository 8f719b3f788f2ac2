import type { Handlers } from '#shared/contract/methods';
import { setImmediate as turn } from 'node:timers/promises';
import type { Tally } from '../../store';
import type { Context } from '../context';

type Names =
  | 'insight.matrix'
  | 'insight.matrixTracks'
  | 'insight.distributions'
  | 'insight.wide'
  | 'insight.reliability'
  | 'insight.embeddings';

/** Tracks whose results are read, and whose rows are, between two turns of the event loop: about as long as a page of the table takes. */
const RESULTS_AT_ONCE = 1000;
const ROWS_AT_ONCE = 5000;

/** The library as a whole. What reads each track lets others have their turn in between. */
export function insightHandlers({ store }: Context): Pick<Handlers, Names> {
  const { insight } = store;
  return {
    'insight.matrix': async () => (await inTurns(insight.groups(), ROWS_AT_ONCE)).matrix(),
    'insight.matrixTracks': async (cell) => {
      const groups = (await inTurns(insight.groups(), ROWS_AT_ONCE)).groupsIn(cell);
      return store.tracks.inPathOrder(await inTurns(insight.groupTracks(groups), ROWS_AT_ONCE));
    },
    'insight.distributions': () => inTurns(insight.distributions(), RESULTS_AT_ONCE),
    'insight.wide': () => inTurns(insight.wide(), RESULTS_AT_ONCE),
    'insight.reliability': () => inTurns(insight.reliability(), RESULTS_AT_ONCE),
    'insight.embeddings': ({ after, limit }) => insight.embeddings(after, limit),
  };
}

async function inTurns<T>(tally: Tally<T>, atOnce: number): Promise<T> {
  while (tally.step(atOnce)) await turn();
  return tally.result();
}
