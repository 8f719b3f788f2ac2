import { open } from 'node:fs/promises';
import type { AudioKind, SeekableAudio, SeekingDecoder } from '../../../ports';
import { fileBytes } from '../../files/file-bytes';
import type { DecoderSetup } from '../index';
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

export function createSeekingDecoder({ forced }: DecoderSetup): SeekingDecoder {
  return {
    open: async (path, kind, signal) => {
      const find = forced === 'ffmpeg' ? undefined : SEEKERS[kind];
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
