/**
 * Mean of all channels of interleaved samples, (L+R)/2 for stereo: what the taggers were trained on. ffmpeg's own `-ac 1`
 * would be sqrt(2) louder.
 * @param interleaved [frames * channels]; @param mono gets [frames].
 */
export function downmixInterleaved(interleaved: Float32Array, channels: number, mono: Float32Array): void {
  const frames = Math.floor(interleaved.length / channels);
  if (channels === 1) {
    mono.set(interleaved.subarray(0, frames));
  } else if (channels === 2) {
    for (let i = 0; i < frames; i++) mono[i] = 0.5 * (interleaved[2 * i]! + interleaved[2 * i + 1]!);
  } else {
    for (let i = 0; i < frames; i++) {
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += interleaved[i * channels + c]!;
      mono[i] = sum / channels;
    }
  }
}

/** The channels of a decoder's output, where they lie in its memory. */
export interface PlanarSamples {
  readonly heap: Float32Array;
  /** Where each channel begins. */
  readonly offsets: Uint32Array;
  /** Of each channel. */
  readonly length: number;
}

/** Mean of planar channels times `gain`, written to `mono` from `at` on. */
export function downmixPlanar(
  { heap, offsets, length }: PlanarSamples,
  gain: number,
  mono: Float32Array,
  at: number,
): void {
  const left = offsets[0]!;
  if (offsets.length === 1 && gain === 1) return mono.set(heap.subarray(left, left + length), at);
  const share = gain / offsets.length;
  if (offsets.length === 2) {
    const right = offsets[1]!;
    for (let i = 0; i < length; i++) mono[at + i] = share * (heap[left + i]! + heap[right + i]!);
    return;
  }
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (const offset of offsets) sum += heap[offset + i]!;
    mono[at + i] = share * sum;
  }
}
