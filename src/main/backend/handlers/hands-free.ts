import type { PrecisionFinding } from '#shared/contract/hands-free';
import type { Handlers } from '#shared/contract/methods';
import { CodedError } from '#shared/domain/failure';
import {
  chooseThreshold,
  curveOf,
  judgementsNeeded,
  surestThreshold,
  type CurvePoint,
} from '#shared/domain/hands-free/precision';
import { modelKey } from '../analysis-session';
import type { Context } from '../context';
import { inTurns, ROWS_AT_ONCE } from '../turns';

/** What tagging without a person needs to know beforehand. */
export function handsFreeHandlers({ store, session }: Context): Pick<Handlers, 'handsFree.threshold'> {
  return {
    'handsFree.threshold': async ({ task, precision }) => {
      const chosen = session.choice(await session.models());
      if ('code' in chosen) throw CodedError.from(chosen);
      const needed = judgementsNeeded(precision);
      // Which mood a collector would have chosen instead is not asked for: accepting a genre takes the mood along.
      const judgements = task === 'genre' ? await inTurns(store.insight.judgements(), ROWS_AT_ONCE) : [];
      const own = judgements.length;
      const found = (source: PrecisionFinding['source'], curve: readonly CurvePoint[], judged: number) => ({
        ...{ source, model: modelKey(chosen), protocol: null, own, judged, needed },
        chosen: chooseThreshold(curve, precision),
        surest: surestThreshold(curve),
      });
      if (own >= needed) return found('decisions', curveOf(judgements), own);
      const heldOut = chosen.heldOut?.[task];
      if (!heldOut) return found('none', [], 0);
      const judged = Math.max(0, ...heldOut.atOrAbove.map(({ tracks }) => tracks));
      return { ...found('model', heldOut.atOrAbove, judged), protocol: heldOut.protocol };
    },
  };
}
