import type * as Ort from 'onnxruntime-node';

export type OrtModule = typeof Ort;

/** Loads onnxruntime-node, silenced: later versions send telemetry unless told not to before they load. */
export async function loadRuntime(): Promise<OrtModule> {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
  const ort = await import('onnxruntime-node');
  ort.env.logLevel = 'error';
  return ort;
}
