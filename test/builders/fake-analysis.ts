import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { formatWindowPlan, type TrackAnalysis, type Verdict, type WindowPlan } from '#shared/domain/analysis';
import { CodedError, type Failure } from '#shared/domain/failure';
import { CLASSIC_GENRES, MOOD_QUADRANTS } from '#shared/domain/vocabulary';
import type { AnalysisService } from '../../src/main/ports';
import { payloadOf } from './fake-files';

export interface FakeAnalysisOptions {
  readonly model?: { id: string; version: string };
  readonly frontEnd?: string;
  readonly concurrency?: number;
  /** How long a track takes. */
  readonly delayMs?: number;
  /** What analysing a file fails with, if it does; `plan` as `formatWindowPlan` writes it. */
  readonly fails?: (path: string, plan: string) => Failure | null;
  /** What starting fails with. */
  readonly startFails?: Failure;
  /** The embedding of a payload; without it results have none. */
  readonly embeds?: (payload: Uint8Array) => Float32Array;
  /** A model that tells moods and no genre. */
  readonly withoutGenre?: boolean;
  /** Ignores cancelling, as a hung decoder would. */
  readonly deaf?: boolean;
}

export interface FakeAnalysis extends AnalysisService {
  /** Paths in the order in which their analysis began. */
  readonly asked: string[];
  /** Their window plans, as `formatWindowPlan` writes them. */
  readonly plans: string[];
  /** Hashes that came with the requests, null where none did. */
  readonly hashes: (string | null)[];
  closed: boolean;
  /** What is heard in a file's payload, where it isn't the payload itself. */
  hears: (payload: Uint8Array, plan: string) => ArrayLike<number>;
  /** What it was told of the machine, in order. */
  readonly loads: Parameters<AnalysisService['setLoad']>[0][];
  notice(message: string): void;
}

/**
 * An analysis service whose verdicts follow from the bytes of the audio payload (see `fake-files`): the first byte chooses
 * the genre, the second the mood, the third the confidence in percent (under 30: abstained).
 */
export function createFakeAnalysis(options: FakeAnalysisOptions = {}): FakeAnalysis {
  const { model = { id: 'fake', version: '1.0.0' }, frontEnd = 'fake-1', delayMs = 0 } = options;
  const listeners: Parameters<AnalysisService['onNotice']>[0][] = [];
  const fake: FakeAnalysis = {
    asked: [],
    plans: [],
    hashes: [],
    closed: false,
    loads: [],
    setLoad: (load) => {
      fake.loads.push(load);
    },
    hears: (payload) => payload,
    notice: (message) => {
      for (const listener of listeners) listener('warning', message);
    },
    start: () => {
      if (options.startFails) return Promise.reject(CodedError.from(options.startFails));
      const info = { ...model, name: 'Fake', sha256: '0'.repeat(64), outputs: [] };
      return Promise.resolve({
        model: info,
        frontEnd,
        provider: 'cpu',
        decoder: 'fake',
        concurrency: options.concurrency ?? 2,
      });
    },
    analyze: async ({ path, plan, contentHash = null }, signal) => {
      const planKey = formatWindowPlan(plan);
      fake.asked.push(path);
      fake.plans.push(planKey);
      fake.hashes.push(contentHash);
      if (delayMs > 0 || options.deaf) await pause(options.deaf ? 3_600_000 : delayMs, options.deaf ? null : signal);
      if (signal.aborted) return { status: 'failed', code: 'cancelled', message: 'Cancelled.' };
      const failure = options.fails?.(path, planKey);
      if (failure) return { status: 'failed', ...failure };
      const payload = payloadOf(await readFile(path));
      const key = `${model.id}@${model.version}`;
      const whole = fakeResult(payload, key, frontEnd, fake.hears(payload, planKey), windowsOf(plan));
      const result = options.withoutGenre ? withoutGenre(whole) : whole;
      return options.embeds ? { ...result, embedding: options.embeds(payload) } : result;
    },
    tryModel: () => Promise.resolve({ msPerWindow: 1 }),
    probe: () => Promise.resolve({ onnxruntime: 'fake', decoders: [], providers: [] }),
    onNotice: (listener) => {
      listeners.push(listener);
    },
    close: () => {
      fake.closed = true;
      return Promise.resolve();
    },
  };
  return fake;
}

export function fakeResult(
  payload: Uint8Array,
  model: string,
  frontEnd: string,
  heard: ArrayLike<number> = payload,
  windows = 2,
): TrackAnalysis {
  const [genreByte = 0, moodByte = 0, percent = 80] = Array.from(heard);
  const moods = MOOD_QUADRANTS.map((mood) => mood.label);
  const genre = verdict(CLASSIC_GENRES, genreByte, percent / 100);
  const mood = verdict(moods, moodByte, percent / 100);
  return {
    status: 'ok',
    contentHash: createHash('sha256').update(payload).digest('hex'),
    durationSec: 3 * windows,
    windows,
    startsSec: Array.from({ length: windows }, (_, n) => 3 * n),
    windowSec: 3,
    decoder: 'fake',
    provider: 'cpu',
    model,
    frontEnd,
    ms: { decode: 1, features: 2, inference: 3, total: 6 },
    genre,
    mood,
    content: null,
    wide: null,
    affect: null,
    embedding: null,
    perWindow: {
      genre: { labels: CLASSIC_GENRES, data: new Uint8Array(10 * windows).fill(7) },
      mood: { labels: moods, data: new Uint8Array(4 * windows).fill(9) },
    },
    warnings: [],
  };
}

/** What a model that tells no genre says of the same. */
export const withoutGenre = (result: TrackAnalysis): TrackAnalysis => ({
  ...result,
  genre: null,
  perWindow: { ...result.perWindow, genre: null },
});

/** Where so many were asked for, as a long track has them. */
const windowsOf = (plan: WindowPlan): number => (plan.kind === 'spread' ? plan.count : 2);

function verdict(labels: readonly string[], choice: number, confidence: number): Verdict {
  const top = labels[choice % labels.length]!;
  const rest = (1 - confidence) / (labels.length - 1);
  const bars = labels.map((label) => ({
    label,
    share: label === top ? confidence : rest,
    votes: label === top ? 2 : 0,
  }));
  const abstained = confidence < 0.3;
  const abstainReason = abstained ? 'unsure' : null;
  return { top, confidence, abstained, abstainReason, histogram: bars.sort((a, b) => b.share - a.share) };
}

function pause(ms: number, signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    if (ms > 60_000) timer.unref();
    signal?.addEventListener('abort', end);
  });
}
