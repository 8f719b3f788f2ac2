/** `npm run dev`: the app in the browser, built and started again at each change of the sources. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { root } from './build.mjs';
import { buildIfStale } from './lib/build-if-stale.mjs';

/** One port and one token for as long as this runs, so that a reload of the page is all it takes. */
const port = process.env.GENREGRAM_DEV_PORT ?? '4173';
const token = randomBytes(32).toString('base64url');
let server = null;
let timer = null;

function stopServer() {
  const ending = server;
  server = null;
  if (!ending || ending.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    ending.once('exit', resolve);
    ending.kill('SIGTERM');
  });
}

async function restart() {
  try {
    await buildIfStale(['main', 'renderer'], console.log);
  } catch (error) {
    console.error(`${error.message}\nWaiting for the next change …`);
    return;
  }
  await stopServer();
  const args = ['--enable-source-maps', join(root, 'out/main/web.cjs'), '--port', port, ...process.argv.slice(2)];
  server = spawn(process.execPath, args, { stdio: 'inherit', env: { ...process.env, GENREGRAM_TOKEN: token } });
}

let running = restart();
watch(join(root, 'src'), { recursive: true }, () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    running = running.then(restart);
  }, 200);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stopServer().then(() => process.exit(0)));
