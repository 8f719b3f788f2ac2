import type { ParseTags } from './format';
import { parseIff, type IffKind } from './iff';

/** The chunk of a new tag is called as Mp3tag, mutagen and dBpoweramp do; TagLib, FFmpeg and foobar2000 read either spelling. */
const WAV: IffKind = {
  name: 'WAV',
  types: ['WAVE'],
  format: 'fmt ',
  audio: 'data',
  id3: 'id3 ',
  texts: ['INAM', 'IART', 'IPRD'],
};

export const parseWav: ParseTags = (source, options) => parseIff(WAV, source, options);
