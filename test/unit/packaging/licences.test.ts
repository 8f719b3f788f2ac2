import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { repositoryRoot } from '../../builders/requirements';

interface Locked {
  readonly license?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
}
interface Manifest {
  readonly license?: string;
  readonly name: string;
}

const readJson = <T>(path: string): T => JSON.parse(readFileSync(join(repositoryRoot, path), 'utf8')) as T;

/** All packages that are installed, by their folders, whether the app ships them or only its building needs them. */
const locked = Object.entries(readJson<{ packages: Record<string, Locked> }>('package-lock.json').packages).filter(
  ([folder, { link }]) => folder !== '' && !link,
);
const PERMISSIVE =
  /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-4\.0|OFL-1\.1|MPL-2\.0|Python-2\.0|WTFPL|Unlicense)$/;
const COPYLEFT = /GPL|LESSER GENERAL|AFFERO/i;

/** Does one of the licences that a package may be used by ask for no more than to be named? */
const isPermissive = (licence: string): boolean =>
  licence
    .replace(/^\(|\)$/g, '')
    .split(' OR ')
    .some((one) => one.split(' AND ').every((each) => PERMISSIVE.test(each)));

/** What the compiled parts inside of packages are made of, which a package's own licence does not tell. */
const COMPILED: Readonly<Record<string, string>> = {
  '@wasm-audio-decoders/flac': 'BSD-3-Clause', // libFLAC
  '@wasm-audio-decoders/ogg-vorbis': 'BSD-3-Clause', // libogg, libvorbis
  'opus-decoder': 'BSD-3-Clause', // libopus
  '@wasm-audio-decoders/common': 'MIT', // puff of zlib (Zlib licence)
  'mpg123-decoder': 'LGPL-2.1-or-later', // libmpg123
};
/** Copyleft all the same: a part of its own that users can replace (it is not bundled), and no more of them. */
const REPLACEABLE = ['mpg123-decoder'];

describe('licences', () => {
  test('every package that is installed allows an app under MIT', () => {
    expect(locked.length).toBeGreaterThan(100);
    const wrong = locked.filter(([folder, { license }]) => {
      const path = join(folder, 'package.json');
      // Packages for other systems are in the list only.
      const said = existsSync(join(repositoryRoot, path)) ? (readJson<Manifest>(path).license ?? license) : license;
      return !said || !isPermissive(said) || (license !== undefined && !isPermissive(license));
    });
    expect(wrong.map(([folder]) => folder)).toEqual([]);
  });

  test('no shipped package brings the text of a copyleft licence', () => {
    const shipped = locked.filter(([folder, { dev }]) => !dev && existsSync(join(repositoryRoot, folder)));
    expect(shipped.length).toBeGreaterThan(10);
    const texts = shipped.flatMap(([folder]) =>
      readdirSync(join(repositoryRoot, folder))
        .filter((name) => /^(licen[cs]e|copying)/i.test(name))
        .map((name) => join(folder, name)),
    );
    expect(texts.length).toBeGreaterThan(5);
    const head = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8').slice(0, 400);
    expect(texts.filter((path) => COPYLEFT.test(head(path)))).toEqual([]);
  });

  test('the parser of the wasm decoders, which is LGPL, is not installed: a stand-in of ours is', () => {
    const folder = join(repositoryRoot, 'node_modules/codec-parser');
    expect(realpathSync(folder)).toBe(join(realpathSync(repositoryRoot), 'scripts/no-codec-parser'));
    expect(Object.keys(Object.fromEntries(locked))).not.toContain('node_modules/codec-parser');
  });

  test('the notices have the terms of every package that is bundled or shipped', async () => {
    const { notices, packageFolder } = (await import(
      pathToFileURL(join(repositoryRoot, 'scripts/notices.mjs')).href
    )) as { notices: (modules: string[]) => string; packageFolder: (path: string) => string | null };
    expect(packageFolder('/any/where/node_modules/@mantine/core/esm/index.mjs')).toBe('node_modules/@mantine/core');
    expect(packageFolder('src/main/ports.ts')).toBeNull();
    const text = notices(['node_modules/react/index.js', 'src/main/ports.ts']);
    const shipped = locked.filter(([folder, { dev }]) => !dev && existsSync(join(repositoryRoot, folder)));
    for (const [folder] of [...shipped, ['node_modules/react'] as const])
      expect(text).toContain(`\n${readJson<Manifest>(join(folder, 'package.json')).name} `);
    expect(text).toContain('GNU LESSER GENERAL PUBLIC LICENSE');
    expect(text).toContain('libmpg123 (LGPL-2.1)');
  });

  test('what is compiled into the decoders is known, and nothing that is copyleft is bundled', async () => {
    const { external } = (await import(pathToFileURL(join(repositoryRoot, 'scripts/build.mjs')).href)) as {
      external: string[];
    };
    const { metafile } = await build({
      absWorkingDir: repositoryRoot,
      entryPoints: ['src/main/analysis/decode-worker.ts'],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'cjs',
      external,
      define: { 'import.meta.url': 'undefined' },
      outdir: 'out',
    });
    const packages = new Set(
      Object.keys(metafile.inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
    );
    expect(packages).toContain('opus-decoder');
    const decoders = [...packages].filter((name) => /decoder/.test(name));
    expect(decoders.filter((name) => !isPermissive(COMPILED[name] ?? 'unknown'))).toEqual([]);
    const copyleft = Object.keys(COMPILED).filter((name) => !isPermissive(COMPILED[name]!));
    expect(copyleft).toEqual(REPLACEABLE);
    expect(external).toEqual(expect.arrayContaining(REPLACEABLE));
    const packaging = readFileSync(join(repositoryRoot, 'electron-builder.yml'), 'utf8');
    for (const name of REPLACEABLE) expect(packaging).toContain(`'node_modules/${name}/**'`);
  });
});
