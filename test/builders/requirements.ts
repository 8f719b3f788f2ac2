import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Programs and data that a test may need beyond `npm ci`. */
export type Need =
  | 'ffmpeg'
  | 'flac'
  | 'oggenc'
  | 'opusenc'
  | 'shared-data'
  | 'tag-referee'
  | 'chromium'
  | 'electron'
  | 'mutagen'
  | 'strace'
  | 'python'
  | 'xmllint'
  | 'beets'
  | 'base-model'
  | 'not-root';

export const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** Real music and reference tools beside the repository; absent on most machines. */
export const sharedFolder = join(repositoryRoot, '..', 'shared');

const runs = (program: string, ...args: string[]): boolean =>
  spawnSync(program, args, { stdio: 'ignore', timeout: 20_000 }).status === 0;

/** Full path of the first of these programs found on PATH, or null. */
function onPath(...names: string[]): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  for (const name of names)
    for (const folder of folders) if (existsSync(join(folder, name + suffix))) return join(folder, name + suffix);
  return null;
}

/** The Chromium to drive: $CHROMIUM, else the one without an interface of its own (a quarter less work), else what Debian and others call it. */
export const chromiumPath = (): string | null =>
  process.env['CHROMIUM'] ??
  onPath('chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');

/** The Electron binary to drive: under $ELECTRON_OVERRIDE_DIST_PATH, else the one its package has fetched. */
export function electronPath(): string | null {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(repositoryRoot, 'node_modules/electron/dist');
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' } as Record<string, string>;
  const file = join(folder, names[process.platform] ?? 'electron');
  return existsSync(file) ? file : null;
}

/** A Python that has mutagen: Debian's, also where another python3 comes first on PATH. */
export const pythonWithMutagen = (): string | null =>
  ['python3', '/usr/bin/python3'].find((program) => runs(program, '-c', 'import mutagen')) ?? null;

/** A Python that has beets of 2.6 or later, which keeps several genres: $GENREGRAM_BEETS_PYTHON, else the first on PATH. */
export const pythonWithBeets = (): string | null =>
  [process.env['GENREGRAM_BEETS_PYTHON'] ?? 'python3'].find((program) =>
    runs(program, '-c', "import beets.library as b; b.parse_query_string; b.Item._fields['genres']"),
  ) ?? null;

const hasDisplay = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY']);

/** Each gives null if the need is met, else why it is not, in words that can follow "because". */
const checks: Readonly<Record<Need, () => string | null>> = {
  ffmpeg: () => (runs('ffmpeg', '-version') ? null : 'ffmpeg is not installed'),
  flac: () => (runs('flac', '--version') ? null : 'flac is not installed'),
  oggenc: () => (runs('oggenc', '--version') ? null : 'oggenc (vorbis-tools) is not installed'),
  opusenc: () => (runs('opusenc', '--version') ? null : 'opusenc (opus-tools) is not installed'),
  'shared-data': () =>
    existsSync(join(sharedFolder, 'data', 'README.md')) ? null : 'the music in ../shared/data is not here',
  'tag-referee': () => {
    if (!existsSync(join(sharedFolder, 'tools/tag-referee/referee.py')))
      return '../shared/tools/tag-referee is not here';
    return missing('mutagen');
  },
  chromium: () => (chromiumPath() ? null : 'Chromium is not installed'),
  electron: () => {
    if (!electronPath()) return 'no Electron runtime is here (ELECTRON_OVERRIDE_DIST_PATH names a folder with one)';
    return hasDisplay() ? null : 'Electron needs a display (xvfb-run gives one)';
  },
  mutagen: () => (pythonWithMutagen() ? null : 'python3-mutagen is not installed'),
  python: () => (runs('python3', '--version') ? null : 'python3 is not installed'),
  beets: () =>
    pythonWithBeets() ? null : 'no Python with beets 2.6 or later is here (GENREGRAM_BEETS_PYTHON names one)',
  xmllint: () => (runs('xmllint', '--version') ? null : 'xmllint (libxml2-utils) is not installed'),
  strace: () => (runs('strace', '-e', 'trace=none', 'true') ? null : 'strace is not installed or may not trace here'),
  'base-model': () =>
    existsSync(join(repositoryRoot, 'models/base/model.onnx')) ? null : 'models/base has no model.onnx',
  'not-root': () => (process.getuid?.() === 0 ? 'root may read and write everything' : null),
};

const found = new Map<Need, string | null>();

/**
 * Null if everything named is here, else the reason, for `describe.skipIf(missing('ffmpeg'))`. Reasons are also noted
 * with the test file's name for the closing list of `npm test`.
 */
export function missing(...needs: Need[]): string | null {
  for (const need of needs) {
    const known = found.get(need);
    const reason = known === undefined ? checks[need]() : known;
    found.set(need, reason);
    if (reason) {
      leftOut(reason);
      return reason;
    }
  }
  return null;
}

/** Notes that tests of the calling test file are left out, and why, for the closing list of `npm test`. */
export function leftOut(reason: string): void {
  const list = process.env['GENREGRAM_TEST_LEFT_OUT'];
  if (!list) return;
  const file = /test[\\/][\w./\\-]+\.test\.tsx?/.exec(new Error().stack ?? '')?.[0] ?? 'test';
  appendFileSync(list, `${JSON.stringify({ file, reason })}\n`);
}
