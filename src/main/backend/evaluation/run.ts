import type { JudgedTask, LabelSource } from '#shared/contract/evaluation';
import type { JobFailure } from '#shared/contract/schemas';
import { formatWindowPlan, type WindowPlan } from '#shared/domain/analysis';
import { CodedError } from '#shared/domain/failure';
import { tells } from '#shared/domain/model-tasks';
import { compareAll, judgedTasks, judgeHeard, type Hearing, type LabelledFile } from '../../core/evaluation/hearing';
import { LabelError } from '../../core/evaluation/label-error';
import type { JudgedTrack } from '../../core/evaluation/judged-tracks';
import type { NotJudged } from '../../core/evaluation/judge-task';
import type { AnalysisInfo } from '../../ports';
import { modelKey } from '../analysis-session';
import type { Context } from '../context';
import type { Job } from '../jobs/runner';
import { forEachBounded } from '../stages/bounded';
import { VERSION } from '../version';
import { findLabelled } from './find-labelled';
import { hearFiles, type HeardFile } from './hear-files';
import { countLabels, isUnknown, knows, labelsOf } from './labels';
import { modelOf } from './look';
import { summaryOf, trackList } from './summary';

export interface EvaluationRequest {
  readonly source: LabelSource;
  readonly task: JudgedTask;
  /** An id; null: the chosen model. */
  readonly model: string | null;
  readonly against: string | null;
  readonly plan: WindowPlan;
}

interface Tagged {
  readonly path: string;
  readonly label: string;
  readonly title: string | null;
  readonly artist: string | null;
}

/** What one model made of the files. */
interface Heard {
  readonly info: AnalysisInfo;
  readonly hearing: Hearing;
  readonly heard: ReadonlyMap<string, HeardFile>;
  readonly failures: readonly JobFailure[];
}

const TAGS_AT_ONCE = 16;
/** Failures that a window is told one by one. */
const MOST_FAILURES = 500;
/** Labels that a sentence names. */
const MOST_NAMED = 12;

/**
 * Hears labelled files with one model or two, and keeps what that comes to as the last evaluation. Files without a label, and with one that
 * no model knows, are not heard.
 */
export async function runEvaluation(context: Context, job: Job, request: EvaluationRequest): Promise<void> {
  const { source, task, plan } = request;
  job.phase(null, null);
  const found = await findLabelled(context, source, task, job.signal);
  const unreadable: JobFailure[] = [];
  const tagged = await readTags(context, job, found, unreadable);
  const wanted = [request.model, ...(request.against === null ? [] : [request.against])];
  const models = await Promise.all(wanted.map((id) => modelOf(context, id)));
  for (const model of models)
    if (!tells(model.outputs, task)) throw new LabelError(wordsOf(modelKey(model), { why: 'says-nothing', task }));
  const known = models.map((model) => labelsOf(model)(task));
  const strangers = countLabels(tagged.filter(({ label }) => isStranger(label, known)).map(({ label }) => label));
  const toHear = tagged.filter(({ label }) => !isStranger(label, known));
  if (!toHear.some(({ label }) => !isUnknown(label))) throw nothingToHear(request, tagged, known);

  const hearings: Heard[] = [];
  for (const id of wanted) hearings.push(await hearWith(context, job, id, toHear, request));
  const [first] = hearings;
  const judged = hearings.flatMap(({ hearing }) => judgedTasks(hearing));
  const tags = new Map(toHear.map((file) => [file.path, file]));
  const byPath = judged.map(({ tracks }) => new Map<string, JudgedTrack>(tracks.map((track) => [track.path, track])));
  const paths = toHear.map(({ path }) => path);
  const tracks = trackList(paths, context.evaluation.trackIds(paths.length), {
    judged: byPath,
    tags: (path) => ({ title: tags.get(path)?.title ?? null, artist: tags.get(path)?.artist ?? null }),
    durationSec: (path) => hearings.find(({ heard }) => heard.has(path))?.heard.get(path)?.durationSec ?? null,
  });
  const comparisons = hearings[1] ? compareAll(first!.hearing, hearings[1].hearing) : [];
  const failures = [...found.failures, ...unreadable, ...hearings.flatMap((each) => each.failures)];
  const madeAt = Date.now();
  const embeddings = embeddingsOf(first!.heard, byPath[0]!);
  context.evaluation.keep({
    result: {
      id: context.evaluation.nextId(),
      ...{ madeAt, source, task, plan: formatWindowPlan(plan) },
      models: judged.map(({ model, report, tracks: own }, i) => {
        const summary = summaryOf({ model, name: hearings[i]!.info.model.name }, report, own);
        return { ...summary, strangers: [...summary.strangers, ...strangers] };
      }),
      paired: comparisons[0] ?? null,
      failures: failures.slice(0, MOST_FAILURES),
      failed: failures.length,
      hasMap: embeddings.size > 0,
    },
    tracks,
    windows: hearings.map(
      ({ heard }) => new Map([...heard].flatMap(([path, { windows }]) => (windows ? [[path, windows] as const] : []))),
    ),
    embeddings,
    account: {
      madeAt: new Date(madeAt).toISOString(),
      madeBy: `Genregram ${VERSION}`,
      source: source.path,
      plan: formatWindowPlan(plan),
      judged,
      comparisons,
    },
  });
}

