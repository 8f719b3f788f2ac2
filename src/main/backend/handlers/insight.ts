import type { Handlers } from '#shared/contract/methods';
import { setImmediate as turn } from 'node:timers/promises';
import type { Store } from '../../store';
import type { Context } from '../context';

type Names =
  | 'insight.matrix'
  | 'insight.matrixTracks'
  | 'insight.distributions'
  | 'insight.wide'
  | 'insight.reliability'
  | 'insight.embeddings';

/** Tracks read between two turns of the event loop: about as long as a page of the table takes. */
const AT_ONCE = 1000;

/** The library as a whole. What reads each result lets others have their turn in between. */
export function insightHandlers({ store }: Context): Pick<Handlers, Names> {
  const { insight } = store;
  return {
    'insight.matrix': () => insight.matrix(),
    'insight.matrixTracks': (cell) => insight.matrixTracks(cell),
    'insight.distributions': () => inTurns(insight.distributions()),
    'insight.wide': () => inTurns(insight.wide()),
    'insight.reliability': () => inTurns(insight.reliability()),
    'insight.embeddings': ({ after, limit }) => insight.embeddings(after, limit),
  };
}

type Insight = Store['insight'];
type AnyTally = ReturnType<Insight['distributions'] | Insight['wide'] | Insight['reliability']>;

async function inTurns<T extends AnyTally>(tally: T): Promise<ReturnType<T['result']>> {
  while (tally.step(AT_ONCE)) await turn();
  return tally.result() as ReturnType<T['result']>;
}
