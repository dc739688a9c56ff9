/**
 * `npm start`: opens the window, set up and built if need be. Where there is no display, the
 * default comparison is run in the terminal instead.
 */
import { ensureBuild } from './build.mjs';
import { runCommandLine } from './setup/command-line.mjs';
import { findDisplay } from './setup/display.mjs';
import { say } from './setup/errors.mjs';
import { setUp } from './setup/index.mjs';
import { limitInTheWay } from './setup/limits.mjs';
import { runScript } from './setup/main.mjs';
import { launch } from './setup/processes.mjs';
import { projectFolder } from './setup/project.mjs';
import { sandboxSwitches } from './setup/sandbox.mjs';

/** The exit status where the window cannot be opened. */
const FAILED = 1;

await runScript(async () => {
  const display = await findDisplay();
  if (display !== undefined) return openWindow(display);
  say('There is no display to open a window on; running the default comparison here instead.');
  return runCommandLine(['compare']);
});

/**
 * @param {import('./setup/display.mjs').Display} display
 * @returns {Promise<number>} Electron's exit status
 */
async function openWindow({ kind }) {
  const limit = limitInTheWay();
  if (limit !== undefined) {
    say(limit);
    return FAILED;
  }
  const { executable } = await setUp('start');
  await ensureBuild();
  const switches = await sandboxSwitches(executable);
  // Older Electrons try X11 alone unless they are told.
  if (kind === 'wayland') switches.push('--ozone-platform=wayland');
  const args = [...switches, projectFolder, ...process.argv.slice(2)];
  // npm runs scripts in the project's folder; paths are meant from where the user is.
  return launch(executable, args, { cwd: process.env.INIT_CWD ?? process.cwd() });
}
