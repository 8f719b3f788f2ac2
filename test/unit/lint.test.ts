import { ESLint, type Linter } from 'eslint';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { afterAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

/** The project's own lint, less the rules that need a file to be on disk and in a tsconfig. */
const eslint = new ESLint({
  cwd: root,
  overrideConfig: [
    {
      files: ['**/*.{ts,tsx}'],
      ...(tseslint.configs.disableTypeChecked as Linter.Config),
      languageOptions: { parserOptions: { projectService: false } },
    },
  ],
});

async function breaches(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: join(root, filePath) });
  if (!result) throw new Error(`${filePath} is not linted at all`);
  return result.messages.map((message) => `${message.ruleId ?? 'parse'}: ${message.message}`);
}

/** A file that exists in a room, so that an import of it resolves. */
function aFileIn(folder: string): string {
  const found = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort()[0];
  if (!found) throw new Error(`${folder} holds no TypeScript file`);
  return join(folder, found).replace(/\.ts$/, '');
}

const importFrom = (from: string, target: string): string => {
  const path = relative(join(from, '..'), target).replaceAll('\\', '/');
  return `import * as other from '${path.startsWith('.') ? path : `./${path}`}';\nexport default other;\n`;
};

describe('imports run one way', () => {
  const forbidden: [from: string, target: string][] = [
    ['src/renderer/breach.ts', 'src/main/ports'],
    ['src/renderer/breach.ts', 'src/main/backend'],
    ['src/shared/domain/breach.ts', 'src/shared/contract'],
    ['src/shared/contract/breach.ts', 'src/main/ports'],
    ['src/shared/contract/breach.ts', 'src/renderer'],
    ['src/main/core/breach.ts', 'src/main/adapters'],
    ['src/main/core/breach.ts', 'src/main/ports'],
    ['src/main/core/breach.ts', 'src/shared/contract'],
    ['src/main/adapters/breach.ts', 'src/main/store'],
    ['src/main/adapters/breach.ts', 'src/main/backend'],
    ['src/main/store/breach.ts', 'src/main/adapters'],
    ['src/main/analysis/breach.ts', 'src/main/backend'],
    ['src/main/backend/breach.ts', 'src/main/hosts/web'],
    ['src/main/hosts/cli/breach.ts', 'src/main/hosts/electron'],
    ['src/main/hosts/web/breach.ts', 'src/main/adapters'],
    ['src/main/hosts/electron/breach.ts', 'src/main/adapters'],
    ['src/main/backend/breach.ts', 'test/builders'],
  ];

  it.each(forbidden)('%s importing %s is a breach', async (from, target) => {
    const code = importFrom(from, target.endsWith('ports') ? target : aFileIn(target));
    expect(await breaches(from, code)).toEqual([expect.stringMatching(/^boundaries\/dependencies: .* may not import/)]);
  });

  it('catches a type import, a re-export, a dynamic import and the #shared alias as well', async () => {
    const core = 'src/main/core/breach.ts';
    for (const code of [
      `import type { Decoder } from '../ports';\nexport type A = Decoder;\n`,
      `export * from '../ports';\n`,
      `export const load = () => import('../ports');\n`,
      `export * from '#shared/contract/schemas';\n`,
    ])
      expect(await breaches(core, code)).toEqual([expect.stringContaining('boundaries/dependencies')]);
  });

  it('lets each room import what it may', async () => {
    const fine: [string, string][] = [
      ['src/renderer/fine.ts', `export * from '#shared/contract/client';\n`],
      ['src/shared/contract/fine.ts', `export * from '../domain/failure';\nexport * from 'zod';\n`],
      ['src/main/core/fine.ts', `export * from '#shared/domain/failure';\n`],
      ['src/main/adapters/fine.ts', `export * from '../ports';\nexport * from 'node:fs';\n`],
      ['src/main/hosts/electron/fine.ts', `export * from 'electron';\nexport * from 'node:path';\n`],
    ];
    for (const [file, code] of fine) expect(await breaches(file, code)).toEqual([]);
  });

  it('makes a file in no room an error', async () => {
    for (const stray of ['src/stray.ts', 'src/main/stray.ts', 'src/main/helpers/stray.ts', 'src/main/hosts/stray.ts'])
      expect(await breaches(stray, 'export const a = 1;\n')).toEqual([
        expect.stringContaining('boundaries/no-unknown-files'),
      ]);
  });
});

