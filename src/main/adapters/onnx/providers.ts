/** What a platform may have besides the CPU; all are tried. TensorRT is left out: it builds its engines for minutes on each machine. */
export function providerCandidates(platform: NodeJS.Platform = process.platform): readonly string[] {
  return CANDIDATES[platform] ?? [];
}

const CANDIDATES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  win32: ['dml', 'webgpu', 'cuda'],
  darwin: ['coreml', 'webgpu'],
  linux: ['cuda', 'webgpu'],
};

const NAMES: Readonly<Record<string, string>> = {
  cpu: 'CPU',
  cuda: 'CUDA',
  dml: 'DirectML',
  coreml: 'Core ML',
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
};

/** A provider's name as users read it. */
export const providerName = (provider: string): string => NAMES[provider] ?? provider;
