import { EVALUATED_FROM } from '#shared/contract/audio';
import type { EvaluatedTrack, Evaluation, LabelSource } from '#shared/contract/evaluation';
import type { Handlers } from '#shared/contract/methods';
import { CodedError } from '#shared/domain/failure';
import { wilsonInterval } from '#shared/domain/statistics';
import { CLASSIC_GENRES } from '#shared/domain/vocabulary';
import { judge } from '../../src/main/core/evaluation/metrics';
import { judgePaired } from '../../src/main/core/evaluation/paired';
import { reliabilityBins } from '../../src/main/core/evaluation/reliability';
import type { FakeLibrary } from './fake-backend';
import { randomFrom } from './fake-tracks';

type Names =
  | 'evaluation.look'
  | 'evaluation.start'
  | 'evaluation.result'
  | 'evaluation.tracks'
  | 'evaluation.windows'
  | 'evaluation.embeddings'
  | 'evaluation.export';

const FILES = 120;
const DIMENSIONS = 12;
/** Of the folders of the fake's disk: the one without labels. */
export const UNLABELLED = '/home/ada/Downloads';

/** Of a look: nothing is missing, and a row of a table whose file is not there. */
const WHOLE = { failed: 0, failure: null } as const;
const ABSENT = {
  path: '/home/ada/Documents/gone.mp3',
  code: 'not-found',
  message: "/home/ada/Documents/gone.mp3 can't be found. Was it moved, or is its drive not connected?",
} as const;

interface FakeEvaluation {
  readonly result: Evaluation;
  readonly tracks: readonly EvaluatedTrack[];
}

/** Evaluations of made-up files whose figures are worked out by the real core. */
export function evaluationHandlers(library: FakeLibrary): Pick<Handlers, Names> {
  let kept: FakeEvaluation | null = null;
  let made = 0;
  const get = (id: number): FakeEvaluation => {
    if (kept?.result.id === id) return kept;
    throw new CodedError(
      'not-found',
      'Another evaluation has taken this one’s place. Look at that one, or begin anew.',
    );
  };
  return {
    'evaluation.look': ({ source }) => {
      const isTable = source.kind === 'table';
      if (source.path === UNLABELLED)
        return {
          ...{
            files: 3,
            looked: 3,
            known: 0,
            unlabelled: 0,
            ...WHOLE,
            modelLabels: CLASSIC_GENRES,
            columns: [],
            column: 'genre',
          },
          labels: [{ label: 'Downloads', files: 3, known: false }],
        };
      const labels = CLASSIC_GENRES.map((label) => ({ label, files: FILES / 10, known: true }));
      return {
        files: FILES + 2,
        looked: FILES + 2,
        known: FILES,
        labels: [...labels, { label: 'polka', files: 2, known: false }],
        unlabelled: 0,
        ...(isTable ? { failed: 1, failure: ABSENT } : WHOLE),
        modelLabels: CLASSIC_GENRES,
        columns: isTable ? ['file', 'genre', 'artist'] : [],
        column: isTable ? (source.column ?? 'genre') : 'genre',
      };
    },
    'evaluation.start': ({ source, task, against, plan }) => {
      const jobId = library.runJob({
        kind: 'evaluate',
        total: FILES * (against === null ? 1 : 2),
        perTick: 12,
        step: () => undefined,
        end: (cancelled) => {
          if (!cancelled) kept = makeEvaluation(++made, { source, task, plan }, against);
        },
      });
      return { jobId };
    },
    'evaluation.result': () => kept?.result ?? null,
    'evaluation.tracks': ({ evaluation }) => [...get(evaluation).tracks],
    'evaluation.windows': ({ evaluation, trackId, model }) => {
      const track = get(evaluation).tracks.find(({ id }) => id === trackId);
      const heard = track?.verdicts[model]?.heard;
      if (!track || heard === undefined) return null;
      // The label stands in the first window, what was heard in the third.
      const row = (label: string, value: number): number[] =>
        CLASSIC_GENRES.map((each) => (each === label ? value : 10));
      const data = [row(track.label, 200), row(heard, 150), row(heard, 240)].flat();
      return { windowSec: 3, startsSec: [0, 3, 6], labels: CLASSIC_GENRES, data };
    },
    'evaluation.embeddings': ({ evaluation }) => {
      const { tracks } = get(evaluation);
      const rows = tracks.map(({ id, label }) => {
        const random = randomFrom(id - EVALUATED_FROM + 5);
        const place = CLASSIC_GENRES.indexOf(label as never);
        return Int8Array.from({ length: DIMENSIONS }, (_, i) => (i === place ? 90 : 0) + 30 * (random() - 0.5));
      });
      return {
        ids: tracks.map(({ id }) => id),
        dimensions: DIMENSIONS,
        vectors: Buffer.concat(rows.map((row) => Buffer.from(row.buffer))).toString('base64'),
      };
    },
    'evaluation.export': ({ evaluation, form }) => ({ text: `${form} of ${get(evaluation).result.id}` }),
  };
}

