/** `npm run --silent gilscope -- run|compare …`: the command line, set up and built if need be. */
import { runScript } from './setup/main.mjs';

await runScript(async () => {
  const { runCommandLine } = await import('./setup/command-line.mjs');
  return runCommandLine(process.argv.slice(2));
});
