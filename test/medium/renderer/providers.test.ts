import { describe, it } from 'vitest';
import { missing } from '../../builders/requirements';
import { benchOfFile, openFromMenu, until } from './harness';

describe.skipIf(missing('chromium'))('what the inference can run on', () => {
  const bench = benchOfFile();

  it('is listed in the listening dialog, and tried again on demand', async () => {
    const opened = await bench.open();
    const dialog = await openFromMenu(opened, 'Listening…', 'How Genregram listens');
    const lines = dialog.getByRole('list', { name: 'What this machine has' }).getByRole('listitem');
    await until(async () => lines.allTextContents()).toEqual([
      'WebGPU on NVIDIA RTX A2000: the trial process crashed or hung in this provider',
      'CPU on AMD EPYC: 780 windows/s, batch 8 · in use',
    ]);
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await until(async () => lines.first().textContent()).toBe(
      'WebGPU on NVIDIA RTX A2000: 3,100 windows/s, checked against CPU, batch 64 · in use',
    );
  });

  it('a provider that was dropped in a run is said to the window', async () => {
    const { page, host } = await bench.open();
    const message = 'WebGPU failed (device lost). It is left out until the next start; the analysis goes on with CPU.';
    host.backend.emit('notice', { level: 'warning', message });
    await page.getByText(message).waitFor();
  });
});
