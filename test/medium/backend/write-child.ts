import { startBackend } from '../../builders/backend';

/** `write-child LIBRARY write|undo before|after`: writes all decisions, or takes the last run back, and stops for ever around the rename of the second file. */
async function main([library = '', what = '', when = '']: string[]): Promise<void> {
  const backend = await startBackend(library);
  let files = 0;
  const stop = (): void => {
    console.log('in the middle');
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  };
  backend.writer.beforeRename = () => {
    if (++files === 2 && when === 'before') stop();
  };
  backend.writer.afterRename = () => {
    if (files === 2 && when === 'after') stop();
  };
  if (what === 'undo') {
    const [last] = await backend.call('write.history', {});
    await backend.undo({ runId: last!.id });
    return;
  }
  const { planId } = await backend.call('write.plan', {});
  const { jobId } = await backend.call('write.apply', { planId });
  await backend.finished(jobId);
}

void main(process.argv.slice(2));
