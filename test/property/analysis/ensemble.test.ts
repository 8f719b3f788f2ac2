import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinWindows, type Heard } from '../../../src/main/core/ensemble/join';
import { joinTracks } from '../../../src/main/core/ensemble/track';
import { TrackAggregator, type TaskOutput } from '../../../src/main/core/aggregate/track';
import { fakeResult } from '../../builders/fake-analysis';

const LABELS = ['rock', 'jazz', 'pop', 'metal'];
const probabilities = fc
  .array(fc.integer({ min: 1, max: 1000 }), { minLength: LABELS.length, maxLength: LABELS.length })
  .map((values) => values.map((value) => value / values.reduce((a, b) => a + b, 0)));
const weight = fc.integer({ min: 1, max: 50 });

/** Windows of one length end to end, as many as there are rows. */
const member = fc
  .record({
    rows: fc.array(probabilities, { minLength: 1, maxLength: 20 }),
    weight,
    windowSec: fc.integer({ min: 1, max: 30 }),
  })
  .map(({ rows, weight, windowSec }): Heard => ({
    weight,
    windowSec,
    startsSec: rows.map((_, i) => i * windowSec),
    windowValues: { genre: { labels: LABELS, data: Float32Array.from(rows.flat()) } },
  }));
const rule = fc.constantFrom('mean', 'vote');

describe('joining', () => {
  test('gives probabilities on the first member’s windows, whatever the others’ are', () => {
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 4 }), rule, (members, how) => {
        const rows = joinWindows('genre', LABELS, how, members)!;
        expect(rows).toHaveLength(members[0]!.startsSec.length);
        for (const row of rows) {
          expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
          expect(row.every((value) => value >= 0)).toBe(true);
        }
      }),
    );
  });

  test('scaling all weights, or the order of the further members, changes nothing', () => {
    fc.assert(
      fc.property(member, member, member, rule, weight, (first, second, third, how, factor) => {
        const join = (...members: Heard[]): number[] =>
          joinWindows('genre', LABELS, how, members)!.flatMap((row) =>
            [...row].map((value) => Number(value.toFixed(9))),
          );
        const scaled = (each: Heard): Heard => ({ ...each, weight: each.weight * factor });
        expect(join(scaled(first), scaled(second), scaled(third))).toEqual(join(first, second, third));
        expect(join(first, third, second)).toEqual(join(first, second, third));
      }),
    );
  });

  test('each joined value lies between the members’ values', () => {
    fc.assert(
      fc.property(
        fc.array(probabilities, { minLength: 2, maxLength: 5 }),
        fc.array(weight, { minLength: 5, maxLength: 5 }),
        (rows, weights) => {
          const members = rows.map((row, i): Heard => ({
            weight: weights[i]!,
            startsSec: [0],
            windowSec: 3,
            windowValues: { genre: { labels: LABELS, data: Float32Array.from(row) } },
          }));
          const [joined] = joinWindows('genre', LABELS, 'mean', members)!;
          joined!.forEach((value, i) => {
            const said = rows.map((row) => row[i]!);
            expect(value).toBeGreaterThanOrEqual(Math.min(...said) - 1e-6);
            expect(value).toBeLessThanOrEqual(Math.max(...said) + 1e-6);
          });
        },
      ),
    );
  });

  test('the mean of a member with itself is the member', () => {
    const outputs: TaskOutput[] = [
      {
        name: 'genre',
        task: 'genre',
        labels: LABELS,
        size: 4,
        activation: 'softmax',
        calibration: { temperature: 1, trackTemperature: 0.8, abstainBelow: 0.4 },
      },
    ];
    fc.assert(
      fc.property(fc.array(probabilities, { minLength: 1, maxLength: 20 }), weight, weight, (rows, a, b) => {
        const aggregator = new TrackAggregator(outputs, true);
        rows.forEach((row, i) => aggregator.add(i, { genre: row }));
        const alone = aggregator.finish();
        const track = { ...fakeResult(Buffer.from([1]), 'one@1.0.0', 'fe', [1], rows.length), ...alone };
        const joined = joinTracks(
          {
            id: 'both',
            version: '1.0.0',
            rule: 'mean',
            outputs,
            members: [a, b].map((weight, i) => ({ id: `m-${i}`, version: '1.0.0', weight })),
          },
          [track, track],
        );
        expect(joined.genre!.confidence).toBeCloseTo(alone.genre!.confidence, 5);
        expect(joined.genre!.abstained).toBe(
          Math.abs(alone.genre!.confidence - 0.4) < 1e-6 ? joined.genre!.abstained : alone.genre!.abstained,
        );
        for (const { label, share } of alone.genre!.histogram)
          expect(joined.genre!.histogram.find((bar) => bar.label === label)!.share).toBeCloseTo(share, 5);
        const rounding = joined.perWindow.genre!.data.map((value, i) =>
          Math.abs(value - alone.perWindow.genre!.data[i]!),
        );
        expect(Math.max(...rounding)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
