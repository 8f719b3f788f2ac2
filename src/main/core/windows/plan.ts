import type { WindowPlan } from '#shared/domain/analysis';

/** Fixed for ever: random windows must fall on the same places whenever and wherever a track is analysed. */
const RANDOM_SEED = 0x6e72_6567;

/**
 * Where the windows of a plan start, in frames, ascending.
 * @param totalFrames of the track; @param windowFrames of a window.
 * `all`: one after the other, and one that ends with the track if at least half a window is left over. `spread`: the middles of
 * `count` equal parts, or `all` if that many don't fit side by side. `random`: drawn with a fixed seed, may overlap.
 * A track shorter than a window has one window, at 0, which is to be filled by repeating the track.
 */
export function planStarts(plan: WindowPlan, totalFrames: number, windowFrames: number): number[] {
  if (totalFrames < windowFrames) return totalFrames > 0 ? [0] : [];
  switch (plan.kind) {
    case 'all':
      return contiguousStarts(totalFrames, windowFrames);
    case 'spread':
      return plan.count * windowFrames >= totalFrames
        ? contiguousStarts(totalFrames, windowFrames)
        : spreadStarts(plan.count, totalFrames, windowFrames);
    case 'random':
      return randomStarts(plan.count, totalFrames, windowFrames);
  }
}

function contiguousStarts(totalFrames: number, windowFrames: number): number[] {
  const whole = Math.floor(totalFrames / windowFrames);
  const starts = Array.from({ length: whole }, (_, i) => i * windowFrames);
  const left = totalFrames - whole * windowFrames;
  if (left > 0 && left >= windowFrames / 2) starts.push(totalFrames - windowFrames);
  return starts;
}

function spreadStarts(count: number, totalFrames: number, windowFrames: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * totalFrames) / count - windowFrames / 2));
}

function randomStarts(count: number, totalFrames: number, windowFrames: number): number[] {
  const next = mulberry32(RANDOM_SEED);
  const places = totalFrames - windowFrames + 1;
  return Array.from({ length: count }, () => Math.floor(next() * places)).sort((a, b) => a - b);
}

/** Tommy Ettinger's Mulberry32: uniform in 0..1 (1 excluded), the same sequence for a seed on every machine. */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
