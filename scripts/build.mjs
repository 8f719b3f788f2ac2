/** Builds everything into out/: the renderer by vite, each program of src/main by esbuild into one CommonJS file. */
import { build } from 'esbuild';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeManual } from './manual.mjs';
import { notices } from './notices.mjs';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** Program -> its entry. CommonJS because an ESM worker can't be loaded out of an asar archive, nor a sandboxed preload. */
const programs = {
  cli: 'src/main/hosts/cli/main.ts',
  web: 'src/main/hosts/web/main.ts',
  analysis: 'src/main/analysis/main.ts',
  'decode-worker': 'src/main/analysis/decode-worker.ts',
  features: 'src/main/analysis/features-main.ts',
  electron: 'src/main/hosts/electron/main.ts',
  'electron-backend': 'src/main/hosts/electron/backend-process.ts',
  preload: 'src/main/hosts/electron/preload.ts',
  'decode-preload': 'src/main/hosts/electron/decode-preload.ts',
};

/**
 * Loaded from node_modules at run time: native code, the wasm package that starts workers of its own, and the runtime. libmpg123 is LGPL: its
 * package stays a part of its own that can be replaced.
 */
export const external = ['electron', 'onnxruntime-node', 'onnxruntime-web', 'libsql', 'mpg123-decoder'];

/** @returns {Promise<string[]>} the modules that it bundled */
export async function buildMain() {
  const entryPoints = Object.fromEntries(Object.entries(programs).filter(([, file]) => existsSync(join(root, file))));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    outdir: 'out/main',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: true,
    external,
    loader: { '.sql': 'text' },
    define: { 'import.meta.url': 'undefined' },
    logLevel: 'warning',
    metafile: true,
  });
  return Object.keys(metafile.inputs);
}

/** Vite takes over whatever NODE_ENV says; where tests build, React would come out in its development form, several times as slow. */
async function inProduction(work) {
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

/** @returns {Promise<string[]>} the modules that it bundled */
export async function buildRenderer() {
  const modules = new Set();
  const collect = {
    name: 'collect-modules',
    generateBundle(_, bundle) {
      for (const { modules: inChunk, originalFileNames = [] } of Object.values(bundle))
        for (const path of [...Object.keys(inChunk ?? {}), ...originalFileNames]) modules.add(path);
    },
  };
  const { build: viteBuild } = await import('vite');
  await inProduction(() =>
    viteBuild({
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'warn',
      plugins: [collect],
      worker: { plugins: () => [collect] },
    }),
  );
  return [...modules];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  rmSync(join(root, 'out/main'), { recursive: true, force: true });
  const modules = [...(await buildMain()), ...(await buildRenderer())];
  writeFileSync(join(root, 'out/THIRD_PARTY_NOTICES.txt'), notices(modules));
  writeManual();
}
