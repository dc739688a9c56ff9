import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

/** Each build records the packages that it bundled, with their licences. */
const license = { fileName: 'licences.json' };

/**
 * Three builds into out/: the main process with the command line, the lane, the sampler and the thread for files
 * (five entries
 * with fixed names, which find each other by relative URL), the preload, and the page.
 * The targets are those of the oldest Electron that may run them, Electron 33.
 */
export default defineConfig({
  main: {
    build: {
      license,
      target: 'node20.18',
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          cli: 'src/cli/index.ts',
          lane: 'src/engine/lane/lane.ts',
          sampler: 'src/sampling/worker.ts',
          'file-worker': 'src/main/recordings/file-worker.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  },
  preload: {
    build: {
      license,
      target: 'node20.18',
      // A sandboxed preload can require nothing but electron, so all else is bundled into it.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    build: {
      license,
      target: 'chrome130',
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: 'src/renderer/index.html' } },
    },
    plugins: [svelte({ configFile: '../../svelte.config.js' })],
  },
});
