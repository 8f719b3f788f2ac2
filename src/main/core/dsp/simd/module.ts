import { KERNELS_HEX } from './kernels';

/** The part of the WebAssembly interface that is used; this layer is compiled without the libraries that declare it. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/** See kernels.as for what the arguments mean. Offsets are bytes into `memory`. */
export interface Kernels {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  resample(
    kept: number,
    taps: number,
    out: number,
    count: number,
    length: number,
    phases: number,
    offset: number,
    remainder: number,
    up: number,
    wholeStep: number,
    partStep: number,
  ): void;
  deinterleave(samples: number, even: number, odd: number, count: number): void;
  halve(even: number, odd: number, taps: number, out: number, count: number, length: number): void;
  compress(
    energies: number,
    count: number,
    log: number,
    factor: number,
    add: number,
    scale: number,
    shift: number,
  ): void;
  melFrames(
    signal: number,
    hop: number,
    nFft: number,
    window: number,
    twiddles: number,
    a: number,
    b: number,
    bands: number,
    nMels: number,
    magnitude: number,
    out: number,
  ): void;
}

const PAGE = 65_536;

let compiled: object | null = null;

/**
 * A fresh instance of the kernels with memory for the given regions. WebAssembly SIMD is in every Node and Electron that the
 * app runs on.
 * @param sizes bytes of each region. @returns their offsets, each a multiple of 16.
 */
export function createKernels<Region extends string>(
  sizes: Readonly<Record<Region, number>>,
): { kernels: Kernels; at: Readonly<Record<Region, number>> } {
  compiled ??= new WebAssembly.Module(
    Uint8Array.from(KERNELS_HEX.match(/../g) ?? [], (hex) => Number.parseInt(hex, 16)),
  );
  const kernels = new WebAssembly.Instance(compiled).exports as Kernels;
  const at: Record<Region, number> = { ...sizes };
  // The first bytes are the module's own.
  let end = 1024;
  for (const region of Object.keys(sizes) as Region[]) {
    at[region] = end;
    end += Math.ceil(sizes[region] / 16) * 16;
  }
  const pages = Math.ceil(end / PAGE) - kernels.memory.buffer.byteLength / PAGE;
  if (pages > 0) kernels.memory.grow(pages);
  return { kernels, at };
}
