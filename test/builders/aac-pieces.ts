import { spawn } from 'node:child_process';
import type { DecodeAacPiece } from '../../src/main/adapters/decoders/aac/decoder';

/**
 * Stands in for Chromium where there is none: the ffmpeg command decodes pieces of ADTS, each from nothing, as Chromium does (which has the
 * same decoder in it). The electron tests have the real one.
 */
export const ffmpegPieces: DecodeAacPiece = (adts) =>
  new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', [
      '-v',
      'error',
      '-f',
      'aac',
      '-i',
      '-',
      '-c:a',
      'pcm_f32le',
      '-f',
      'wav',
      '-bitexact',
      '-',
    ]);
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.once('error', reject);
    child.stdin.on('error', () => undefined);
    child.once('close', () => resolve(meanOf(Buffer.concat(parts))));
    child.stdin.end(adts);
  });

/** Of a float WAV stream as ffmpeg writes it: its samples follow the first `data`. */
function meanOf(wav: Buffer): Float32Array | null {
  const start = wav.indexOf('data') + 8;
  if (start < 8) return null;
  const channels = wav.readUInt16LE(22);
  return Float32Array.from({ length: Math.floor((wav.length - start) / 4 / channels) }, (_, i) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += wav.readFloatLE(start + 4 * (i * channels + c));
    return sum / channels;
  });
}
