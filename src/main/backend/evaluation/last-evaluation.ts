import { EVALUATED_FROM } from '#shared/contract/audio';
import type { EvaluatedTrack, EvaluatedWindows, Evaluation } from '#shared/contract/evaluation';
import { CodedError } from '#shared/domain/failure';
import type { EvaluationAccount } from '../../core/evaluation/report/account';

/** All that is kept of an evaluation. */
export interface KeptEvaluation {
  readonly result: Evaluation;
  readonly tracks: readonly EvaluatedTrack[];
  /** Of each model by path, what it heard in windows. */
  readonly windows: readonly ReadonlyMap<string, EvaluatedWindows>[];
  /** Of the first model by path, as signed bytes. */
  readonly embeddings: ReadonlyMap<string, Uint8Array>;
  readonly account: EvaluationAccount;
}

/** The last evaluation, until the backend ends or another takes its place. */
export interface LastEvaluation {
  readonly result: () => Evaluation | null;
  /** @throws CodedError `not-found` where it is not the last one */
  readonly get: (id: number) => KeptEvaluation;
  readonly keep: (evaluation: KeptEvaluation) => void;
  /** An id for an evaluation, and ids for its tracks, which no other evaluation has. */
  readonly nextId: () => number;
  readonly trackIds: (count: number) => number[];
  /** The file of a track, null where it is none of the last evaluation's. */
  readonly pathOf: (trackId: number) => string | null;
}

export function createLastEvaluation(): LastEvaluation {
  let kept: KeptEvaluation | null = null;
  let paths = new Map<number, string>();
  let evaluations = 0;
  let tracks = 0;
  return {
    result: () => kept?.result ?? null,
    get(id) {
      if (kept?.result.id === id) return kept;
      throw new CodedError(
        'not-found',
        'Another evaluation has taken this one’s place. Look at that one, or begin anew.',
      );
    },
    keep(evaluation) {
      kept = evaluation;
      paths = new Map(evaluation.tracks.map(({ id, path }) => [id, path]));
    },
    nextId: () => ++evaluations,
    trackIds: (count) => Array.from({ length: count }, () => EVALUATED_FROM + tracks++),
    pathOf: (trackId) => paths.get(trackId) ?? null,
  };
}
