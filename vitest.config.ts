import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
  test: {
    include: ['test/**/*.test.{ts,mjs}'],
    exclude: ['test/e2e/**'],
    pool: 'forks',
    // Node 20's V8 keeps relaxed SIMD behind a flag; Electron's and newer Nodes' take it as it is.
    execArgv: process.versions.node.startsWith('20.') ? ['--experimental-wasm-relaxed-simd'] : [],
    // Tests that run lanes use both cores: one file at a time keeps them from starving each other.
    fileParallelism: false,
    testTimeout: 60_000,
  },
});
