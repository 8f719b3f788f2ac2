import type { TrackAnalysis, WindowTask, WindowValues } from '#shared/domain/analysis';
import { AffectAggregator } from './affect';
import { withWide } from './beyond';
import { isMusicWindow, withContent } from './content';
import { deriveProbabilities, derivedTasks, type DerivedTask } from './derived';
import { EmbeddingAggregator } from './embedding';
import { toBounded, toFinite, toProbabilities, toScores, type Activation } from './probabilities';
import { TaskAggregator, type Calibration, type TaskResult } from './verdict';
import { WideAggregator } from './wide';

/** What aggregation needs to know of a model's output; the manifest's outputs are such. */
export interface TaskOutput {
  readonly name: string;
  readonly task: WindowTask;
  readonly activation: Activation;
  readonly labels: readonly string[];
  readonly size: number;
  readonly labelMap?: Readonly<Record<string, string | null>> | undefined;
  readonly calibration: Calibration & {
    readonly temperature: number;
    readonly thresholds?: readonly number[] | undefined;
  };
}

/** Everything that a model says of a track. */
export type TrackFindings = Pick<
  TrackAnalysis,
  'genre' | 'mood' | 'content' | 'wide' | 'affect' | 'embedding' | 'perWindow' | 'windowValues'
>;

/** One output on its way from windows to the track. */
interface Part<Result> {
  readonly output: TaskOutput;
  /** A window's values as they are gathered; null if one is no finite number. */
  readonly read: (row: ArrayLike<number>) => Float64Array | null;
  readonly add: (window: number, values: Float64Array, isMusic: boolean) => void;
  readonly finish: () => Result;
}

/** The outputs that are used: of each task the first. */
export function usedOutputs<Output extends { readonly task: TaskOutput['task'] }>(
  outputs: readonly Output[],
): Output[] {
  return outputs.filter((output, i) => outputs.findIndex(({ task }) => task === output.task) === i);
}

/**
 * Gathers the rows of all outputs, window by window, and says what the track is. Windows that the model's content output
 * holds for something else than music count for nothing but the content, as long as the track has some music.
 */
export class TrackAggregator {
  private readonly genre;
  private readonly mood;
  private readonly content;
  private readonly wide;
  private readonly affect;
  private readonly embedding;
  private readonly kept: KeptWindows | null;

  /**
   * @param outputs any of the tasks. Genre and content are derived where there is no output of them and the wide labels allow it;
   * what there is no output for, and cannot be derived, is null in what is found.
   * @param keepWindows gives `windowValues` with what is found.
   */
  constructor(outputs: readonly TaskOutput[], keepWindows = false) {
    this.kept = keepWindows ? new KeptWindows() : null;
    const part = <Result>(
      task: TaskOutput['task'],
      make: (output: TaskOutput) => Part<Result>,
    ): Part<Result> | null => {
      const output = outputs.find((each) => each.task === task);
      return output ? make(output) : null;
    };
    const vocabulary = outputs.find(({ task }) => task === 'genre-wide');
    const derived = vocabulary && derivedTasks(vocabulary);
    const orDerived = (task: DerivedTask | null | undefined, abstainBelow?: number) =>
      vocabulary && task ? derivedPart(vocabulary, task, abstainBelow) : null;
    this.genre = part('genre', labelPart) ?? orDerived(derived?.genre);
    this.mood = part('mood', labelPart);
    this.content = part('content', labelPart) ?? orDerived(derived?.content, SURE_OF_CONTENT);
    this.wide = part('genre-wide', widePart);
    this.affect = part('valence-arousal', affectPart);
    this.embedding = part('embedding', embeddingPart);
  }

  /**
   * @param rows by output name, [size] each, of window number `window`; windows may come in any order.
   * @returns false if a value is no finite number; the track can't be judged then.
   */
  add(window: number, rows: Readonly<Record<string, ArrayLike<number>>>): boolean {
    const heard = this.content?.read(rows[this.content.output.name]!);
    if (heard === null) return false;
    if (heard) {
      this.content?.add(window, heard, true);
      this.kept?.add('content', window, this.content!.output.labels, heard);
    }
    const isMusic = !heard || isMusicWindow(this.content!.output.labels, heard);
    const parts = {
      genre: this.genre,
      mood: this.mood,
      'genre-wide': this.wide,
      'valence-arousal': this.affect,
      embedding: this.embedding,
    } as const;
    for (const [task, part] of Object.entries(parts) as [WindowTask, Part<unknown> | null][]) {
      if (!part) continue;
      const values = part.read(rows[part.output.name]!);
      if (!values) return false;
      part.add(window, values, isMusic);
      this.kept?.add(task, window, part.output.labels, values);
    }
    return true;
  }

