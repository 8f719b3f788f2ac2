import type { MessagePortMain } from 'electron';
import { METHODS } from '#shared/contract/methods';
import { DRAGGED_AT_MOST } from '#shared/contract/preload-api';
import { assertNever, toFailure } from '#shared/domain/failure';
import { createBackend, type Backend } from '../../backend/compose';
import { makeFolderOf } from '../shared/library-folder';
import { sendOverPort } from './audio-relay';
import { createToldPower } from './power';
import { portTransport } from './port-transport';
import { backendOptionsSchema, toBackendSchema, type FromBackend, type ToBackend } from './process-messages';
import { createAnalysisSpawner } from './spawn-analysis';

/** The backend in a process of its own. Windows reach it over ports that main hands in. */
const main = process.parentPort;
const analysis = createAnalysisSpawner(main);
const tell = (message: FromBackend): void => {
  main.postMessage(message);
};

const power = createToldPower();

let backend: Backend | null = null;

function hear(message: ToBackend, port: MessagePortMain | undefined): void {
  switch (message.type) {
    case 'attach':
      if (port) backend?.attach(portTransport(port));
      return;
    case 'audio':
      if (port && backend) void sendOverPort(backend.playback.respond(message.request), port);
      else port?.close();
      return;
    case 'paths':
      if (port) void sendPaths(message.trackIds, port);
      return;
    case 'analysis-channel':
      if (port) analysis.channelArrived(message.id, port);
      return;
    case 'analysis-exit':
      analysis.exited(message.id, message.code);
      return;
    case 'power':
      power.tell(message.onBattery);
      return;
    case 'close':
      void (backend?.close() ?? Promise.resolve()).finally(() => process.exit(0));
      return;
    default:
      assertNever(message);
  }
}

/** Paths of what is in the library, and nothing else, leave it. */
async function sendPaths(trackIds: number[], port: MessagePortMain): Promise<void> {
  const query = METHODS['tracks.query'].input.parse({ ids: trackIds, limit: DRAGGED_AT_MOST });
  const found = await backend?.handlers['tracks.query'](query);
  port.postMessage((found?.rows ?? []).map(({ path }) => path));
  port.close();
}

main.on('message', ({ data, ports }) => {
  const parsed = toBackendSchema.safeParse(data);
  if (parsed.success) hear(parsed.data, ports[0]);
});

async function run(): Promise<void> {
  const options = backendOptionsSchema.parse(JSON.parse(process.argv.at(-1) ?? ''));
  makeFolderOf(options.libraryPath);
  backend = await createBackend({ ...options, spawnAnalysis: analysis.spawn, power, refinesUnasked: true });
  tell({ type: 'ready' });
}

run().catch((error: unknown) => {
  const failure = toFailure(error);
  if (failure.code === 'internal') console.error(error);
  tell({ type: 'failed', failure });
  // The message is on its way over a pipe; a moment's wait lets it leave before the process does.
  setTimeout(() => process.exit(3), 200);
});
