import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createMelStream, type MelParameters } from '../../../src/main/core/dsp/mel';
import { createResampler } from '../../../src/main/core/dsp/resampler';
import { goldenFloats, goldenSignal, largestDifference, streamed } from '../../builders/audio';
import { repositoryRoot } from '../../builders/requirements';

/** Values of librosa and of the resampling filter in double precision; make.py beside this file made them. */
const golden = JSON.parse(readFileSync(join(repositoryRoot, 'test/golden/analysis/golden.json'), 'utf8')) as {
  mel: Record<string, { parameters: MelParameters; frames: number; samples: number }>;
  resample: Record<string, { samples: number; outputs: number }>;
};

describe('log-mel frames are librosa’s', () => {
  for (const [name, { parameters, frames, samples }] of Object.entries(golden.mel)) {
    test(`${name}: ${parameters.nFft}/${parameters.hop}, ${parameters.nMels} ${parameters.melScale} bands`, () => {
      const actual = streamed(createMelStream(parameters), goldenSignal(samples, parameters.sampleRate), [4096]);
      expect(actual.length).toBe(frames * parameters.nMels);
      expect(largestDifference(actual, goldenFloats(`mel-${name}.bin`))).toBeLessThan(1e-3);
    });
  }
});

describe('resampling is the kaiser_best filter', () => {
  for (const [rate, { samples, outputs }] of Object.entries(golden.resample)) {
    test(`${rate} Hz to 16 kHz`, () => {
      const actual = streamed(createResampler(Number(rate), 16_000), goldenSignal(samples, Number(rate)), [1000]);
      expect(actual.length).toBe(outputs);
      expect(largestDifference(actual, goldenFloats(`resample-${rate}.bin`))).toBeLessThan(2e-6);
    });
  }
});
