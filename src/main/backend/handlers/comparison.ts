import type { Handlers } from '#shared/contract/methods';
import { askedModels, columnOf } from '../comparison/columns';
import { hearToCompare } from '../comparison/hear';
import { subjectOf } from '../comparison/subject';
import type { Context } from '../context';
import { planOf } from './jobs';

/** What several models hear in a track. */
export const comparisonHandlers = (context: Context): Pick<Handlers, 'comparison.look' | 'comparison.hear'> => ({
  'comparison.look': async ({ track, models, plan: planText }) => {
    const plan = planOf(planText);
    const subject = await subjectOf(context.store, track);
    const asked = await askedModels(context, models);
    return { columns: asked.map((model) => columnOf(context, subject, model, plan)) };
  },
  'comparison.hear': async ({ tracks, models, plan: planText }) => {
    const plan = planOf(planText);
    context.jobs.assertFree('compare');
    const subjects = await Promise.all(tracks.map((track) => subjectOf(context.store, track)));
    const asked = await askedModels(context, models);
    const { jobId } = context.jobs.start('compare', (job) =>
      hearToCompare(context, job, { subjects, models: asked, plan }),
    );
    return { jobId };
  },
});
