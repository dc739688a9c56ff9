/** Opens the window on the build; where there is no display, runs a comparison in the terminal. */
import { ensureBuild } from '../build.mjs';
import { runCommandLine } from './command-line.mjs';
import { lackOfFiles } from './descriptors.mjs';
import { findDisplay } from './display.mjs';
import { say, SetupError } from './errors.mjs';
import { setUp } from './index.mjs';
import { limitInTheWay } from './limits.mjs';
import { launch } from './processes.mjs';
import { projectFolder } from './project.mjs';
import { sandboxSwitches } from './sandbox.mjs';

/** The exit status where the window cannot be opened. */
const FAILED = 1;

/** What Electron opens at once for a window, with room to spare. */
const WINDOW_FILES = 192;

/**
 * @param {readonly string[]} args the app's own
 * @returns {Promise<number>} the exit status
 */
export async function start(args) {
  const display = await findDisplay();
  if (display !== undefined) return openWindow(display, args);
  say('There is no display to open a window on; running the default comparison here instead.');
  return runCommandLine(['compare']);
}

/**
 * @param {import('./display.mjs').Display} display
 * @param {readonly string[]} args
 * @returns {Promise<number>} Electron's exit status
 */
async function openWindow({ kind }, args) {
  const limit = limitInTheWay();
  if (limit !== undefined) {
    say(limit);
    return FAILED;
  }
  const lack = lackOfFiles(WINDOW_FILES, 'The window');
  if (lack !== undefined) throw new SetupError(lack.problem, lack.remedy);
  const { executable } = await setUp('start');
  await ensureBuild();
  const switches = await sandboxSwitches(executable);
  // Older Electrons try X11 alone without this switch.
  if (kind === 'wayland') switches.push('--ozone-platform=wayland');
  // npm runs scripts in the project's folder; paths are meant from where the user is.
  const cwd = process.env.INIT_CWD ?? process.cwd();
  return launch(executable, [...switches, projectFolder, ...args], { cwd });
}
