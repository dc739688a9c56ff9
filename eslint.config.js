import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** The rooms of src/ and of the project, each with those that it may import. Data flows one way. */
const rooms = {
  'src/base': [],
  'src/recording': ['base'],
  'src/analysis': ['base', 'recording'],
  'src/experiment': ['base', 'recording', 'analysis'],
  'src/formats': ['base', 'recording'],
  'src/sweep': ['base', 'recording', 'analysis', 'experiment', 'formats'],
  'src/memory': ['base', 'recording', 'experiment'],
  'src/files': ['base'],
  'src/process': ['base', 'recording'],
  'src/storage': ['base', 'recording', 'experiment', 'formats', 'sweep', 'process', 'files'],
  'src/engine': ['base', 'recording', 'experiment', 'sweep', 'memory'],
  'src/python': ['base', 'recording'],
  'src/sampling': ['base', 'recording', 'process', 'python', 'files'],
  'src/interpreter': ['base', 'recording', 'experiment', 'process', 'files', 'engine', 'sampling'],
  'src/ipc': ['base', 'recording', 'analysis', 'experiment', 'formats', 'sweep', 'process'],
  'src/cli': [
    'base',
    'recording',
    'analysis',
    'experiment',
    'formats',
    'sweep',
    'process',
    'memory',
    'files',
    'storage',
    'engine',
    'python',
    'sampling',
    'interpreter',
    'ipc',
  ],
  'src/main': [
    'base',
    'recording',
    'analysis',
    'experiment',
    'formats',
    'sweep',
    'process',
    'memory',
    'files',
    'storage',
    'engine',
    'python',
    'sampling',
    'interpreter',
    'ipc',
  ],
  'src/preload': ['ipc'],
  'src/renderer': [
    'base',
    'recording',
    'analysis',
    'experiment',
    'formats',
    'sweep',
    'process',
    'memory',
    'ipc',
  ],
  bench: [
    'base',
    'recording',
    'analysis',
    'experiment',
    'formats',
    'sweep',
    'process',
    'memory',
    'files',
    'storage',
    'engine',
    'python',
    'sampling',
    'interpreter',
    'ipc',
  ],
};

/** What each room may use of the platforms; the others use none. */
const platforms = {
  'src/files': ['node:*'],
  'src/engine': ['node:*', 'piscina'],
  'src/python': ['node:*'],
  'src/sampling': ['node:*'],
  'src/interpreter': ['node:*'],
  'src/cli': ['node:*'],
  'src/main': ['node:*', 'electron'],
  'src/preload': ['electron'],
  'src/renderer': ['svelte', 'chart.js'],
  bench: ['node:*', 'piscina'],
};

/** Folders that may import what the rest of their room may not. */
const exceptions = {
  // A main process of its own, and what drives it.
  'bench/window': { rooms: ['main'], platforms: ['electron'] },
};

const roomNames = Object.keys(rooms).map((folder) => folder.replace('src/', ''));
const platformNames = [...new Set(Object.values(platforms).flat())];

/** The linter's rule for a folder, which may import these rooms and platforms. */
function layerRule(folder, ownRooms, ownPlatforms, except = []) {
  const own = folder.replace(/^src\//, '').split('/')[0];
  const refused = roomNames.filter((room) => room !== own && !ownRooms.includes(room));
  const group = [
    ...refused.map((room) => `**/${room}/**`),
    ...platformNames.filter((name) => !ownPlatforms.includes(name)),
  ];
  const message = `${folder} may import ${[...ownRooms, ...ownPlatforms].join(', ') || 'no other room'}.`;
  return {
    files: [`${folder}/**`],
    ignores: except,
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group, message }] }] },
  };
}

const layers = [
  ...Object.entries(rooms).map(([folder, imports]) =>
    layerRule(
      folder,
      imports,
      platforms[folder] ?? [],
      Object.keys(exceptions)
        .filter((inner) => inner.startsWith(`${folder}/`))
        .map((inner) => `${inner}/**`),
    ),
  ),
  ...Object.entries(exceptions).map(([folder, more]) => {
    const outer = folder.split('/')[0] ?? '';
    return layerRule(
      folder,
      [...(rooms[outer] ?? []), ...more.rooms],
      [...(platforms[outer] ?? []), ...more.platforms],
    );
  }),
];

export default tseslint.config(
  { ignores: ['out/', 'dist/', 'node_modules/', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    ignores: ['bench/assembly/**', 'src/engine/kernel/**'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
    },
  },
  ...svelte.configs.recommended,
  ...svelte.configs.prettier,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: tseslint.parser, svelteConfig },
      globals: globals.browser,
    },
  },
  { files: ['**/*.mjs', '*.config.js'], languageOptions: { globals: globals.node } },
  { ignores: ['bench/assembly/**', 'src/engine/kernel/**'] },
  { files: ['src/**', 'bench/**', 'scripts/**'], rules: { 'max-lines': ['error', 400] } },
  ...layers,
);
