import { CodedError } from '#shared/domain/failure';
import type { DecodedAudio } from '../../ports';

/**
 * The same audio, which ends with `too-long` as soon as it is known to play longer than allowed: at once if the headers say so,
 * else when so much has been decoded.
 */
export function limited(audio: DecodedAudio, maxMinutes: number): DecodedAudio {
  const { sampleRate, chunks, warnings } = audio;
  return {
    sampleRate,
    warnings,
    get declaredSec() {
      return audio.declaredSec;
    },
    chunks: counted(chunks, sampleRate, maxMinutes, () => audio.declaredSec),
  };
}

async function* counted(
  chunks: AsyncIterable<Float32Array>,
  sampleRate: number,
  maxMinutes: number,
  declaredSec: () => number | null,
): AsyncGenerator<Float32Array> {
  let samples = 0;
  for await (const chunk of chunks) {
    samples += chunk.length;
    const minutes = Math.max(samples / sampleRate, declaredSec() ?? 0) / 60;
    if (minutes > maxMinutes) throw tooLong(maxMinutes);
    yield chunk;
  }
}

const tooLong = (maxMinutes: number): CodedError =>
  new CodedError(
    'too-long',
    `The file plays longer than the limit of ${maxMinutes} minutes; raise the limit in the listening settings, or leave the file out.`,
  );
