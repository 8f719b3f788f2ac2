import type { ComparedColumn, ComparedHearing } from '#shared/contract/model-comparison';
import {
  formatWindowPlan,
  type TrackAnalysis,
  type WindowPlan,
  type WindowProbabilities,
} from '#shared/domain/analysis';
import type { Failure } from '#shared/domain/failure';
import type { FoundModel } from '../../ports';
import type { Store } from '../../store';
import { chooseModel, modelKey } from '../analysis-session';
import type { Context } from '../context';
import type { Kept } from './kept-hearings';
import type { Subject } from './subject';

/** A model that was asked for, and why it can't be used, if it can't. */
export interface AskedModel {
  readonly asked: string;
  readonly model: FoundModel | Failure;
}

export async function askedModels(
  { session }: Pick<Context, 'session'>,
  asked: readonly string[],
): Promise<AskedModel[]> {
  const found = await session.models();
  return [...new Set(asked)].map((id) => ({ asked: id, model: chooseModel(found, id) }));
}

/** What is kept under this is the same model's, on the same content and windows; an ensemble with other members is another model. */
export const hearingKey = (subject: Subject, model: FoundModel, plan: WindowPlan): string =>
  JSON.stringify([subject.content, modelKey(model), model.sha256, model.ensemble?.members, formatWindowPlan(plan)]);

/** What is known of what a model hears in a track. */
export function columnOf(
  { store, hearings }: Pick<Context, 'store' | 'hearings'>,
  subject: Subject,
  { asked, model }: AskedModel,
  plan: WindowPlan,
): ComparedColumn {
  if ('code' in model) return { asked, model: asked, name: asked, heard: null, failure: model };
  const stored = storedHearing(store, subject, model, plan);
  const kept: Kept | undefined = stored ? { heard: stored } : hearings.find(hearingKey(subject, model, plan));
  return {
    asked,
    model: modelKey(model),
    name: model.name,
    heard: kept && 'heard' in kept ? kept.heard : null,
    failure: kept && 'failure' in kept ? kept.failure : null,
  };
}

/** The library's own result, where it is one of this model that counts, from the same windows. */
function storedHearing(
  store: Store,
  { trackId }: Subject,
  model: FoundModel,
  plan: WindowPlan,
): ComparedHearing | null {
  const detail = trackId === null ? null : store.detail(trackId);
  if (!detail?.analysis || detail.stale) return null;
  const { analysis, genre, mood, content } = detail;
  if (analysis.model !== modelKey(model) || analysis.plan !== formatWindowPlan(plan)) return null;
  const { windows, windowSec, startsSec, perWindow, warnings, ms } = analysis;
  return {
    ...{ plan: analysis.plan, windows, windowSec, startsSec, perWindow, warnings, genre, mood, content },
    totalMs: ms.total,
    stored: true,
  };
}

const plain = ({ labels, data }: WindowProbabilities) => ({ labels, data: [...data] });

/** What is kept of a hearing. */
export function hearingOf(outcome: TrackAnalysis, plan: WindowPlan): ComparedHearing {
  const { windows, windowSec, startsSec, warnings, genre, mood, content, ms } = outcome;
  const { perWindow } = outcome;
  return {
    ...{ plan: formatWindowPlan(plan), windows, windowSec, startsSec, warnings, genre, mood, content },
    perWindow: {
      genre: perWindow.genre && plain(perWindow.genre),
      mood: perWindow.mood && plain(perWindow.mood),
    },
    totalMs: ms.total,
    stored: false,
  };
}
