import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Rooms whose tests start neither lanes nor processes: their files run side by side. */
const pureRooms =
  'base,experiment,formats,ipc,memory,process,recording,reference,renderer,sampling,storage,sweep';
const pure = `test/{${pureRooms}}/**/*.test.ts`;

export default defineConfig({
  plugins: [svelte()],
  test: {
    pool: 'forks',
    setupFiles: ['test/seed.ts'],
    // Node 20's V8 keeps relaxed SIMD behind a flag; Electron's and newer Nodes' take it as it is.
    execArgv: process.versions.node.startsWith('20.') ? ['--experimental-wasm-relaxed-simd'] : [],
    testTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'pure', include: [pure], sequence: { groupOrder: 0 } } },
      {
        extends: true,
        test: {
          name: 'real',
          include: ['test/**/*.test.{ts,mjs}'],
          exclude: ['test/e2e/**', pure],
          // Lanes use every core: one file at a time keeps them from starving each other.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