/** The files that have a label; those whose labels are in tags that can't be read are told of. */
async function readTags(
  context: Context,
  job: Job,
  { paths, labelOf, byTags }: Awaited<ReturnType<typeof findLabelled>>,
  unreadable: JobFailure[],
): Promise<readonly Tagged[]> {
  const byPath = new Map<string, Tagged>();
  job.phase(paths.length, null);
  await forEachBounded(paths, TAGS_AT_ONCE, job.signal, async (path) => {
    const tags = await context.readTags(path);
    if (!tags.ok && byTags) unreadable.push({ path, ...tags.failure });
    const own = tags.ok ? tags.value : null;
    const label = labelOf(path, own);
    if (label !== '') byPath.set(path, { path, label, title: own?.title ?? null, artist: own?.artist ?? null });
    job.tick(path, false);
  });
  return paths.flatMap((path) => byPath.get(path) ?? []);
}

/** Whether no model knows a label, as far as their labels are known. */
const isStranger = (label: string, known: readonly (readonly string[] | null)[]): boolean =>
  !isUnknown(label) && known.every((labels) => knows(labels)(label) === false);

async function hearWith(
  context: Context,
  job: Job,
  id: string | null,
  files: readonly Tagged[],
  { task, plan }: EvaluationRequest,
): Promise<Heard> {
  job.phase(null, null);
  const info = await context.session.startWith(id, job.signal);
  const { heard, failures } = await hearFiles(
    context,
    job,
    info,
    files.map(({ path }) => path),
    { plan, task },
  );
  const [reason] = failures;
  if (heard.size === 0)
    throw new CodedError(
      reason?.code ?? 'not-found',
      `None of the files could be heard.${reason ? ` The first, ${reason.path}: ${reason.message}` : ''}`,
    );
  const labelled = files.map(({ path, label }): LabelledFile => ({ path, cells: new Map([[task, label]]) }));
  const key = modelKey(info.model);
  const hearing = judgeHeard(key, heard, labelled, new Map([[task, [task]]]), labelsOf(info.model));
  const [why] = hearing.notJudged;
  if (why) throw new LabelError(wordsOf(key, why));
  return { info, hearing, heard, failures };
}

function wordsOf(model: string, notJudged: NotJudged): string {
  switch (notJudged.why) {
    case 'says-nothing':
      return `The model ${model} says nothing of ${notJudged.task}. Choose another model, or another task.`;
    case 'no-known-label':
      return `No file that could be heard has a label that the model ${model} knows. It knows: ${notJudged.known.join(', ')}.`;
    case 'no-numbers':
      return 'No file has numbers in both columns, valence and arousal.';
  }
}

function nothingToHear(
  { source, task }: EvaluationRequest,
  tagged: readonly Tagged[],
  known: readonly (readonly string[] | null)[],
): LabelError {
  const where = source.kind === 'table' ? `The table ${source.path}` : source.path;
  if (tagged.length === 0)
    return new LabelError(
      {
        folder: `${where} holds no music. Choose a folder whose music lies in folders named after its ${task}.`,
        tag: `No file in ${where} says its ${task} in its own tags. Write tags first, or take the labels from names of folders or a table.`,
        table: `${where} has no row with both a file that is there and a ${task}. Look at its columns, and at the folder that its paths start from.`,
      }[source.kind],
    );
  const found = countLabels(tagged.map(({ label }) => label))
    .slice(0, MOST_NAMED)
    .map(({ label }) => label);
  const labels = [...new Set(known.flatMap((each) => each ?? []))];
  return new LabelError(
    `No label here is one that the model knows. Found: ${found.join(', ')}. The model knows: ${labels.join(', ')}. ` +
      {
        folder: 'Sort the files into folders of such names, or take the labels from tags or a table.',
        tag: 'Take the labels from names of folders or from a table, or choose another task or model.',
        table: 'Choose another column, task or model.',
      }[source.kind],
  );
}

function embeddingsOf(
  heard: ReadonlyMap<string, HeardFile>,
  judged: ReadonlyMap<string, JudgedTrack>,
): Map<string, Uint8Array> {
  return new Map(
    [...heard].flatMap(([path, { embedding }]) => (embedding && judged.has(path) ? [[path, embedding] as const] : [])),
  );
}
