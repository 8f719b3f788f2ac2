import { beforeEach, describe, expect, it } from 'vitest';
import type { EvaluatedTrack } from '#shared/contract/evaluation';
import { TELLING_STATISTICS } from '#shared/domain/statistic-names';
import type { Connection } from '../../../src/renderer/api/connection';
import { useSoundStore } from '../../../src/renderer/features/evaluate/sound-store';

const tracks = ['a', 'b', 'bad'].map((name, id) => ({ id, path: `/${name}.mp3` }) as EvaluatedTrack);

interface Asked {
  readonly path: string;
  readonly columns: readonly string[];
  readonly window: string;
}

/** Measures every statistic of a track as the length of its name, but for one bad file; keeps what it was asked. */
function connectionWhere(answers: boolean) {
  const described: Asked[] = [];
  const cancelled: string[] = [];
  const call = (method: string, input: Asked): Promise<unknown> => {
    if (method === 'describe.cancel') {
      cancelled.push(input.window);
      return Promise.resolve({});
    }
    described.push(input);
    if (!answers) return new Promise(() => undefined);
    return Promise.resolve(
      input.path === '/bad.mp3'
        ? { status: 'failed', code: 'decode-failed', message: 'Broken.' }
        : { status: 'ok', durationSec: 30, values: input.columns.map(({ length }) => length), warnings: [] },
    );
  };
  return { described, cancelled, connection: { call } as unknown as Connection };
}

const state = () => useSoundStore.getState();

describe('how judged tracks sound', () => {
  beforeEach(() => {
    useSoundStore.setState(useSoundStore.getInitialState(), true);
  });

  it('is measured by the most telling statistics, then by others beside them', async () => {
    const { connection, described } = connectionWhere(true);
    await state().measure(connection, 7, tracks);
    expect(state()).toMatchObject({ evaluation: 7, done: 3, total: 3, failed: 1, running: false });
    expect(state().columns).toEqual(TELLING_STATISTICS);
    expect(state().values.get(0)).toMatchObject({ tempo: 5, rms_mean: 8 });
    expect(state().values.has(2)).toBe(false);

    await state().measure(connection, 7, tracks, 'mfcc1_mean');
    expect(described.slice(-3).every(({ columns }) => columns.join() === 'mfcc1_mean')).toBe(true);
    expect(state().columns).toEqual(['mfcc1_mean', ...TELLING_STATISTICS]);
    expect(state().values.get(1)).toMatchObject({ tempo: 5, mfcc1_mean: 10 });

    await state().measure(connection, 7, tracks);
    expect(described.at(-1)!.columns).toEqual(['mfcc1_mean', ...TELLING_STATISTICS]);
    // Another evaluation begins with nothing.
    await state().measure(connection, 8, tracks);
    expect(state().columns).toEqual(TELLING_STATISTICS);
  });

  it('is left off when it is stopped, and the backend with it', () => {
    const { connection, described, cancelled } = connectionWhere(false);
    state().stop(connection);
    expect(cancelled).toEqual([]);
    void state().measure(connection, 7, tracks);
    expect(state().running).toBe(true);
    state().stop(connection);
    expect(state().running).toBe(false);
    expect(cancelled).toEqual([described[0]!.window]);
    // Measuring anew ends what was under way.
    void state().measure(connection, 7, tracks);
    void state().measure(connection, 7, tracks, 'mfcc1_mean');
    expect(cancelled).toHaveLength(2);
  });
});
