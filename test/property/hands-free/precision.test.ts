import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CANDIDATES, chooseThreshold, curveOf, surestThreshold } from '../../../src/shared/domain/hands-free/precision';

const judged = fc.array(fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() }), {
  maxLength: 400,
});
/** Mostly right, so that thresholds are found. */
const mostlyRight = fc.array(
  fc.record({
    confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    right: fc.integer({ min: 0, max: 40 }).map((n) => n > 0),
  }),
  { minLength: 50, maxLength: 400 },
);
const precision = fc.double({ min: 0.05, max: 0.995, noNaN: true });

describe('a chosen threshold', () => {
  it('is a candidate, bounds what was seen from below, and keeps the precision', () => {
    fc.assert(
      fc.property(fc.oneof(judged, mostlyRight), precision, (verdicts, wanted) => {
        const chosen = chooseThreshold(curveOf(verdicts), wanted);
        if (chosen === null) return;
        expect(CANDIDATES).toContain(chosen.confidence);
        expect(chosen.bound).toBeGreaterThanOrEqual(wanted);
        expect(chosen.bound).toBeLessThanOrEqual(chosen.right / chosen.tracks);
        const taken = verdicts.filter(({ confidence }) => confidence >= chosen.confidence);
        expect([chosen.tracks, chosen.right]).toEqual([taken.length, taken.filter(({ right }) => right).length]);
      }),
    );
  });

  it('never falls where more is asked for', () => {
    fc.assert(
      fc.property(mostlyRight, precision, precision, (verdicts, a, b) => {
        const curve = curveOf(verdicts);
        const [less, more] = [chooseThreshold(curve, Math.min(a, b)), chooseThreshold(curve, Math.max(a, b))];
        if (more !== null) expect(less?.confidence).toBeLessThanOrEqual(more.confidence);
      }),
    );
  });

  it('is there exactly where the surest keeps the precision', () => {
    fc.assert(
      fc.property(fc.oneof(judged, mostlyRight), precision, (verdicts, wanted) => {
        const curve = curveOf(verdicts);
        expect(chooseThreshold(curve, wanted) !== null).toBe((surestThreshold(curve)?.bound ?? 0) >= wanted);
      }),
    );
  });

  it('is no higher with one more right verdict of full confidence', () => {
    fc.assert(
      fc.property(mostlyRight, precision, (verdicts, wanted) => {
        const before = chooseThreshold(curveOf(verdicts), wanted);
        const after = chooseThreshold(curveOf([...verdicts, { confidence: 1, right: true }]), wanted);
        if (before !== null) expect(after?.confidence).toBeLessThanOrEqual(before.confidence);
      }),
    );
  });
});
