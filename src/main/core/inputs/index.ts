import type { FrontEnd } from './front-end';
import { melFrontEnd, type MelInput } from './mel';

export { valuesOf, windowSeconds, type FrontEnd } from './front-end';

/** What a model takes; the `input` of its manifest is such. */
export type InputKind = MelInput;

/** How audio becomes this input. */
export function frontEndOf(input: InputKind): FrontEnd {
  return melFrontEnd(input);
}