function makeEvaluation(
  id: number,
  asked: { source: LabelSource; task: Evaluation['task']; plan: string },
  against: string | null,
): FakeEvaluation {
  const random = randomFrom(7);
  const verdictOf = (label: string, rightShare: number) => {
    const isRight = random() < rightShare;
    const others = CLASSIC_GENRES.filter((each) => each !== label);
    const heard = isRight ? label : others[Math.floor(random() * 3)]!;
    const confidence = (isRight ? 0.45 : 0.25) + 0.5 * random();
    return { heard, confidence, isRight, abstained: confidence < 0.35 };
  };
  const tracks: EvaluatedTrack[] = Array.from({ length: FILES }, (_, i) => {
    const label = CLASSIC_GENRES[i % 10]!;
    const name = `${label} ${String(Math.floor(i / 10) + 1).padStart(2, '0')}`;
    return {
      id: EVALUATED_FROM + 1000 * id + i,
      path: `${asked.source.path}/${label}/${name}.mp3`,
      title: i % 3 === 0 ? null : `The ${name}`,
      artist: i % 3 === 0 ? null : 'Ada',
      durationSec: 30,
      label,
      verdicts: [verdictOf(label, 0.75), ...(against === null ? [] : [verdictOf(label, 0.55)])],
    };
  });
  const models = [
    { model: 'base@1.0.0', name: 'Genregram base' },
    { model: `${against}@1.0.0`, name: 'Other model' },
  ].slice(0, against === null ? 1 : 2);
  const pairs = tracks.map(({ verdicts: [first, second] }) => ({
    first: first!.isRight,
    second: second?.isRight ?? false,
  }));
  const result: Evaluation = {
    ...{ id, ...asked, madeAt: Date.UTC(2026, 10, 22, 9, 0) },
    models: models.map(({ model, name }, m) => {
      const own = tracks.map(({ label, verdicts }) => ({ label, ...verdicts[m]! }));
      const metrics = judge(
        CLASSIC_GENRES,
        own.map(({ label, heard, ...rest }) => ({ truth: label, ranked: [heard], ...rest })),
      );
      const right = own.filter(({ isRight }) => isRight).length;
      const { n, accuracy, named, namedRight, top2, macroF1, ece, confusion, perClass } = metrics;
      return {
        ...{ model, name, n, right, accuracy, named, namedRight, top2, macroF1, ece },
        ...{ labels: confusion.labels, matrix: confusion.matrix },
        interval: wilsonInterval(right, n),
        perClass: Object.entries(perClass).map(([label, figures]) => ({ label, ...figures })),
        bins: reliabilityBins(own),
        riskCoverage: metrics.riskCoverage,
        strangers: [{ label: 'polka', count: 2 }],
        unknown: { n: 0, named: 0, auroc: null },
      };
    }),
    paired: against === null ? null : judgePaired(pairs),
    failures: [{ path: `${asked.source.path}/rock/broken.mp3`, code: 'decode-failed', message: 'It is no music.' }],
    failed: 1,
    hasMap: true,
  };
  return { result, tracks };
}
