/**
 * How each script starts and ends. What a script needs is imported once it is clear that there are
 * files enough to be opened: modules are loaded many at once.
 */
import { lackOfFiles } from './descriptors.mjs';

/** What the scripts' modules and the tools that they run take at once, with room to spare. */
const SCRIPT_FILES = 64;

/**
 * Runs a script and ends this process with the status that it gives.
 * @param {() => Promise<number | void>} script
 * @returns {Promise<never>}
 */
export async function runScript(script) {
  const lack = lackOfFiles(SCRIPT_FILES, 'Gilscope');
  if (lack !== undefined) {
    process.stderr.write(`${lack.problem} ${lack.remedy}\n`);
    process.exit(1);
  }
  const { describe, say } = await import('./errors.mjs');
  try {
    process.exit((await script()) ?? 0);
  } catch (error) {
    say(describe(error));
    process.exit(1);
  }
}
