import { open } from 'node:fs/promises';
import type { AudioKind, SeekableAudio, SeekingDecoder } from '../../../ports';
import { fileBytes } from '../../files/file-bytes';
import type { DecoderSetup } from '../index';
import { findMp4WithFfmpeg } from './ffmpeg';
import { findFlac } from './flac';
import { findMp3 } from './mp3';
import { findOpus } from './opus';
import { findAiff, findWav } from './pcm';
import type { FindSeeker } from './seeker';
import { findVorbis } from './vorbis';

const SEEKERS: Partial<Record<AudioKind, FindSeeker>> = {
  mp3: findMp3,
  flac: findFlac,
  'ogg-vorbis': findVorbis,
  'ogg-opus': findOpus,
  wav: findWav,
  aiff: findAiff,
};

/**
 * Seeks in this process where there is a decoder for it: a process of ffmpeg takes as long to start as it takes for some 60 s of music. MP4 files
 * go to ffmpeg. Of the other kinds none tells its places and its length so that one could be sure of them.
 */
export function createSeekingDecoder({ ffmpeg, forced }: DecoderSetup): SeekingDecoder {
  const choose = (path: string, kind: AudioKind): FindSeeker | undefined => {
    if (kind === 'mp4') return ffmpeg && forced !== 'wasm' ? findMp4WithFfmpeg(ffmpeg, path) : undefined;
    return forced === 'ffmpeg' ? undefined : SEEKERS[kind];
  };
  return {
    open: async (path, kind, signal) => {
      const find = choose(path, kind);
      return find ? openSeeker(path, find, signal) : null;
    },
  };
}

async function openSeeker(path: string, find: FindSeeker, signal: AbortSignal): Promise<SeekableAudio | null> {
  const file = await open(path, 'r');
  try {
    const seeker = await find(fileBytes(file, (await file.stat()).size), signal);
    if (seeker) return { ...seeker, close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
  await file.close();
  return null;
}
