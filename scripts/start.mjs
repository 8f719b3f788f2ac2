/**
 * `npm start [-- --web] [options]`: opens the app. Electron is its home; where no Electron runtime or no display can be
 * had, one line says so and the same app is served to a browser.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './build.mjs';
import { buildIfStale } from './lib/build-if-stale.mjs';
import { findElectron, whyNoDisplay } from './lib/electron-runtime.mjs';
import { runToEnd } from './lib/run-to-end.mjs';
import { whyNoSandbox } from './lib/sandbox.mjs';

const options = process.argv.slice(2).filter((argument) => argument !== '--web');
const wantsWeb = options.length < process.argv.length - 2;

await buildIfStale(['main', 'renderer'], console.log);
const found = wantsWeb ? null : await lookForElectron();
process.exitCode = await runToEnd(
  found && 'binary' in found ? openWindow(found.binary) : serveToBrowser(found?.reason),
);

async function lookForElectron() {
  const noDisplay = whyNoDisplay();
  return noDisplay ? { reason: noDisplay } : findElectron(console.log);
}

function openWindow(binary) {
  const noSandbox = whyNoSandbox(binary);
  if (noSandbox) console.log(`Electron is started without its sandbox because ${noSandbox}.`);
  return spawn(binary, [...(noSandbox ? ['--no-sandbox'] : []), root, ...options], {
    stdio: 'inherit',
    windowsHide: false,
  });
}

function serveToBrowser(reason) {
  if (reason) console.log(`Electron is left out because ${reason}; serving to your browser instead.`);
  const program = join(root, 'out/main/web.cjs');
  return spawn(process.execPath, ['--enable-source-maps', program, ...options], { stdio: 'inherit' });
}
