import { describe, expect, it } from 'vitest';
import {
  labelChanges,
  stretches,
  waveform,
  windowAt,
  windowVerdicts,
} from '../../../src/renderer/features/detail/timeline';
import { describe as words } from '../../../src/renderer/features/detail/Timeline';

const LABELS = ['jazz', 'metal', 'rock'];
/** One window a row. */
const verdictsOf = (rows: number[][], starts = rows.map((_, i) => i * 3)) =>
  windowVerdicts({ labels: LABELS, data: rows.flat() }, starts, 3);

describe('the verdict per window', () => {
  it('is the likeliest label, then the runner-up', () => {
    const [first, second] = verdictsOf([
      [10, 200, 45],
      [128, 0, 127],
    ]);
    expect(first).toMatchObject({ start: 0, end: 3, label: 'metal', second: { label: 'rock' } });
    expect(first?.probability).toBeCloseTo(200 / 255);
    expect(second).toMatchObject({ label: 'jazz', second: { label: 'rock' } });
    expect(second ? words(second) : '').toBe('0:03–0:06 Jazz 50%, then Rock 50%');
  });

  it('comes in the order of time though windows were drawn at random', () => {
    const verdicts = verdictsOf(
      [
        [255, 0, 0],
        [0, 255, 0],
        [0, 0, 255],
      ],
      [60, 3, 31],
    );
    expect(verdicts.map(({ start, label }) => [start, label])).toEqual([
      [3, 'metal'],
      [31, 'rock'],
      [60, 'jazz'],
    ]);
  });

  it('works with a single label', () => {
    const [only] = windowVerdicts({ labels: ['rock'], data: [255] }, [0], 3);
    expect(only).toMatchObject({ label: 'rock', probability: 1, second: null });
  });
});

describe('stretches', () => {
  it('join neighbours of one label', () => {
    const joined = stretches(
      verdictsOf([
        [255, 0, 0],
        [250, 0, 0],
        [0, 255, 0],
        [255, 0, 0],
      ]),
    );
    expect(joined.map(({ label, start, end, windows }) => [label, start, end, windows])).toEqual([
      ['jazz', 0, 6, 2],
      ['metal', 6, 9, 1],
      ['jazz', 9, 12, 1],
    ]);
  });

  it('stay apart where nothing between was heard', () => {
    expect(
      stretches(
        verdictsOf(
          [
            [255, 0, 0],
            [255, 0, 0],
          ],
          [0, 90],
        ),
      ),
    ).toHaveLength(2);
  });
});

describe('changes along a track', () => {
  it('are those of the label, also between windows that lie apart', () => {
    const rows = [
      [255, 0, 0],
      [255, 0, 0],
      [0, 255, 0],
      [0, 255, 0],
      [255, 0, 0],
    ];
    expect(labelChanges(verdictsOf(rows))).toBe(2);
    expect(labelChanges(verdictsOf(rows, [0, 20, 40, 60, 80]))).toBe(2);
    expect(labelChanges(verdictsOf(rows.slice(0, 2), [0, 20]))).toBe(0);
    expect(labelChanges([])).toBe(0);
  });
});

describe('the window at a time', () => {
  const verdicts = verdictsOf(
    [
      [255, 0, 0],
      [255, 0, 0],
      [255, 0, 0],
    ],
    [0, 3, 60],
  );
  it.each([
    [0, 0],
    [4, 1],
    [6, 1],
    [30, 1],
    [50, 2],
    [999, 2],
  ])('at %d s is number %d', (seconds, index) => {
    expect(windowAt(verdicts, seconds)).toBe(index);
  });

  it('is none where there are none', () => {
    expect(windowAt([], 3)).toBe(-1);
  });
});

describe('the outline of how loud a track is', () => {
  it('is the same above and below the middle, each part in its place', () => {
    expect(waveform([255, 0, 51], 6, 100)).toBe('M1.00 0.0L3.00 50.0L5.00 40.0L5.00 60.0L3.00 50.0L1.00 100.0Z');
    expect(waveform([], 6, 100)).toBe('');
  });
});
