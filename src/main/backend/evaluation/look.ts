import type { JudgedTask, LabelLook, LabelSource } from '#shared/contract/evaluation';
import { CodedError } from '#shared/domain/failure';
import type { Context } from '../context';
import { forEachBounded } from '../stages/bounded';
import { findLabelled } from './find-labelled';
import { countLabels, knows, labelsOf } from './labels';

/** So many files are opened for a look at their tags; of the others it is found out when they are heard. */
const MOST_OPENED = 500;
const AT_ONCE = 16;
/** More labels than anybody reads through. */
const MOST_LABELS = 200;

/** What labels there are, without hearing anything. @throws CodedError as `findLabelled`; `model-missing` and the like */
export async function lookAtLabels(
  context: Context,
  { source, task, model }: { source: LabelSource; task: JudgedTask; model: string | null },
  signal: AbortSignal,
): Promise<LabelLook> {
  const found = await findLabelled(context, source, task, signal);
  const looked = found.byTags ? evenly(found.paths, MOST_OPENED) : found.paths;
  const labels: string[] = [];
  await forEachBounded(looked, AT_ONCE, signal, async (path) => {
    const tags = found.byTags ? await context.readTags(path) : null;
    labels.push(found.labelOf(path, tags?.ok ? tags.value : null));
  });
  const modelLabels = labelsOf(await modelOf(context, model))(task);
  const isKnown = knows(modelLabels);
  const counted = countLabels(labels.filter((label) => label !== ''));
  return {
    files: found.paths.length,
    looked: looked.length,
    known: labels.filter((label) => label !== '' && isKnown(label) !== false).length,
    labels: counted.slice(0, MOST_LABELS).map(({ label, count }) => ({ label, files: count, known: isKnown(label) })),
    unlabelled: labels.filter((label) => label === '').length,
    failed: found.failures.length,
    failure: found.failures[0] ?? null,
    modelLabels,
    columns: found.columns,
    column: found.column,
  };
}

/** @throws CodedError what is wrong with it */
export async function modelOf({ session }: Context, id: string | null) {
  const model = session.choice(await session.models(), id ?? undefined);
  if ('code' in model) throw CodedError.from(model);
  return model;
}

const evenly = <T>(items: readonly T[], most: number): readonly T[] =>
  items.length <= most ? items : Array.from({ length: most }, (_, i) => items[Math.floor((i * items.length) / most)]!);
