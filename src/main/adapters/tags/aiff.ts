import type { ParseTags } from './format';
import { parseIff, type IffKind } from './iff';

/** Apple, "Audio Interchange File Format: AIFF" version 1.3 and "AIFF-C" draft; the tag's chunk as iTunes calls it. */
const AIFF: IffKind = {
  name: 'AIFF',
  types: ['AIFF', 'AIFC'],
  format: 'COMM',
  audio: 'SSND',
  id3: 'ID3 ',
  texts: ['NAME', 'AUTH', '(c) ', 'ANNO'],
};

export const parseAiff: ParseTags = (source, options) => parseIff(AIFF, source, options);
