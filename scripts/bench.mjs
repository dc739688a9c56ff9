/**
 * `npm run bench -- [--only …] [--quick] [--json FILE] [--markdown FILE]`: measures Gilscope, on
 * the runtime that runs its command line. Sets up and builds what it needs; bench/README.md says
 * how to read what it prints.
 */
import { build as bundle } from 'vite';
import { ensureAssembly, LIMITS } from './assembly.mjs';
import { runProgram } from './setup/command-line.mjs';
import { say } from './setup/errors.mjs';
import { runScript } from './setup/main.mjs';
import { projectFolder } from './setup/project.mjs';

await runScript(async () => {
  say(await ensureAssembly(LIMITS));
  await bundleBench();
  return runProgram('out/bench/index.js', process.argv.slice(2));
});

/** Bundles the bench and its threads; packages stay outside, as in the build of the main process. */
async function bundleBench() {
  await bundle({
    root: projectFolder,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: 'out/bench',
      emptyOutDir: false,
      target: 'node20.18',
      rolldownOptions: {
        input: [
          'bench/index.ts',
          'bench/threads/tasks.ts',
          'bench/threads/multiply-adds.ts',
          'bench/threads/read-rate.ts',
          'bench/threads/merge.ts',
        ],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
      },
    },
  });
}
