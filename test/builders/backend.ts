import { dirname, join } from 'node:path';
import type { EventData, EventName } from '#shared/contract/events';
import type { MethodInput, MethodName, MethodOutput } from '#shared/contract/methods';
import { METHODS } from '#shared/contract/methods';
import type { JobStatus, RunFile, TrackRow } from '#shared/contract/schemas';
import { modelPacks } from '../../src/main/adapters/models/packs';
import { composeBackend, type Backend } from '../../src/main/backend/backend';
import type { BackendParts } from '../../src/main/backend/context';
import { openStore } from '../../src/main/store';
import { createFakeAnalysis, type FakeAnalysis, type FakeAnalysisOptions } from './fake-analysis';
import { createFakeDescriber } from './fake-describing';
import { createFakeTagWriter, readFakeTags, type FakeTagWriter } from './fake-files';

export { temporaryFolder } from './temporary-folder';

export interface TestBackend extends Backend {
  readonly fake: FakeAnalysis;
  readonly writer: FakeTagWriter;
  readonly seen: { name: EventName; data: unknown }[];
  /** Checks input and output as the wire would. */
  call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>>;
  /** Starts a job and waits for its end. */
  job(
    method: 'jobs.scan' | 'jobs.analyze',
    input?: MethodInput<'jobs.scan'> & MethodInput<'jobs.analyze'>,
  ): Promise<JobStatus>;
  finished(jobId: string): Promise<JobStatus>;
  /** Takes writes back and waits for the end; `runId` is that of the undo. */
  undo(input?: MethodInput<'write.undo'>): Promise<{ runId: number; results: RunFile[] }>;
  rows(): Promise<TrackRow[]>;
}

/** A real store and real handlers over faked ports. */
export async function startBackend(
  libraryPath: string,
  options: FakeAnalysisOptions & { parts?: Partial<BackendParts>; silent?: boolean } = {},
): Promise<TestBackend> {
  const fake = createFakeAnalysis(options);
  const writer = createFakeTagWriter();
  const model = {
    id: 'fake',
    version: '1.0.0',
    ...options.model,
    name: 'Fake',
    sha256: '0'.repeat(64),
    outputs: [],
    license: 'MIT',
    dir: '/models/fake',
  };
  const bugs: unknown[] = [];
  const backend = await composeBackend({
    store: openStore(libraryPath),
    readTags: readFakeTags,
    tagWriter: writer,
    listModels: () => Promise.resolve({ models: [model], failures: [] }),
    analysis: fake,
    createAnalysis: () => createFakeAnalysis(options),
    describer: createFakeDescriber(),
    modelPacks,
    modelFolders: [],
    userModels: join(dirname(libraryPath), 'models'),
    onBug: (error) => bugs.push(error),
    ...options.parts,
  });
  const seen: TestBackend['seen'] = [];
  // `silent`: nobody listens from the start.
  if (!options.silent) backend.onEvent(<E extends EventName>(name: E, data: EventData<E>) => seen.push({ name, data }));

  const call: TestBackend['call'] = async (method, input) => {
    const handler = backend.handlers[method] as (input: unknown) => unknown;
    return METHODS[method].output.parse(await handler(METHODS[method].input.parse(input))) as never;
  };
  const finished = async (jobId: string): Promise<JobStatus> => {
    for (;;) {
      const job = backend.handlers['jobs.list']({}) as JobStatus[];
      const status = job.find(({ id }) => id === jobId)!;
      if (status.finishedAt !== null) return status;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  return {
    ...backend,
    fake,
    writer,
    seen,
    call,
    finished,
    job: async (method, input = {}) => finished((await call(method, input)).jobId),
    undo: async (input = {}) => {
      const { jobId, runId } = await call('write.undo', input);
      await finished(jobId);
      return { runId, results: await call('write.results', { runId }) };
    },
    rows: async () => (await call('tracks.query', { limit: 1000 })).rows,
    close: async () => {
      await backend.close();
      if (bugs.length > 0) throw new AggregateError(bugs, `bugs in the backend: ${bugs.map(String).join('; ')}`);
    },
  };
}
