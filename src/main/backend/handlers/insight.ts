import type { Handlers } from '#shared/contract/methods';
import type { Context } from '../context';
import { inTurns, RESULTS_AT_ONCE, ROWS_AT_ONCE } from '../turns';

type Names =
  | 'insight.matrix'
  | 'insight.matrixTracks'
  | 'insight.distributions'
  | 'insight.wide'
  | 'insight.reliability'
  | 'insight.embeddings';

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
