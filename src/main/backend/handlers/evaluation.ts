import { parseWindowPlan } from '#shared/domain/analysis';
import type { Handlers } from '#shared/contract/methods';
import { CodedError } from '#shared/domain/failure';
import { evaluationParts } from '../../core/evaluation/report/parts';
import type { Context } from '../context';
import { lookAtLabels, modelOf } from '../evaluation/look';
import { runEvaluation } from '../evaluation/run';

type Names =
  | 'evaluation.look'
  | 'evaluation.start'
  | 'evaluation.result'
  | 'evaluation.tracks'
  | 'evaluation.windows'
  | 'evaluation.embeddings'
  | 'evaluation.export';

/** How right models are about labelled files, beside the library. */
export function evaluationHandlers(context: Context): Pick<Handlers, Names> {
  const { evaluation, jobs } = context;
  let looking = new AbortController();
  return {
    'evaluation.look': async (input) => {
      looking.abort(new CodedError('cancelled', 'Something else is being looked at.'));
      looking = new AbortController();
      return lookAtLabels(context, input, looking.signal);
    },
    'evaluation.start': async ({ source, task, model, against, plan: text }) => {
      const plan = parseWindowPlan(text);
      if (!plan)
        throw new CodedError('invalid-input', `${text} is no window plan. Use all, or a number of windows such as 10.`);
      jobs.assertFree('evaluate');
      const first = await modelOf(context, model);
      if (against !== null && (await modelOf(context, against)).dir === first.dir)
        throw new CodedError('invalid-input', 'Both models are the same one. Choose another to compare with.');
      const { jobId } = jobs.start('evaluate', (job) =>
        runEvaluation(context, job, { source, task, model, against, plan }),
      );
      return { jobId };
    },
    'evaluation.result': () => evaluation.result(),
    'evaluation.tracks': ({ evaluation: id }) => [...evaluation.get(id).tracks],
    'evaluation.windows': ({ evaluation: id, trackId, model }) => {
      const { tracks, windows } = evaluation.get(id);
      const path = tracks.find((track) => track.id === trackId)?.path;
      return (path !== undefined && windows[model]?.get(path)) || null;
    },
    'evaluation.embeddings': ({ evaluation: id }) => {
      const { tracks, embeddings } = evaluation.get(id);
      const placed = tracks.flatMap(({ id: trackId, path }) => {
        const vector = embeddings.get(path);
        return vector ? [{ trackId, vector }] : [];
      });
      return {
        ids: placed.map(({ trackId }) => trackId),
        dimensions: placed[0]?.vector.length ?? 0,
        vectors: Buffer.concat(placed.map(({ vector }) => vector)).toString('base64'),
      };
    },
    'evaluation.export': ({ evaluation: id, form }) => ({
      text: [...evaluationParts(evaluation.get(id).account, form)].join(''),
    }),
  };
}
