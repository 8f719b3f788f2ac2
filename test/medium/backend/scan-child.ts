import { startBackend } from '../../builders/backend';

/** `scan-child LIBRARY FOLDER [quick-first]`: scans and analyses slowly, with a line on stdout for each track that is stored, until killed. */
async function main([library = '', folder = '', how = '']: string[]): Promise<void> {
  const backend = await startBackend(library, { delayMs: 25, concurrency: 2 });
  backend.onEvent((name, data) => {
    if (name === 'job.progress' && 'detail' in data && data.detail === 'cpu · fake') console.log(data.done);
  });
  await backend.job('jobs.scan', { paths: [folder], quickFirst: how === 'quick-first' });
  console.log('end');
  await backend.close();
}

void main(process.argv.slice(2));
