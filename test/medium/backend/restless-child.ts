import { createTagWriter } from '../../../src/main/adapters/tags';
import { startBackend, type TestBackend } from '../../builders/backend';

/** `restless-child LIBRARY FILE…`: writes, undoes and redoes for ever, until it is killed. */
async function main([library = '', ...paths]: string[]): Promise<void> {
  const backend = await startBackend(library, { parts: { tagWriter: createTagWriter() } });
  console.log('started');
  for (let round = 0; ; round++) {
    const runId = await write(backend, paths, round);
    if (runId === null) continue;
    const { runId: undo } = await backend.undo({ runId });
    if (round % 2 === 0) await backend.undo({ runId: undo });
    if (round % 5 === 4) await backend.undo({ all: true });
  }
}

async function write(backend: TestBackend, paths: readonly string[], round: number): Promise<number | null> {
  const genres = [
    `Genre ${process.pid} ${round}`,
    ...(round % 3 === 0 ? ['one that moves the audio '.repeat(40)] : []),
  ];
  const change = { genres: genres.map((genre) => genre.trim().slice(0, 200)), moods: round % 2 ? ['Happy'] : [] };
  const { planId } = await backend.call('write.planFiles', { paths: [...paths], change });
  const { jobId, runId } = await backend.call('write.apply', { planId });
  await backend.finished(jobId);
  const run = (await backend.call('write.history', {})).find(({ id }) => id === runId);
  return run && run.written > 0 ? runId : null;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.log(`error ${String(error)}`);
  process.exit(1);
});
