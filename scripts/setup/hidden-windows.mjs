/** What programs are run with that open windows for nobody to see: the tests, and the window's bench. */
import { startVirtualDisplay } from './display.mjs';
import { hasProgram } from './libraries.mjs';
import { sandboxSwitches } from './sandbox.mjs';

/**
 * Runs a program whose windows are on a virtual display; where there is none to be had, on the one
 * that set-up found.
 * @template Result
 * @param {string} executable Electron's
 * @param {(env: NodeJS.ProcessEnv) => Promise<Result>} run given what the program's environment needs
 * @returns {Promise<Result>}
 */
export async function withHiddenWindows(executable, run) {
  const switches = await sandboxSwitches(executable);
  const display = await openDisplay();
  try {
    return await run({
      ...display.env,
      GILSCOPE_ELECTRON: executable,
      ...(switches.includes('--no-sandbox') ? { GILSCOPE_NO_SANDBOX: '1' } : {}),
    });
  } finally {
    await display.stop();
  }
}

/** @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => Promise<void> }>} */
async function openDisplay() {
  if (process.platform !== 'linux' || !hasProgram('Xvfb')) return { env: {}, stop: async () => {} };
  const { name, stop } = await startVirtualDisplay();
  return { env: { DISPLAY: name, WAYLAND_DISPLAY: undefined }, stop };
}
