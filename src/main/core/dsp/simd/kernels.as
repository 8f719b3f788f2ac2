// AssemblyScript: the two inner loops of the front end in WebAssembly SIMD. Built into kernels.ts by `node scripts/kernels.mjs`.
// All pointers are byte offsets into the module's memory, which the TypeScript side lays out. Floats are 32-bit.

/**
 * Windowed-sinc interpolation: `count` outputs, each the sum of `length` (a multiple of 16) inputs times the taps of its phase.
 * Output n starts at input sample `offset` and has the phase remainder/up; both advance by down/up = wholeStep + partStep/up.
 */
export function resample(
  kept: usize, taps: usize, out: usize, count: i32, length: i32, phases: i32,
  offset: i32, remainder: i32, up: i32, wholeStep: i32, partStep: i32,
): void {
  for (let n: i32 = 0; n < count; n++) {
    let phase: i32 = remainder;
    if (phases != up) phase = min(phases - 1, (remainder * phases + (up >> 1)) / up);
    let a: usize = kept + (<usize>offset << 2);
    let b: usize = taps + (<usize>(phase * length) << 2);
    const end: usize = b + (<usize>length << 2);
    let sum0 = f32x4.splat(0);
    let sum1 = f32x4.splat(0);
    let sum2 = f32x4.splat(0);
    let sum3 = f32x4.splat(0);
    while (b < end) {
      sum0 = f32x4.add(sum0, f32x4.mul(v128.load(a), v128.load(b)));
      sum1 = f32x4.add(sum1, f32x4.mul(v128.load(a, 16), v128.load(b, 16)));
      sum2 = f32x4.add(sum2, f32x4.mul(v128.load(a, 32), v128.load(b, 32)));
      sum3 = f32x4.add(sum3, f32x4.mul(v128.load(a, 48), v128.load(b, 48)));
      a += 64;
      b += 64;
    }
    const sum = f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3));
    f32.store(
      out + (<usize>n << 2),
      f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3)),
    );
    offset += wholeStep;
    remainder += partStep;
    if (remainder >= up) {
      remainder -= up;
      offset++;
    }
  }
}

/**
 * Mel energies of four frames at once, one frame a lane. `signal` is the first sample of the first frame; frames lie `hop` samples
 * apart. `window` has nFft floats; `twiddles` nFft/2 + 1 pairs cos, sin of 2 pi k / nFft; `bands` per band: first bin, number of
 * weights (both i32), then the weights. `a` and `b` have room for nFft/2 + 1 complex vectors (32 bytes). `out` gets nMels vectors.
 */
export function melFrames(
  signal: usize, hop: i32, nFft: i32, window: usize, twiddles: usize, a: usize, b: usize,
  bands: usize, nMels: i32, magnitude: i32, out: usize,
): void {
  const half: i32 = nFft >> 1;
  loadWindowed(signal, hop, half, window, a);
  const spectrum = transform(half, twiddles, a, b);
  const powers: usize = spectrum == a ? b : a;
  power(half, twiddles, spectrum, powers);
  if (magnitude != 0) {
    for (let k: i32 = 0; k <= half; k++) {
      const p = powers + (<usize>k << 4);
      v128.store(p, f32x4.sqrt(v128.load(p)));
    }
  }
  let band = bands;
  for (let m: i32 = 0; m < nMels; m++) {
    let p = powers + (<usize>i32.load(band) << 4);
    const count = i32.load(band, 4);
    band += 8;
    let sum = f32x4.splat(0);
    for (let i: i32 = 0; i < count; i++) {
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(band), v128.load(p)));
      band += 4;
      p += 16;
    }
    v128.store(out + (<usize>m << 4), sum);
  }
}

/** Even samples become real parts, odd ones imaginary parts: a real transform by a complex one of half the length. */
function loadWindowed(signal: usize, hop: i32, half: i32, window: usize, a: usize): void {
  const stride: usize = <usize>hop << 2;
  for (let k: i32 = 0; k < half * 2; k++) {
    const s = signal + (<usize>k << 2);
    let v = v128.load32_splat(s);
    v = v128.load_lane<f32>(s + stride, v, 1);
    v = v128.load_lane<f32>(s + stride * 2, v, 2);
    v = v128.load_lane<f32>(s + stride * 3, v, 3);
    v128.store(a + (<usize>k << 4), f32x4.mul(v, v128.load32_splat(window + (<usize>k << 2))));
  }
}

