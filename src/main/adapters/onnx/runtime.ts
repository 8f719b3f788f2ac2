import type * as Ort from 'onnxruntime-node';
import type * as Web from 'onnxruntime-web';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CodedError } from '#shared/domain/failure';

/** onnxruntime, in whichever of its two builds. */
export interface Runtime {
  readonly InferenceSession: typeof Ort.InferenceSession;
  readonly Tensor: typeof Ort.Tensor;
  readonly version: string;
  /** Names of the providers that are compiled in. */
  readonly providers: readonly string[];
}

/** The provider of the WebAssembly build: the last resort, several times slower than the CPU. */
export const WASM = 'wasm';

/**
 * Loads the build that has a provider. One that none has is looked for in the native one.
 * Throws `provider-unavailable` where the build can't be loaded on this machine, or no longer in this process: of the two, the native
 * one must be loaded first.
 */
export const loadRuntime = (provider: string): Promise<Runtime> => (provider === WASM ? loadWasm() : loadNative());

/** What a model is tried on where nothing else is asked for: `cpu`, or `wasm` where the native build can't be loaded. */
export async function plainProvider(): Promise<string> {
  return loadNative().then(
    () => 'cpu',
    () => WASM,
  );
}

/** The version of both builds, without loading either: they are pinned to the same one. */
export function runtimeVersion(): string {
  return (requireHere('onnxruntime-node/package.json') as { version: string }).version;
}

/** The builds share a list of who provides what, in which the first stands: after the other one `cpu` would be WebAssembly unnoticed. */
let first: 'native' | 'wasm' | null = null;

/** Loads onnxruntime-node, silenced: later versions send telemetry unless told not to before they load. */
async function loadNative(): Promise<Runtime> {
  if (first === 'wasm')
    throw new CodedError('provider-unavailable', 'This process runs on WebAssembly already; start the analysis again.');
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  try {
    const ort = await import('onnxruntime-node');
    first ??= 'native';
    ort.env.logLevel = 'error';
    const providers = ort.listSupportedBackends().map(({ name }) => name);
    return { InferenceSession: ort.InferenceSession, Tensor: ort.Tensor, version: runtimeVersion(), providers };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new CodedError(
      'provider-unavailable',
      `onnxruntime's native program can't be loaded on this system (${reason}); choose the provider auto or ${WASM}.`,
      { cause },
    );
  }
}

/** Loads onnxruntime-web, its program read from disk: nothing is fetched. One thread, as decoding has the others. */
async function loadWasm(): Promise<Runtime> {
  try {
    // The package's CommonJS side: modules can't be imported out of Electron's archive. It imports its program, which is unpacked beside it.
    first ??= 'wasm';
    const { InferenceSession, Tensor, env } = requireHere('onnxruntime-web') as typeof Web;
    const folder = dirname(requireHere.resolve('onnxruntime-web')).replace(`app.asar${sep}`, `app.asar.unpacked${sep}`);
    const program = join(folder, 'ort-wasm-simd-threaded');
    env.logLevel = 'error';
    env.wasm.numThreads = 1;
    env.wasm.wasmPaths = { mjs: pathToFileURL(`${program}.mjs`).href };
    env.wasm.wasmBinary ??= await readFile(`${program}.wasm`);
    return { InferenceSession, Tensor, version: runtimeVersion(), providers: [WASM] };
  } catch (cause) {
    throw new CodedError(
      'provider-unavailable',
      "onnxruntime's WebAssembly program can't be loaded; install Genregram again.",
      { cause },
    );
  }
}

const requireHere = createRequire(__filename);
