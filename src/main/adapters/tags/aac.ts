import { findAdtsAudio } from './adts-frames';
import type { ParseTags } from './format';
import { parseStream, type StreamKind } from './mp3';

const AAC: StreamKind = { name: 'AAC', audio: 'AAC (ADTS)', find: findAdtsAudio };

/** Parses a bare AAC stream in ADTS: tags lie around it as around an MP3's. */
export const parseAac: ParseTags = (source, options) => parseStream(AAC, source, options);
