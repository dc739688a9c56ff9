/** Bundles what opens the window on made-up spans: for its bench, and for tests of its pictures. */
import { build as bundle } from 'vite';
import { projectFolder } from './setup/project.mjs';

/** Bundles the driver and the main processes that it drives; packages stay outside. */
export async function bundleBenchWindow() {
  await bundle({
    root: projectFolder,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: 'out/bench/window',
      emptyOutDir: false,
      target: 'node20.18',
      rolldownOptions: {
        input: {
          index: 'bench/window/index.ts',
          main: 'bench/window/main.ts',
          bare: 'bench/window/bare.ts',
          'read-rate': 'bench/threads/read-rate.ts',
        },
        external: ['electron'],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  });
}
