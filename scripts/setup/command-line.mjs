/** Runs built programs in Electron as a plain Node, without a window or a display. */
import path from 'node:path';
import { ensureBuild } from '../build.mjs';
import { say } from './errors.mjs';
import { forgetSystem, setUp } from './index.mjs';
import { limitInTheWay } from './limits.mjs';
import { launch } from './processes.mjs';
import { projectFolder } from './project.mjs';

const tether = path.join(import.meta.dirname, 'tether.mjs');

/** The exit status of a program that was not started. */
const FAILED = 1;

/** What the system's loader ends a program with when a library of it is missing. */
const NOT_STARTED = 127;

/**
 * Runs Gilscope's command line and gives its exit status.
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function runCommandLine(args) {
  return runProgram('out/main/cli.js', args, { isOnTerminal: args[0] === 'record' });
}

/**
 * Runs a program on the build and gives its exit status.
 * @param {string} program its file in the project's folder
 * @param {readonly string[]} args
 * @param {{ isOnTerminal?: boolean }} [options] whether it stays on the terminal, as what it starts does: its
 *   signals then come from there
 * @returns {Promise<number>}
 */
export async function runProgram(program, args, { isOnTerminal = false } = {}) {
  const limit = limitInTheWay();
  if (limit !== undefined) {
    say(`gilscope: ${limit}`);
    return FAILED;
  }
  const { executable } = await setUp('cli');
  await ensureBuild();
  const file = path.join(projectFolder, program);
  const status = await launch(executable, [tether, file, ...args], {
    // npm runs scripts in the project's folder; paths are meant from where the user is.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    detached: process.platform !== 'win32' && !isOnTerminal,
  });
  if (status === NOT_STARTED) forgetSystem('cli');
  return status;
}
