import { describe, expect, test } from 'vitest';
import { quantise, sharpen, softmax, toProbabilities } from '../../../src/main/core/aggregate/probabilities';
import { TaskAggregator } from '../../../src/main/core/aggregate/verdict';

const LABELS = ['rock', 'jazz', 'metal'];
const plain = { trackTemperature: 1, abstainBelow: 0 };

describe('probabilities of a window', () => {
  test('softmax of large logits stays finite', () => {
    expect([...softmax(Float64Array.of(1000, 1000, -1000), 1)]).toEqual([0.5, 0.5, 0]);
  });

  test('a temperature on probabilities equals one on the logits they came from', () => {
    const logits = Float64Array.of(0.3, -1.2, 2);
    const fromProbabilities = toProbabilities(softmax(logits, 1), 'softmax', 2.5)!;
    softmax(logits, 2.5).forEach((p, i) => expect(fromProbabilities[i]).toBeCloseTo(p, 12));
  });

  test.each(['softmax', 'sigmoid', 'logits-softmax', 'logits-sigmoid'] as const)('%s sums to 1', (activation) => {
    const sum = toProbabilities([0.9, 0.4, 0.2], activation, 1.3)!.reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(1, 12);
  });

  test('a value that is no finite number is found', () => {
    expect(toProbabilities([0.5, Number.NaN, 0.5], 'softmax', 1)).toBeNull();
    expect(toProbabilities([Infinity, 0, 0], 'logits-softmax', 1)).toBeNull();
  });

  test('all zero is no knowledge', () => {
    expect([...toProbabilities([0, 0], 'sigmoid', 1)!]).toEqual([0.5, 0.5]);
  });

  test('quantised to 0..255', () => {
    expect([...quantise(Float64Array.of(0, 0.5, 1))]).toEqual([0, 128, 255]);
  });
});

describe('the verdict of a track', () => {
  test('share is the mean probability, votes the windows won, sorted by share', () => {
    const aggregator = new TaskAggregator(LABELS, plain);
    aggregator.add(1, Float64Array.of(0.2, 0.7, 0.1));
    aggregator.add(0, Float64Array.of(0.6, 0.3, 0.1));
    aggregator.add(2, Float64Array.of(0.5, 0.4, 0.1));
    const { verdict, perWindow } = aggregator.finish();
    expect(verdict.histogram.map(({ label, votes }) => [label, votes])).toEqual([
      ['jazz', 1],
      ['rock', 2],
      ['metal', 0],
    ]);
    expect(verdict.top).toBe('jazz');
    expect(verdict.histogram[0]!.share).toBeCloseTo(1.4 / 3, 12);
    expect(verdict.confidence).toBeCloseTo(1.4 / 3, 12);
    // Rows lie in the order of the windows, however they came.
    expect([...perWindow.data]).toEqual([153, 77, 26, 51, 179, 26, 128, 102, 26]);
  });

  test('the track temperature sharpens the confidence and not the shares', () => {
    const aggregator = new TaskAggregator(LABELS, { trackTemperature: 0.5, abstainBelow: 0.9 });
    aggregator.add(0, Float64Array.of(0.6, 0.3, 0.1));
    const { verdict } = aggregator.finish();
    expect(verdict.histogram[0]!.share).toBeCloseTo(0.6, 12);
    expect(verdict.confidence).toBeCloseTo(0.36 / (0.36 + 0.09 + 0.01), 12);
    expect(verdict.confidence).toBeCloseTo(sharpen(Float64Array.of(0.6, 0.3, 0.1), 0.5)[0]!, 12);
    expect(verdict.abstained).toBe(true);
  });
});
