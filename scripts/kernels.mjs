/** Compiles src/main/core/dsp/simd/kernels.as to WebAssembly and writes it into kernels.ts. `--check` only compares. */
import asc from 'assemblyscript/asc';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../src/main/core/dsp/simd/', import.meta.url));
const target = join(folder, 'kernels.ts');

export async function compileKernels() {
  let binary = new Uint8Array(0);
  const { error, stderr } = await asc.main(
    [
      'kernels.ts',
      '--outFile',
      'kernels.wasm',
      '--runtime',
      'stub',
      '--enable',
      'simd',
      '--noAssert',
      '-O3',
      '--converge',
    ],
    {
      readFile: (name) => (name === 'kernels.ts' ? readFileSync(join(folder, 'kernels.as'), 'utf8') : null),
      writeFile: (name, contents) => {
        if (name === 'kernels.wasm') binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  const hex = Buffer.from(binary).toString('hex');
  const lines = hex.match(/.{1,100}/g).map((line) => `  '${line}',`);
  return [
    '/** Made by `node scripts/kernels.mjs` from kernels.as; not to be edited. WebAssembly in hexadecimal digits. */',
    `export const KERNELS_HEX = [`,
    ...lines,
    `].join('');`,
    '',
  ].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await compileKernels();
  if (!process.argv.includes('--check')) writeFileSync(target, text);
  else if (readFileSync(target, 'utf8') !== text) {
    process.stderr.write('kernels.ts is not what kernels.as compiles to: run node scripts/kernels.mjs\n');
    process.exitCode = 1;
  }
}
