import { featuresFrontEnd, type FeaturesInput } from './features';
import type { FrontEnd } from './front-end';
import { imageFrontEnd, type ImageInput } from './image';
import { melFrontEnd, type MelInput } from './mel';
import { waveformFrontEnd, type WaveformInput } from './waveform';

export { valuesOf, windowSeconds, type FrontEnd } from './front-end';

/** What a model takes; the `input` of its manifest is such. */
export type ModelInput = MelInput | WaveformInput | ImageInput | FeaturesInput;

/** How audio becomes this input. */
export function frontEndOf(input: ModelInput): FrontEnd {
  switch (input.kind) {
    case 'mel':
      return melFrontEnd(input);
    case 'waveform':
      return waveformFrontEnd(input);
    case 'image':
      return imageFrontEnd(input);
    case 'features':
      return featuresFrontEnd(input);
  }
}
