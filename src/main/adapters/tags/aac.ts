import type { ByteSource } from '../files/byte-source';
import { findAdtsAudio } from './adts-frames';
import { parseApeTagged } from './ape-tagged';
import { describesMusic } from './apev2';
import type { ParseTags } from './format';
import { parseStream, type StreamKind } from './mp3';
import { parseMp3Tail } from './mp3-tail';
import { id3v2End } from './sniff';

const AAC: StreamKind = { name: 'AAC', audio: 'AAC (ADTS)', find: findAdtsAudio };

/**
 * Parses a bare AAC stream in ADTS: tags lie around it as around an MP3's. Where an APEv2 tag alone describes the music, as Picard writes it,
 * a new ID3v2 tag would hide title and artist from players that read the first tag only: there the APEv2 tag holds our fields too.
 */
export const parseAac: ParseTags = async (source, options) =>
  (await isApeTagged(source)) ? parseApeTagged(source, options) : parseStream(AAC, source, options);

async function isApeTagged(source: ByteSource): Promise<boolean> {
  if ((await id3v2End(source)) !== 0) return false;
  const { ape } = await parseMp3Tail(source, 0);
  return ape !== null && describesMusic(ape);
}
