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

/** Mean of planar channels of equal length, in an array of its own. */
export function downmixPlanar(channels: readonly Float32Array[], samples: number): Float32Array {
  const mono = new Float32Array(samples);
  for (const channel of channels) for (let i = 0; i < samples; i++) mono[i]! += channel[i]!;
  const share = 1 / channels.length;
  if (channels.length > 1) for (let i = 0; i < samples; i++) mono[i]! *= share;
  return mono;
}
