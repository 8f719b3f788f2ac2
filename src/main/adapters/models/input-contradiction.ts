import type { FeaturesInput, ImageInput, MelInput, ModelInput } from '#shared/contract/model-input';
import { unknownColumns } from '../../core/features';
import { frontEndOf, valuesOf } from '../../core/inputs';
import { CHANNELS } from '../../core/inputs/picture/colours';

/** A field of the manifest, and what is wrong with it. */
type Complaint = [string, string];

/** Values of a window, so that a few of them fit in memory: 32 MB. */
const MOST_VALUES = 8 * 1024 * 1024;

/** What the schema of a manifest's input can't say. @returns the field and what is wrong with it. */
export function inputComplaint(input: ModelInput): Complaint | null {
  switch (input.kind) {
    case 'mel':
      return spectrumComplaint(input);
    case 'waveform':
      return null;
    case 'image':
      return spectrumComplaint(input) ?? imageComplaint(input);
    case 'features':
      return featuresComplaint(input);
  }
}

function spectrumComplaint(input: MelInput | ImageInput): Complaint | null {
  if (input.fMax > input.sampleRate / 2)
    return ['input.fMax', `is above half the sample rate (${input.sampleRate / 2})`];
  if (input.fMin >= input.fMax) return ['input.fMin', 'is not below fMax'];
  if (input.winLength !== undefined && input.winLength > input.nFft)
    return ['input.winLength', `is longer than the transform (nFft ${input.nFft})`];
  if (input.melScale === 'kaldi' && input.melNorm !== 'none')
    return ['input.melNorm', `is ${input.melNorm}, but the bands of the mel scale kaldi have none`];
  return transformComplaint(input);
}

const transformComplaint = ({ nFft }: { nFft: number }): Complaint | null =>
  (nFft & (nFft - 1)) === 0 ? null : ['input.nFft', 'is no power of two'];

function imageComplaint(input: ImageInput): Complaint | null {
  const { normalisation, colours } = input;
  const values = valuesOf(frontEndOf(input));
  if (values > MOST_VALUES)
    return [
      input.size ? 'input.size' : 'input.windowFrames',
      `gives pictures of ${values} values, more than the ${MOST_VALUES} that are allowed`,
    ];
  return normalisation
    ? eachComplaint(normalisation, CHANNELS[colours].length, `colours ${colours}`, 'channels')
    : null;
}

function featuresComplaint(input: FeaturesInput): Complaint | null {
  const { columns, normalisation } = input;
  const unknown = unknownColumns(columns);
  if (unknown.length > 0) return ['input.columns', `names ${unknown.join(', ')}, which this app does not know`];
  return (
    (normalisation ? eachComplaint(normalisation, columns.length, 'columns', 'names') : null) ??
    transformComplaint(input)
  );
}

/** Are there as many numbers as they are for? */
function eachComplaint(
  normalisation: { readonly add: readonly number[]; readonly divide: readonly number[] },
  wanted: number,
  field: string,
  what: string,
): Complaint | null {
  for (const part of ['add', 'divide'] as const) {
    const { length } = normalisation[part];
    if (length !== wanted)
      return [`input.normalisation.${part}`, `has ${length} numbers, but ${field} has ${wanted} ${what}`];
  }
  return null;
}
