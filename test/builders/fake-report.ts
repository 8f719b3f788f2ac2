import type { DoctorReport } from '#shared/contract/schemas';

/** A report of a machine whose graphics processor works when it is tried again. */
export function fakeReport(again: boolean): DoctorReport {
  const card = 'WebGPU on NVIDIA RTX A2000';
  return {
    version: '0.1.0',
    node: '20.20.2',
    electron: null,
    platform: 'linux x64',
    onnxruntime: '1.27.0',
    decoders: [],
    providers: [
      again
        ? { name: 'webgpu', state: 'in-use', detail: `${card}: 3,100 windows/s, checked against CPU, batch 64` }
        : { name: 'webgpu', state: 'failed', detail: `${card}: the trial process crashed or hung in this provider` },
      { name: 'cpu', state: again ? 'works' : 'in-use', detail: 'CPU on AMD EPYC: 780 windows/s, batch 8' },
    ],
    models: [],
    chosenModel: { id: 'base', problem: null },
    modelFailures: [],
    library: { path: '/library.sqlite', bytes: 4096, schemaVersion: 1, tracks: 0, analysed: 0 },
  };
}
