/**
 * `npm run setup [-- --for start|test|cli]`: sets up all that is needed, or says what is missing.
 * Start, the tests and the command line do this by themselves; this does it ahead of them, and
 * tries again what failed before.
 */
import { parseArgs } from 'node:util';
import { say, SetupError } from './setup/errors.mjs';
import { purposes, setUp } from './setup/index.mjs';
import { runScript } from './setup/main.mjs';

await runScript(async () => {
  const { executable, version } = await setUp(readPurpose(), { again: true });
  say(`Ready: Electron ${version} at ${executable}`);
});

/** @returns {import('./setup/index.mjs').Purpose} */
function readPurpose() {
  const { values } = parseArgs({ options: { for: { type: 'string', default: 'start' } } });
  const purpose = purposes.find((name) => name === values.for);
  if (purpose !== undefined) return purpose;
  throw new SetupError(
    `There is no set-up for ${values.for}.`,
    `Give one of: ${purposes.join(', ')}.`,
  );
}
