import boundaries from 'eslint-plugin-boundaries';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * The house's rooms, and which rooms (and what from outside) each may import. A file that is in no room is an error.
 * `test/unit/lint.test.ts` proves that breaches are found.
 *
 * @type {Record<string, { files: string[], mayImport: string[], node?: boolean, electron?: boolean }>}
 */
const rooms = {
  'shared/domain': { files: ['src/shared/domain/**'], mayImport: [] },
  'shared/contract': { files: ['src/shared/contract/**'], mayImport: ['shared/domain'] },
  core: { files: ['src/main/core/**'], mayImport: ['shared/domain'] },
  ports: { files: ['src/main/ports.ts'], mayImport: ['shared/*', 'core'] },
  adapters: { files: ['src/main/adapters/**'], mayImport: ['shared/*', 'core', 'ports'], node: true },
  store: { files: ['src/main/store/**'], mayImport: ['shared/*', 'core', 'ports'], node: true },
  analysis: { files: ['src/main/analysis/**'], mayImport: ['shared/*', 'core', 'ports', 'adapters'], node: true },
  backend: {
    files: ['src/main/backend/**'],
    mayImport: ['shared/*', 'core', 'ports', 'adapters', 'store', 'analysis'],
    node: true,
  },
  hosts: {
    files: ['src/main/hosts/{cli,web,shared}/**'],
    mayImport: ['shared/*', 'core', 'ports', 'backend', 'analysis'],
    node: true,
  },
  'host-electron': {
    files: ['src/main/hosts/electron/**'],
    mayImport: ['shared/*', 'ports', 'backend', 'analysis', 'hosts'],
    node: true,
    electron: true,
  },
  renderer: { files: ['src/renderer/**'], mayImport: ['shared/*'] },
  test: { files: ['test/**'], mayImport: ['*', '*/*'], node: true, electron: true },
};

const inRoom = (...names) => ({ file: { categories: { anyOf: names } } });

/** Later policies win over earlier ones. */
const policies = [
  { allow: { to: { module: { origin: 'external' } } } },
  ...Object.entries(rooms).map(([room, { mayImport }]) => ({
    from: inRoom(room),
    allow: { to: inRoom(room, ...mayImport) },
  })),
  ...Object.entries(rooms)
    .filter(([, { node }]) => node)
    .map(([room]) => ({ from: inRoom(room), allow: { to: { module: { origin: 'core' } } } })),
  {
    disallow: { to: { module: { source: ['electron', 'electron/*'] } } },
    message: 'Only src/main/hosts/electron may import electron.',
  },
  ...Object.entries(rooms)
    .filter(([, { electron }]) => electron)
    .map(([room]) => ({
      from: inRoom(room),
      allow: { to: { module: { source: ['electron', 'electron/*'] } } },
    })),
];

/** Electron's channels between processes, raw: everyone else speaks the contract in src/shared/contract. */
const rawChannels = ['ipcMain', 'ipcRenderer', 'utilityProcess', 'contextBridge', 'MessageChannelMain'];

/** What a test sees of a window at one moment. */
const looks =
  '^(count|textContent|innerText|allTextContents|allInnerTexts|inputValue|getAttribute|is(Visible|Hidden|Disabled|Enabled|Checked)|evaluate|evaluateAll)$';

export default defineConfig(
  globalIgnores(['out/', 'dist/', 'node_modules/', 'models/', 'test-results/']),
  {
    files: ['src/**/*.{ts,tsx}', 'test/**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { boundaries, 'react-hooks': reactHooks },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      'boundaries/files': Object.entries(rooms).flatMap(([category, { files }]) =>
        files.map((pattern) => ({ category, pattern })),
      ),
      'boundaries/include': ['src/**/*', 'test/**/*'],
      'boundaries/dependency-nodes': ['import', 'dynamic-import', 'export', 'require'],
      'import/resolver': {
        typescript: {
          noWarnOnMultipleProjects: true,
          project: [
            'src/shared/tsconfig.json',
            'src/main/core/tsconfig.json',
            'src/main/hosts/electron/tsconfig.json',
            'src/main/tsconfig.json',
            'src/renderer/tsconfig.json',
            'test/tsconfig.json',
          ],
        },
      },
    },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          checkAllOrigins: true,
          message: '{{from.file.categories}} may not import {{dependency.source}} (see the rooms in eslint.config.js).',
          policies,
        },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/main/hosts/electron/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...rawChannels.map((name) => ({
          selector: `Identifier[name='${name}']`,
          message: `${name} belongs in src/main/hosts/electron; elsewhere speak the contract in src/shared/contract.`,
        })),
      ],
    },
  },
  {
    files: ['test/medium/renderer/**/*.ts', 'test/e2e/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          // Electron's main process (`electron.evaluate`) is no window.
          selector: `CallExpression[callee.name='expect'] > AwaitExpression > CallExpression[callee.property.name=/${looks}/]:not([callee.object.property.name='electron'], [callee.object.name='electron'])`,
          message: 'A window answers in its own time: ask it until it says so, by expect.poll(() => ...).',
        },
      ],
    },
  },
  {
    name: 'configuration and scripts: no type information',
    files: ['*.{ts,js,mjs}', 'scripts/**/*.{js,mjs}'],
    extends: [tseslint.configs.recommended],
  },
);
