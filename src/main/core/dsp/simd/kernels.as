// AssemblyScript: the two inner loops of the front end in WebAssembly SIMD. Built into kernels.ts by `node scripts/kernels.mjs`.
// All pointers are byte offsets into the module's memory, which the TypeScript side lays out. Floats are 32-bit.

/**
 * Windowed-sinc interpolation: `count` outputs, each the sum of `length` (a multiple of 16) inputs times the taps of its phase.
 * Output n starts at input sample `offset` and has the phase remainder/up; both advance by down/up = wholeStep + partStep/up.
 * Where each phase has taps of its own, outputs of one phase (they lie `up` apart) are made one after the other, two at a time: the
 * taps of all phases together are too many for the nearest cache.
 */
export function resample(
  kept: usize, taps: usize, out: usize, count: i32, length: i32, phases: i32,
  offset: i32, remainder: i32, up: i32, wholeStep: i32, partStep: i32,
): void {
  const bytes: usize = <usize>length << 2;
  const shared = phases != up;
  const first = shared ? count : min(count, up);
  const period: usize = <usize>(wholeStep * up + partStep) << 2;
  for (let n: i32 = 0; n < first; n++) {
    const phase = shared ? min(phases - 1, (remainder * phases + (up >> 1)) / up) : remainder;
    let input: usize = kept + (<usize>offset << 2);
    const weights: usize = taps + (<usize>(phase * length) << 2);
    let to: usize = out + (<usize>n << 2);
    if (shared) {
      f32.store(to, weighted(input, weights, bytes));
    } else {
      let left = (count - n + up - 1) / up;
      for (; left >= 2; left -= 2) {
        twoWeighted(input, input + period, weights, bytes, to, to + (<usize>up << 2));
        input += period << 1;
        to += <usize>up << 3;
      }
      if (left == 1) f32.store(to, weighted(input, weights, bytes));
    }
    offset += wholeStep;
    remainder += partStep;
    if (remainder >= up) {
      remainder -= up;
      offset++;
    }
  }
}

/** The sum of products of `bytes` (a multiple of 64) bytes of floats from `a` and from `b` on. */
@inline
function weighted(a: usize, b: usize, bytes: usize): f32 {
  const end: usize = b + bytes;
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
  return total(f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3)));
}

/** `weighted` of `a` to `toA` and of `c` to `toC`, summed in the same order; the taps are read once for both. */
@inline
function twoWeighted(a: usize, c: usize, b: usize, bytes: usize, toA: usize, toC: usize): void {
  const end: usize = b + bytes;
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let sum2 = f32x4.splat(0);
  let sum3 = f32x4.splat(0);
  let more0 = f32x4.splat(0);
  let more1 = f32x4.splat(0);
  let more2 = f32x4.splat(0);
  let more3 = f32x4.splat(0);
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    sum0 = f32x4.add(sum0, f32x4.mul(v128.load(a), b0));
    sum1 = f32x4.add(sum1, f32x4.mul(v128.load(a, 16), b1));
    sum2 = f32x4.add(sum2, f32x4.mul(v128.load(a, 32), b2));
    sum3 = f32x4.add(sum3, f32x4.mul(v128.load(a, 48), b3));
    more0 = f32x4.add(more0, f32x4.mul(v128.load(c), b0));
    more1 = f32x4.add(more1, f32x4.mul(v128.load(c, 16), b1));
    more2 = f32x4.add(more2, f32x4.mul(v128.load(c, 32), b2));
    more3 = f32x4.add(more3, f32x4.mul(v128.load(c, 48), b3));
    a += 64;
    c += 64;
    b += 64;
  }
  f32.store(toA, total(f32x4.add(f32x4.add(sum0, sum1), f32x4.add(sum2, sum3))));
  f32.store(toC, total(f32x4.add(f32x4.add(more0, more1), f32x4.add(more2, more3))));
}

@inline
function total(sum: v128): f32 {
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
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

/**
 * What becomes of `count` vectors of energies x (0 or more), in place: scale * ln(factor * x + add) + shift, or scale * x + shift where
 * `log` is 0. The logarithm is Cephes' logf (S. Moshier): the mantissa in sqrt(1/2)..sqrt(2), a polynomial of degree 8; within 2 units in
 * the last place over normal numbers. What is no finite number becomes NaN.
 */
export function compress(energies: usize, count: i32, log: i32, factor: f32, add: f32, scale: f32, shift: f32): void {
  const end: usize = energies + (<usize>count << 4);
  for (let p = energies; p < end; p += 16) {
    let x = v128.load(p);
    if (log != 0) x = logarithm(f32x4.add(f32x4.mul(x, f32x4.splat(factor)), f32x4.splat(add)));
    v128.store(p, f32x4.add(f32x4.mul(x, f32x4.splat(scale)), f32x4.splat(shift)));
  }
}

@inline
function logarithm(x: v128): v128 {
  // x = m * 2^e with m in sqrt(1/2)..sqrt(2): the bits of sqrt(1/2) are taken off before the exponent is cut out.
  const shifted = i32x4.sub(x, i32x4.splat(0x3f3504f3));
  const exponent = i32x4.shr_s(shifted, 23);
  const m = i32x4.sub(x, i32x4.shl(exponent, 23));
  const e = f32x4.convert_i32x4_s(exponent);
  const f = f32x4.sub(m, f32x4.splat(1));
  const z = f32x4.mul(f, f);
  let y = f32x4.splat(7.0376836292e-2);
  y = f32x4.add(f32x4.mul(y, f), f32x4.splat(-1.1514610310e-1));
  y = f32x4.add(f32x4.mul(y, f), f32x4.splat(1.1676998740e-1));
  y = f32x4.add(f32x4.mul(y, f), f32x4.splat(-1.2420140846e-1));
  y = f32x4.add(f32x4.mul(y, f), f32x4.splat(1.4249322787e-1));
  y = f32x4.add(f32x4.mul(y, f), f32x4.splat(-1.6668057665e-1));
  y = f32x4.add(f32x4.mul(y, f), f32x4.splat(2.0000714765e-1));
  y = f32x4.add(f32x4.mul(y, f), f32x4.splat(-2.4999993993e-1));
  y = f32x4.add(f32x4.mul(y, f), f32x4.splat(3.3333331174e-1));
  y = f32x4.mul(f32x4.mul(y, f), z);
  // ln 2 in two parts, so that its product with e stays exact.
  y = f32x4.add(y, f32x4.mul(e, f32x4.splat(-2.12194440e-4)));
  y = f32x4.sub(y, f32x4.mul(z, f32x4.splat(0.5)));
  const log = f32x4.add(f32x4.add(f, y), f32x4.mul(e, f32x4.splat(0.693359375)));
  return f32x4.add(log, f32x4.sub(x, x));
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
