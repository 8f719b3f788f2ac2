/** Bytes before the samples of what `wavHeader` gives. */
export const WAV_HEADER_BYTES = 44;
/** A sample of 16 bits. */
export const WAV_SAMPLE_BYTES = 2;
/** The sizes in a RIFF file have 32 bits. */
export const MAX_WAV_SAMPLES = Math.floor((2 ** 32 - WAV_HEADER_BYTES) / WAV_SAMPLE_BYTES);

/**
 * The head of a WAVE file of 16-bit mono samples (Multimedia Programming Interface and Data Specifications 1.0, 1991).
 *
 * @param samples at most `MAX_WAV_SAMPLES`
 * @param sampleRate a second
 */
export function wavHeader(samples: number, sampleRate: number): Uint8Array {
  const bytes = new Uint8Array(WAV_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  const text = (at: number, value: string): void => {
    for (let i = 0; i < value.length; i++) bytes[at + i] = value.charCodeAt(i);
  };
  const dataBytes = samples * WAV_SAMPLE_BYTES;
  text(0, 'RIFF');
  view.setUint32(4, WAV_HEADER_BYTES - 8 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * WAV_SAMPLE_BYTES, true);
  view.setUint16(32, WAV_SAMPLE_BYTES, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
  return bytes;
}

/** Samples of -1..1 as 16-bit integers, little-endian; what is louder is clipped. */
export function toInt16Bytes(samples: Float32Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * WAV_SAMPLE_BYTES);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < samples.length; i++) {
    const value = Math.max(-1, Math.min(1, samples[i]!));
    view.setInt16(i * WAV_SAMPLE_BYTES, Math.round(value * 32_767), true);
  }
  return bytes;
}
