/**
 * `npm run --silent electron-path`: prints the Electron executable that start and the tests use,
 * and nothing else. It is set up first if need be.
 */
import { runScript } from './setup/main.mjs';

await runScript(async () => {
  const { setUp } = await import('./setup/index.mjs');
  const { executable } = await setUp('start');
  process.stdout.write(`${executable}\n`);
});
