import { describe, expect, test } from 'vitest';
import type { ModelInput } from '#shared/contract/model-input';
import { parseManifest } from '../../../src/main/adapters/models';
import { featuresInput, imageInput, manifestOf, waveformInput } from '../../builders/input-packs';

const problemOf = (input: object): string | null => {
  const parsed = parseManifest(JSON.stringify(manifestOf(input as ModelInput)), 'pack');
  return parsed.ok ? null : `${String(parsed.failure.field)}: ${parsed.failure.message}`;
};

test('packs of every kind of input are understood', () => {
  for (const input of [waveformInput, imageInput, featuresInput]) expect(problemOf(input)).toBeNull();
});

const one = { add: [0], divide: [1] };
const wrong: [string, object, RegExp][] = [
  ['a kind not known', { ...waveformInput, kind: 'midi' }, /^input\.kind: .*'waveform'/],
  ['a field of another kind', { ...waveformInput, hop: 512 }, /^input: .*"hop"/],
  ['a layout of another kind', { ...waveformInput, layout: 'NCHW' }, /^input\.layout: /],
  ['no window', { ...waveformInput, windowSamples: undefined }, /^input\.windowSamples: /],
  ['a window of no end', { ...waveformInput, windowSamples: 10_000_000 }, /^input\.windowSamples: /],
  ['a division by 0', { ...waveformInput, normalisation: { add: 0, divide: 0 } }, /^input\.normalisation\.divide: /],
  ['a transform of another size', { ...imageInput, nFft: 1000 }, /^input\.nFft: is no power of two/],
  ['a band too high', { ...imageInput, fMax: 9000 }, /^input\.fMax: is above half the sample rate/],
  ['colours not known', { ...imageInput, colours: 'viridis' }, /^input\.colours: /],
  ['levels other than 256', { ...imageInput, levels: 128 }, /^input\.levels: /],
  [
    'a normalisation of one channel for three',
    { ...imageInput, normalisation: one },
    /^input\.normalisation\.add: has 1 numbers, but colours magma has 3 channels/,
  ],
  [
    'a normalisation of three channels for one',
    { ...imageInput, colours: 'grey' },
    /^input\.normalisation\.add: has 3 numbers, but colours grey has 1/,
  ],
  [
    'a picture too large',
    { ...imageInput, size: { height: 2048, width: 2048 } },
    /^input\.size: gives pictures of 12582912 values/,
  ],
  [
    'a picture too long',
    { ...imageInput, columns: undefined, size: undefined, nMels: 512, windowFrames: 9000 },
    /^input\.windowFrames: /,
  ],
  [
    'statistics not known',
    { ...featuresInput, columns: ['rms_mean', 'harmony_mean', 'mfcc21_var'], normalisation: undefined },
    /^input\.columns: names harmony_mean, mfcc21_var, which/,
  ],
  ['no statistics', { ...featuresInput, columns: [], normalisation: undefined }, /^input\.columns: /],
  [
    'a number too few',
    { ...featuresInput, normalisation: { add: [0, 0, 0, 0, 0], divide: [1, 1, 1, 1] } },
    /^input\.normalisation\.divide: has 4 numbers, but columns has 5 names/,
  ],
  ['statistics of another transform', { ...featuresInput, nFft: 2000 }, /^input\.nFft: is no power of two/],
];

describe('what is wrong with an input is named by its field', () => {
  test.each(wrong)('%s', (_, input, problem) => {
    const found = problemOf(input);
    // The message repeats path and field.
    expect(found?.replace(/: .*?model\.json: [\w.]+: /, ': ')).toMatch(problem);
  });
});
