/**
 * `npm run setup [-- --for start|test|cli]`: sets up all that is needed, or says what is missing.
 * Start, the tests and the command line do this by themselves; this does it ahead of them, and
 * tries again what failed before.
 */
import { parseArgs } from 'node:util';
import { runScript } from './setup/main.mjs';

await runScript(async () => {
  const { purposes, setUp } = await import('./setup/index.mjs');
  const { say, SetupError } = await import('./setup/errors.mjs');
  const { values } = parseArgs({ options: { for: { type: 'string', default: 'start' } } });
  const purpose = purposes.find((name) => name === values.for);
  if (purpose === undefined) {
    throw new SetupError(
      `There is no set-up for ${values.for}.`,
      `Give one of: ${purposes.join(', ')}.`,
    );
  }
  const { executable, version } = await setUp(purpose, { again: true });
  say(`Ready: Electron ${version} at ${executable}`);
});
