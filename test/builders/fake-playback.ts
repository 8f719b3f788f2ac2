import type { IncomingMessage, ServerResponse } from 'node:http';
import { audioPath, EVALUATED_FROM, PEAK_PARTS, readAudioPath, SPECTROGRAM_BANDS } from '#shared/contract/audio';
import type { Handlers } from '#shared/contract/methods';
import { CodedError } from '#shared/domain/failure';
import { readByteRange } from '../../src/main/core/playback/byte-range';
import { toInt16Bytes, wavHeader } from '../../src/main/core/playback/wav';
import type { FakeLibrary } from './fake-backend';

const RATE = 8000;

type Names = 'playback.prepare' | 'playback.peaks' | 'playback.spectrogram';

/** Tracks that can't be heard are those whose analysis failed. */
export const playbackHandlers = (library: FakeLibrary): Pick<Handlers, Names> => ({
  'playback.peaks': ({ trackId }) => ({ peaks: fakePeaks(trackId) }),
  'playback.spectrogram': ({ trackId }) => fakeSpectrogram(trackId),
  'playback.prepare': ({ trackId }) => {
    const row = library.rows.find(({ id }) => id === trackId);
    if (!row && trackId < EVALUATED_FROM)
      throw new CodedError('not-found', 'This track is not in the library any more.');
    if (row?.failure) throw CodedError.from(row.failure);
    return { path: audioPath({ trackId, decoded: true }), type: 'audio/wav', decoded: true };
  },
});

/** A quiet beginning and end, louder and softer passages, and beats. */
const fakePeaks = (trackId: number): number[] =>
  Array.from({ length: PEAK_PARTS }, (_, i) => {
    const place = i / PEAK_PARTS;
    const passage = 0.55 + 0.35 * Math.sin(trackId + 9 * place) * Math.sin(3 + 4 * place);
    const beat = 0.75 + 0.25 * Math.sin(i * 2.4 + trackId);
    return Math.round(255 * Math.min(1, 12 * place, 9 * (1 - place)) * passage * beat);
  });

/** Bass and beats as loud as `fakePeaks`, and a few partials of a tune that climbs. */
function fakeSpectrogram(trackId: number): { columns: number; image: string } {
  const columns = 800;
  const peaks = fakePeaks(trackId);
  const image = new Uint8Array(columns * SPECTROGRAM_BANDS);
  for (let column = 0; column < columns; column++) {
    const loud = peaks[Math.floor((column * peaks.length) / columns)]! / 255;
    const tune = 14 + 8 * Math.sin((trackId + column / 40) * 1.3);
    for (let band = 0; band < SPECTROGRAM_BANDS; band++) {
      const partials = [1, 2, 3].reduce((sum, n) => sum + Math.exp(-(((band - n * tune) / 1.5) ** 2)) / n, 0);
      const noise = 0.55 * Math.exp(-band / 22) + 0.12 * Math.abs(Math.sin(band * 12.9898 + column * 78.233));
      image[column * SPECTROGRAM_BANDS + band] = Math.min(255, 255 * loud * (noise + 0.45 * partials) * 1.15);
    }
  }
  return { columns, image: Buffer.from(image).toString('base64') };
}

/** A low tone as long as the track, as the hosts answer for a real one. False where it is no request for audio. */
export function answerAudio(library: FakeLibrary, request: IncomingMessage, response: ServerResponse): boolean {
  const selection = readAudioPath(request.url ?? '');
  const row = selection && library.rows.find(({ id }) => id === selection.trackId);
  if (!selection || (!row && selection.trackId < EVALUATED_FROM)) return false;
  const samples = Math.round((row?.durationSec ?? 30) * RATE);
  const size = 44 + samples * 2;
  const range = readByteRange(request.headers.range, size);
  const { start, end } = range.kind === 'part' ? range : { start: 0, end: size };
  response.writeHead(range.kind === 'part' ? 206 : 200, {
    'Content-Type': 'audio/wav',
    'Content-Length': end - start,
    'Accept-Ranges': 'bytes',
    ...(range.kind === 'part' && { 'Content-Range': `bytes ${start}-${end - 1}/${size}` }),
  });
  const tone = Float32Array.from({ length: samples }, (_, i) => 0.2 * Math.sin((2 * Math.PI * 220 * i) / RATE));
  response.end(Buffer.concat([wavHeader(samples, RATE), toInt16Bytes(tone)]).subarray(start, end));
  return true;
}
