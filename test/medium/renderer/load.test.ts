import { describe, it } from 'vitest';
import { missing } from '../../builders/requirements';
import { benchOfFile, until } from './harness';

describe.skipIf(missing('chromium'))('what the window and the backend tell each other of the machine', () => {
  const bench = benchOfFile();

  it('a job that waits of itself says why and can only be cancelled', async () => {
    const { page, host } = await bench.open({ tickMs: 3_600_000 });
    await page.getByRole('button', { name: 'Scan', exact: true }).click();
    const progress = page.getByRole('contentinfo', { name: 'Progress' });
    await progress.getByRole('button', { name: 'Cancel' }).waitFor();
    const [job] = await host.backend.handlers['jobs.list']({});
    host.backend.emit('job.progress', { ...job!, state: 'paused', held: 'The machine runs on its battery' });
    await progress.getByText('The machine runs on its battery; goes on by itself').waitFor();
    await until(() => progress.getByText(/^Waiting at /).count()).toBe(1);
    await until(() => progress.getByRole('button', { name: 'Resume' }).count()).toBe(0);
    host.backend.emit('job.progress', { ...job!, state: 'running', held: null });
    await until(() => progress.getByText('goes on by itself').count()).toBe(0);
  });

  it('a window in front says so, and when it is no longer', async () => {
    const { page, host } = await bench.open();
    const told: boolean[] = [];
    host.backend.handlers['window.inFront'] = ({ inFront }) => {
      told.push(inFront);
      return {};
    };
    await page.evaluate(() => {
      Object.defineProperty(document, 'hasFocus', { value: () => false, configurable: true });
      window.dispatchEvent(new Event('blur'));
    });
    await page.evaluate(() => {
      Object.defineProperty(document, 'hasFocus', { value: () => true, configurable: true });
      window.dispatchEvent(new Event('focus'));
    });
    await until(() => told.slice(-2)).toEqual([false, true]);
  });
});
