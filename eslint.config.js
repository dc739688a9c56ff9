import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/**
 * The layers, each with what it must not import. Data flows one way:
 * shared <- workers, main/engine <- main, cli; shared <- preload, renderer.
 */
const layers = [
  {
    files: ['src/shared/**'],
    refuses: ['**/main/**', '**/workers/**', '**/cli/**', '**/preload/**', '**/renderer/**'],
    platforms: ['electron', 'node:*', 'piscina', 'svelte', 'chart.js'],
    why: 'shared/ is pure: it imports no platform and no other room.',
  },
  {
    files: ['src/workers/**'],
    refuses: ['**/main/**', '**/cli/**', '**/preload/**', '**/renderer/**'],
    platforms: ['electron', 'svelte', 'chart.js'],
    why: 'workers/ builds on shared/ alone.',
  },
  {
    files: ['src/main/engine/**'],
    refuses: ['../*.js', '../!(engine)', '**/cli/**', '**/preload/**', '**/renderer/**'],
    platforms: ['electron', 'svelte', 'chart.js'],
    why: 'The engine runs without Electron and without a window.',
  },
  {
    files: ['src/main/*.ts'],
    refuses: ['**/cli/**', '**/preload/**', '**/renderer/**'],
    platforms: ['svelte', 'chart.js'],
    why: 'main/ builds on the engine and shared/.',
  },
  {
    files: ['src/cli/**'],
    refuses: ['**/preload/**', '**/renderer/**', '**/main/*.js'],
    platforms: ['electron', 'svelte', 'chart.js'],
    why: 'The command line builds on the engine and shared/, without Electron.',
  },
  {
    files: ['src/preload/**'],
    refuses: ['**/main/**', '**/workers/**', '**/cli/**', '**/renderer/**'],
    platforms: ['node:*', 'piscina', 'svelte', 'chart.js'],
    why: 'preload/ is one bridge over shared/.',
  },
  {
    files: ['src/renderer/**'],
    refuses: ['**/main/**', '**/workers/**', '**/cli/**', '**/preload/**'],
    platforms: ['electron', 'node:*', 'piscina'],
    why: 'The page knows shared/ and the bridge, nothing of Node or Electron.',
  },
  {
    files: ['bench/**'],
    except: ['bench/window/**'],
    refuses: ['**/main/*.js', '**/cli/**', '**/preload/**', '**/renderer/**'],
    platforms: ['electron', 'svelte', 'chart.js'],
    why: 'bench/ measures the engine, the lanes and shared/, without Electron.',
  },
  {
    files: ['bench/window/**'],
    refuses: ['**/cli/**', '**/preload/**', '**/renderer/**'],
    platforms: ['svelte', 'chart.js'],
    why: 'bench/window/ is a main process of its own and the one that drives it.',
  },
];

/** Turns a row of the table above into the linter's rule. */
function layerRule({ files, except = [], refuses, platforms, why }) {
  const patterns = [{ group: [...refuses, ...platforms], message: why }];
  return { files, ignores: except, rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

export default tseslint.config(
  { ignores: ['out/', 'node_modules/', 'test-results/', 'playwright-report/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    ignores: ['**/assembly/**'],
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
  { ignores: ['**/assembly/**'] },
  ...layers.map(layerRule),
);
