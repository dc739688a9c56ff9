/** How each script starts and ends. */
import { describe, say } from './errors.mjs';

/**
 * Runs a script and ends this process with the status that it gives.
 * @param {() => Promise<number | void>} script
 * @returns {Promise<never>}
 */
export async function runScript(script) {
  try {
    process.exit((await script()) ?? 0);
  } catch (error) {
    say(describe(error));
    process.exit(1);
  }
}
