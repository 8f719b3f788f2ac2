import type { TrackAnalysis, WindowTask } from '#shared/domain/analysis';
import { isMismatch, matchLabels, type LabelMatch } from './labels';

export type Rule = 'mean' | 'vote';

/** What a member heard in a track. */
export interface Heard extends Pick<TrackAnalysis, 'startsSec' | 'windowSec' | 'windowValues'> {
  /** Over 0. */
  readonly weight: number;
}

/** A member's rows of one task, as the ensemble's labels are ordered, for each window of the ensemble. */
interface Voice {
  readonly weight: number;
  readonly row: (window: number) => Float64Array;
}

/** The tasks of which a window has one label, so that there is something to vote for. */
const ONE_LABEL: readonly WindowTask[] = ['genre', 'mood', 'content'];

/**
 * Joins what the members say of one task, window by window. The windows are those of the first member; another member's window is the
 * one whose middle is nearest to a window's middle. Members without the task have no say. Votes are for tasks of which a window has one
 * label; scores and places are averaged under either rule. Embeddings of two models have nothing in common: that of the first member
 * that has one is taken as it is.
 *
 * @param labels the ensemble's; one of a member's labels, or several of them, must stand for each (see `matchLabels`)
 * @returns a row [labels] for each window; null if no member has the task, or the labels don't match
 */
export function joinWindows(
  task: WindowTask,
  labels: readonly string[],
  rule: Rule,
  members: readonly Heard[],
): Float64Array[] | null {
  const grid = middles(members[0]!);
  const voices = members.flatMap((member) => voiceOf(task, labels, member, grid) ?? []);
  const [first] = voices;
  if (!first) return null;
  if (task === 'embedding') return grid.map((_, window) => first.row(window));
  const total = voices.reduce((sum, { weight }) => sum + weight, 0);
  const votes = rule === 'vote' && ONE_LABEL.includes(task);
  return grid.map((_, window) => {
    const joined = new Float64Array(labels.length);
    for (const { weight, row } of voices) {
      const values = votes ? voteOf(row(window)) : row(window);
      values.forEach((value, i) => (joined[i]! += (weight / total) * value));
    }
    return joined;
  });
}

function voiceOf(
  task: WindowTask,
  labels: readonly string[],
  { weight, windowValues, ...windows }: Heard,
  grid: readonly number[],
): Voice | null {
  const values = windowValues?.[task];
  if (!values) return null;
  const match = matchLabels(task, labels, values.labels);
  if (isMismatch(match)) return null;
  const nearest = nearestTo(middles(windows));
  const places = grid.map(nearest);
  const size = values.data.length / windows.startsSec.length;
  return {
    weight,
    row: (window) => {
      const start = places[window]! * size;
      const row = Float64Array.from(values.data.subarray(start, start + size));
      return task === 'embedding' ? row : gather(task, match, row);
    },
  };
}

/** Several labels under one: probabilities add up, independent scores don't. */
const gather = (task: WindowTask, match: LabelMatch, row: Float64Array): Float64Array =>
  Float64Array.from(match, (indices) =>
    task === 'genre-wide' ? Math.max(...indices.map((i) => row[i]!)) : indices.reduce((sum, i) => sum + row[i]!, 0),
  );

/** All for the largest, the first of equals. */
function voteOf(row: Float64Array): Float64Array {
  const best = row.reduce((at, value, i) => (value > row[at]! ? i : at), 0);
  return row.map((_, i) => (i === best ? 1 : 0));
}

const middles = ({ startsSec, windowSec }: Pick<Heard, 'startsSec' | 'windowSec'>): number[] =>
  startsSec.map((start) => start + windowSec / 2);

/** Finds the index of the value nearest to a given one, the lower value of two at the same distance; `values` in any order. */
function nearestTo(values: readonly number[]): (wanted: number) => number {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  return (wanted) => {
    let low = 0;
    let high = order.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[order[middle]!]! < wanted) low = middle + 1;
      else high = middle;
    }
    const [before, after] = [order[Math.max(0, low - 1)]!, order[low]!];
    return wanted - values[before]! <= Math.abs(values[after]! - wanted) ? before : after;
  };
}