/** Stockham's self-sorting transform, radix 2, of n complex vectors; returns the buffer that holds the result. */
function transform(n: i32, twiddles: usize, a: usize, b: usize): usize {
  let x = a;
  let y = b;
  for (let stride: i32 = 1, length = n; length > 1; stride <<= 1, length >>= 1) {
    const m = length >> 1;
    for (let p: i32 = 0; p < m; p++) {
      // The table is for 2n: every second entry.
      const w = twiddles + (<usize>(2 * p * stride) << 3);
      const c = v128.load32_splat(w);
      const s = v128.load32_splat(w, 4);
      let from = x + (<usize>(p * stride) << 5);
      let other = x + (<usize>((p + m) * stride) << 5);
      let to = y + (<usize>(2 * p * stride) << 5);
      const step: usize = <usize>stride << 5;
      for (let q: i32 = 0; q < stride; q++) {
        const aRe = v128.load(from);
        const aIm = v128.load(from, 16);
        const bRe = v128.load(other);
        const bIm = v128.load(other, 16);
        v128.store(to, f32x4.add(aRe, bRe));
        v128.store(to, f32x4.add(aIm, bIm), 16);
        const re = f32x4.sub(aRe, bRe);
        const im = f32x4.sub(aIm, bIm);
        v128.store(to + step, f32x4.add(f32x4.mul(re, c), f32x4.mul(im, s)));
        v128.store(to + step, f32x4.sub(f32x4.mul(im, c), f32x4.mul(re, s)), 16);
        from += 32;
        other += 32;
        to += 32;
      }
    }
    const swap = x;
    x = y;
    y = swap;
  }
  return x;
}

/** Unpacks the half-length transform into |X|^2 of bins 0 to half. */
function power(half: i32, twiddles: usize, z: usize, out: usize): void {
  const scale = f32x4.splat(0.5);
  for (let k: i32 = 0; k <= half; k++) {
    const one = z + (<usize>(k == half ? 0 : k) << 5);
    const two = z + (<usize>(k == 0 ? 0 : half - k) << 5);
    const evenRe = f32x4.mul(scale, f32x4.add(v128.load(one), v128.load(two)));
    const evenIm = f32x4.mul(scale, f32x4.sub(v128.load(one, 16), v128.load(two, 16)));
    const oddRe = f32x4.mul(scale, f32x4.add(v128.load(one, 16), v128.load(two, 16)));
    const oddIm = f32x4.mul(scale, f32x4.sub(v128.load(two), v128.load(one)));
    const w = twiddles + (<usize>k << 3);
    const c = v128.load32_splat(w);
    const s = v128.load32_splat(w, 4);
    const re = f32x4.add(evenRe, f32x4.add(f32x4.mul(c, oddRe), f32x4.mul(s, oddIm)));
    const im = f32x4.add(evenIm, f32x4.sub(f32x4.mul(c, oddIm), f32x4.mul(s, oddRe)));
    v128.store(out + (<usize>k << 4), f32x4.add(f32x4.mul(re, re), f32x4.mul(im, im)));
  }
}

/** Splits 2 * `count` samples (`count` a multiple of 4) into those of even and of odd index. */
export function deinterleave(samples: usize, even: usize, odd: usize, count: i32): void {
  const end: usize = even + (<usize>count << 2);
  while (even < end) {
    const a = v128.load(samples);
    const b = v128.load(samples, 16);
    v128.store(even, v128.shuffle<f32>(a, b, 0, 2, 4, 6));
    v128.store(odd, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
    samples += 32;
    even += 16;
    odd += 16;
  }
}

/**
 * A half-band filter on split samples: output n is half of even[n] and the sum of `length` odd samples from odd[n] on times `taps`.
 * Works on four outputs at a time; `count` is rounded up to that.
 */
export function halve(even: usize, odd: usize, taps: usize, out: usize, count: i32, length: i32): void {
  const half = f32x4.splat(0.5);
  const end: usize = taps + (<usize>length << 2);
  for (let n: i32 = 0; n < count; n += 4) {
    const at: usize = <usize>n << 2;
    let sum0 = f32x4.mul(half, v128.load(even + at));
    let sum1 = f32x4.splat(0);
    let a: usize = odd + at;
    for (let b: usize = taps; b < end; b += 8) {
      sum0 = f32x4.add(sum0, f32x4.mul(v128.load(a), v128.load32_splat(b)));
      sum1 = f32x4.add(sum1, f32x4.mul(v128.load(a, 4), v128.load32_splat(b, 4)));
      a += 8;
    }
    v128.store(out + at, f32x4.add(sum0, sum1));
  }
}