describe('each runtime stays in its folders', () => {
  it.each(['src/shared/domain', 'src/shared/contract', 'src/main/core', 'src/renderer'])(
    '%s may not import from Node',
    async (folder) => {
      for (const module of ['node:fs', 'fs', 'node:child_process'])
        expect(await breaches(`${folder}/breach.ts`, `export * from '${module}';\n`)).toEqual([
          expect.stringMatching(/^boundaries\/dependencies: .* may not import/),
        ]);
    },
  );

  it.each(['src/main/backend', 'src/main/hosts/cli', 'src/main/hosts/web', 'src/main/adapters', 'src/renderer'])(
    '%s may not import electron',
    async (folder) => {
      for (const module of ['electron', 'electron/main'])
        expect(await breaches(`${folder}/breach.ts`, `export * from '${module}';\n`)).toEqual([
          'boundaries/dependencies: Only src/main/hosts/electron may import electron.',
        ]);
    },
  );

  it('keeps the raw channels in the Electron host', async () => {
    const code = (name: string) => `export const use = (${name}: unknown) => ${name};\n`;
    for (const name of ['ipcMain', 'ipcRenderer', 'utilityProcess', 'contextBridge', 'MessageChannelMain']) {
      expect(await breaches('src/renderer/breach.ts', code(name))).toContainEqual(
        expect.stringContaining('no-restricted-syntax'),
      );
      expect(await breaches('src/main/backend/breach.ts', code(name))).not.toEqual([]);
      expect(await breaches('src/main/hosts/electron/fine.ts', code(name))).toEqual([]);
    }
  });
});

describe('tests of a window', () => {
  it.each(['test/medium/renderer/breach.ts', 'test/e2e/breach.ts'])('%s may not look at one moment', async (file) => {
    const looking = (look: string) => `declare const expect: any, row: any, electron: any;\n${look};\nexport {};\n`;
    const told = async (look: string) =>
      (await breaches(file, looking(look))).filter((breach) => breach.startsWith('no-restricted-syntax'));
    expect(await told('expect(await row.count()).toBe(0)')).toEqual([expect.stringContaining('expect.poll')]);
    expect(await told("expect(await row.first().textContent()).toContain('a')")).toHaveLength(1);
    expect(await told('await expect.poll(() => row.count()).toBe(0)')).toEqual([]);
    for (const main of ['electron', 'row.electron'])
      expect(await told(`expect(await ${main}.evaluate(() => 1)).toBe(1)`)).toEqual([]);
  });
});

describe('the compiler knows which runtime a folder is for', () => {
  const scratch = mkdtempSync(join(root, 'out', 'types-test-'));
  afterAll(() => {
    rmSync(scratch, { recursive: true });
  });

  /** Compiles one expression under a folder's own tsconfig and says which names it did not know. */
  function unknownNames(project: string, names: string[]): string[] {
    const configPath = join(root, project, 'tsconfig.json');
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
    const options = ts.getParsedCommandLineOfConfigFile(configPath, {}, host)?.options;
    if (!options) throw new Error(`${configPath} can't be read`);
    const file = join(scratch, `${project.replaceAll('/', '-')}.ts`);
    writeFileSync(file, `export const used = [${names.map((name) => `typeof ${name}`).join(', ')}];\n`);
    const program = ts.createProgram([file], {
      ...options,
      configFilePath: configPath,
      rootDir: undefined,
      composite: false,
      emitDeclarationOnly: false,
      tsBuildInfoFile: undefined,
      noEmit: true,
    });
    return program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map((diagnostic) =>
        /Cannot find name '(\w+)'/.exec(ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')),
      )
      .flatMap((match) => match?.[1] ?? []);
  }

  const names = ['window', 'document', 'process', 'Buffer', 'Map'];

  it.each([
    ['src/shared', ['window', 'document', 'process', 'Buffer']],
    ['src/main/core', ['window', 'document', 'process', 'Buffer']],
    ['src/main', ['window', 'document']],
    ['src/renderer', ['process', 'Buffer']],
  ])('%s does not know %s', (project, unknown) => {
    expect(unknownNames(project, names)).toEqual(unknown);
  });
});
