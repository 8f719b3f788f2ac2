import type { TrackAnalysis, WindowTask } from '#shared/domain/analysis';
import { CodedError } from '#shared/domain/failure';
import { TrackAggregator, type TaskOutput } from '../aggregate/track';
import { joinWindows, type Rule } from './join';

export interface Member {
  readonly id: string;
  readonly version: string;
  /** Against the other members' weights. */
  readonly weight: number;
}

/** An ensemble whose members are known. */
export interface Ensemble {
  readonly id: string;
  readonly version: string;
  readonly rule: Rule;
  /** Two or more; the windows of the first one are the ensemble's. */
  readonly members: readonly Member[];
  readonly outputs: readonly Pick<TaskOutput, 'task' | 'labels' | 'calibration'>[];
}

/** Counted up when joining changes so that results differ. */
const JOINING = 'ensemble-1';

/** What results of an ensemble with these members begin with in their front-end version, whatever front ends the members have. */
export const membersKey = ({ rule, members }: Pick<Ensemble, 'rule' | 'members'>): string =>
  `${JOINING} ${rule} ${members.map(({ id, version, weight }) => `${id}@${version}*${weight}`).join(' ')} | `;

/** The front-end version of an ensemble's results: another one as soon as a member, a weight or a member's front end is another. */
export const ensembleFrontEnd = (ensemble: Pick<Ensemble, 'rule' | 'members'>, frontEnds: readonly string[]): string =>
  membersKey(ensemble) + frontEnds.join(' ');

/**
 * What an ensemble says of a track: the members' windows are joined (`joinWindows`), and the track is judged of them by the ensemble's
 * own calibration.
 *
 * @param heard the members' results with `windowValues`, in their order
 * @throws CodedError `inference-invalid` where a task's labels are others than those that were checked when the ensemble was loaded
 */
export function joinTracks(ensemble: Ensemble, heard: readonly TrackAnalysis[]): TrackAnalysis {
  const { outputs, rule, members } = ensemble;
  const weighted = heard.map((each, i) => ({ ...each, weight: members[i]!.weight }));
  const rows = outputs.map(
    ({ task, labels }) => [task, rowsOf(joinWindows(task, labels, rule, weighted), task)] as const,
  );
  const aggregator = new TrackAggregator(
    rows.map(([task, windows], i) => taskOutput(outputs[i]!, task, windows[0]!.length)),
  );
  const first = heard[0]!;
  for (let window = 0; window < first.windows; window++)
    aggregator.add(window, Object.fromEntries(rows.map(([task, windows]) => [task, windows[window]!])));
  const { contentHash, durationSec, windows, startsSec, windowSec, decoder } = first;
  const time = (stage: keyof TrackAnalysis['ms']): number => heard.reduce((sum, { ms }) => sum + ms[stage], 0);
  return {
    status: 'ok',
    ...{ contentHash, durationSec, windows, startsSec, windowSec, decoder },
    provider: [...new Set(heard.map(({ provider }) => provider))].join(', '),
    model: `${ensemble.id}@${ensemble.version}`,
    frontEnd: ensembleFrontEnd(
      ensemble,
      heard.map(({ frontEnd }) => frontEnd),
    ),
    ms: { decode: time('decode'), features: time('features'), inference: time('inference'), total: time('total') },
    ...aggregator.finish(),
    warnings: [...new Set(heard.flatMap(({ warnings }) => warnings))],
  };
}

function rowsOf(rows: Float64Array[] | null, task: WindowTask): Float64Array[] {
  if (rows) return rows;
  throw new CodedError(
    'inference-invalid',
    `No member of the ensemble gave labels of the task ${task} that fit its own. Start the app again, so that its members are checked.`,
  );
}

/** The joined rows are what an output gives whose activation is applied already. */
const taskOutput = (output: Ensemble['outputs'][number], name: WindowTask, size: number): TaskOutput => ({
  ...output,
  name,
  size,
  activation: ACTIVATIONS[name],
});

/** As which a task's joined windows are read. */
export const ACTIVATIONS = {
  genre: 'softmax',
  mood: 'softmax',
  content: 'softmax',
  'genre-wide': 'sigmoid',
  'valence-arousal': 'none',
  embedding: 'none',
} as const satisfies Readonly<Record<WindowTask, TaskOutput['activation']>>;