  /** Needs at least one window. */
  finish(): TrackFindings {
    const genre = this.genre?.finish() ?? null;
    const mood = this.mood?.finish() ?? null;
    const content = this.content?.finish().verdict ?? null;
    const wide = this.wide?.finish() ?? null;
    return {
      genre: genre && withWide(withContent(genre.verdict, content), wide),
      mood: mood && withContent(mood.verdict, content),
      content,
      wide,
      affect: this.affect?.finish() ?? null,
      embedding: this.embedding?.finish() ?? null,
      perWindow: { genre: genre?.perWindow ?? null, mood: mood?.perWindow ?? null },
      ...(this.kept && { windowValues: this.kept.finish() }),
    };
  }
}

/** The windows' values of each task, put in their order. */
class KeptWindows {
  private readonly tasks = new Map<WindowTask, { labels: readonly string[]; rows: Map<number, Float64Array> }>();

  add(task: WindowTask, window: number, labels: readonly string[], values: Float64Array): void {
    const kept = this.tasks.get(task) ?? { labels, rows: new Map<number, Float64Array>() };
    this.tasks.set(task, kept);
    kept.rows.set(window, values);
  }

  finish(): NonNullable<TrackFindings['windowValues']> {
    return Object.fromEntries(
      [...this.tasks].map(([task, { labels, rows }]): [WindowTask, WindowValues] => {
        const size = rows.get(0)?.length ?? 0;
        const data = new Float32Array(rows.size * size);
        for (const [window, row] of rows) data.set(row, window * size);
        return [task, { labels, data }];
      }),
    );
  }
}

/** A derived content verdict with less than this settles nothing: it takes a majority to call a track no music. */
const SURE_OF_CONTENT = 0.5;

/** A task without an output of its own, heard by that of a wide vocabulary (see `deriveProbabilities`). */
function derivedPart(
  output: TaskOutput,
  task: DerivedTask,
  abstainBelow = output.calibration.abstainBelow,
): Part<TaskResult> {
  const scores = widePart(output);
  const { trackTemperature } = output.calibration;
  const aggregator = new TaskAggregator(task.labels, { trackTemperature, abstainBelow });
  return {
    output: { ...output, labels: task.labels },
    read: (row) => {
      const values = scores.read(row);
      return values && deriveProbabilities(values, task);
    },
    add: (window, values, isMusic) => aggregator.add(window, values, isMusic),
    finish: () => {
      const { verdict, perWindow } = aggregator.finish();
      return { verdict: { ...verdict, derived: true }, perWindow };
    },
  };
}

function labelPart(output: TaskOutput) {
  const { labels, activation, calibration } = output;
  const aggregator = new TaskAggregator(labels, calibration);
  return {
    output,
    read: (row: ArrayLike<number>) => toProbabilities(row, activation, calibration.temperature),
    add: (window: number, values: Float64Array, isMusic: boolean) => aggregator.add(window, values, isMusic),
    finish: () => aggregator.finish(),
  };
}

function widePart(output: TaskOutput) {
  const { labels, activation, calibration } = output;
  const aggregator = new WideAggregator(labels, calibration.thresholds);
  return {
    output,
    read: (row: ArrayLike<number>) =>
      toScores(row, activation === 'sigmoid' ? 'sigmoid' : 'logits-sigmoid', calibration.temperature),
    add: (_: number, values: Float64Array, isMusic: boolean) => aggregator.add(values, isMusic),
    finish: () => aggregator.finish(),
  };
}

function affectPart(output: TaskOutput) {
  const aggregator = new AffectAggregator();
  return {
    output,
    read: (row: ArrayLike<number>) => toBounded(row, -1, 1),
    add: (_: number, values: Float64Array, isMusic: boolean) => aggregator.add(values, isMusic),
    finish: () => aggregator.finish(),
  };
}

function embeddingPart(output: TaskOutput) {
  const aggregator = new EmbeddingAggregator(output.size);
  return {
    output,
    read: toFinite,
    add: (_: number, values: Float64Array, isMusic: boolean) => aggregator.add(values, isMusic),
    finish: () => aggregator.finish(),
  };
}
