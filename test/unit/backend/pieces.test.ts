import { describe, expect, it } from 'vitest';
import type { Verdict } from '#shared/domain/analysis';
import { builtInGenreGraph } from '#shared/domain/genres/graph';
import { ONE_GENRE } from '#shared/domain/genres/to-write';
import { acceptsOf } from '../../../src/main/backend/accepts';
import { decide } from '../../../src/main/backend/decide';
import { createRateMeter } from '../../../src/main/backend/jobs/rate';
import { abortable, forEachBounded, mapBounded } from '../../../src/main/backend/stages/bounded';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('bounded work', () => {
  it('keeps to its width and does everything once', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await forEachBounded([1, 2, 3, 4, 5, 6, 7], 3, null, async (n) => {
      most = Math.max(most, ++running);
      await tick();
      running--;
      done.push(n);
    });
    expect(most).toBe(3);
    expect(done.sort()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('gives results in order', async () => {
    const waits = [3, 1, 2];
    const work = async (n: number) => {
      for (let i = 0; i < n; i++) await tick();
      return n * 10;
    };
    expect(await mapBounded(waits, 2, work)).toEqual([30, 10, 20]);
    expect(await mapBounded([], 2, work)).toEqual([]);
  });

  it('ends with the first error and begins nothing more', async () => {
    const begun: number[] = [];
    const work = forEachBounded([1, 2, 3, 4, 5, 6], 2, null, async (n) => {
      begun.push(n);
      await tick();
      if (n === 2) throw new Error('two');
    });
    await expect(work).rejects.toThrow('two');
    await tick();
    await tick();
    expect(begun.length).toBeLessThan(6);
  });

  it('ends at once when aborted, though the work does not', async () => {
    const abort = new AbortController();
    const work = forEachBounded([1, 2], 2, abort.signal, () => new Promise<void>(() => undefined));
    abort.abort(new Error('enough'));
    await expect(work).rejects.toThrow('enough');
    await expect(forEachBounded([1], 1, abort.signal, () => Promise.resolve())).rejects.toThrow('enough');
  });

  it('lets a promise be, where nothing aborts it', async () => {
    expect(await abortable(Promise.resolve(5), new AbortController().signal)).toBe(5);
    expect(await abortable(Promise.resolve(6), null)).toBe(6);
  });
});

describe('the rate meter', () => {
  it('says nothing before it knows, then the rate over the last seconds', () => {
    const rate = createRateMeter();
    rate.add(0, 0);
    expect(rate.perSecond(500, 3)).toBeNull();
    for (let second = 1; second <= 20; second++) rate.add(second * 1000, second * 4);
    expect(rate.perSecond(20_000, 80)).toBeCloseTo(4);
    for (let second = 21; second <= 40; second++) rate.add(second * 1000, 80 + (second - 20) * 10);
    expect(rate.perSecond(40_000, 280)).toBeCloseTo(10);
    rate.reset();
    expect(rate.perSecond(41_000, 0)).toBeNull();
  });
});

describe('a decision', () => {
  const verdict = (top: string, abstained = false): Verdict => ({
    top,
    abstained,
    abstainReason: abstained ? 'unsure' : null,
    confidence: 0.6,
    histogram: [],
  });
  const accept = (genre: Verdict | null, mood: Verdict | null) =>
    decide(
      { trackIds: [1], action: 'accept' },
      {
        isHeard: genre !== null,
        accepts: acceptsOf(
          { path: '/a.mp3', artist: null, albumArtist: null, wide: null, genre, mood },
          builtInGenreGraph(),
          ONE_GENRE,
        ),
      },
      7,
    );

  it('takes genres and moods in the spelling that tags use', () => {
    expect(accept(verdict('hip-hop'), verdict('happy'))).toMatchObject({
      value: { genres: ['Hip-Hop'], moods: ['Happy'], decidedAt: 7 },
    });
    expect(accept(verdict('rock'), verdict('dreamy'))).toMatchObject({
      value: { genres: ['Rock'], moods: ['Dreamy'] },
    });
  });

  it('takes what the model is sure of, and refuses where that is nothing', () => {
    expect(accept(verdict('rock'), verdict('sad', true))).toMatchObject({ value: { genres: ['Rock'], moods: [] } });
    expect(accept(verdict('rock'), null)).toMatchObject({ value: { genres: ['Rock'], moods: [] } });
    expect(accept(verdict('rock', true), verdict('sad'))).toMatchObject({ value: { genres: [], moods: ['Sad'] } });
    for (const [genre, mood] of [
      [verdict('rock', true), verdict('sad', true)],
      [verdict('rock', true), null],
      [null, null],
    ] as const)
      expect(accept(genre, mood)).toMatchObject({ ok: false, failure: { code: 'invalid-input' } });
  });
});
