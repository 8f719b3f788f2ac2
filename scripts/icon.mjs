/** Draws build/icon.png (the packaged app's icon) from the window's own icon.svg with a local Chromium: `node scripts/icon.mjs`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './build.mjs';

const SIZE = 512;
const svg = readFileSync(join(root, 'src/renderer/public/icon.svg'), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage({ viewport: { width: SIZE, height: SIZE } });
await page.setContent(`<style>body{margin:0}svg{width:${SIZE}px;height:${SIZE}px;display:block}</style>${svg}`);
await page.screenshot({ path: join(root, 'build/icon.png'), omitBackground: true });
await browser.close();
