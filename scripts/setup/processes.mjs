/**
 * Child processes, and what happens to them when this one ends.
 *
 * `run` starts a tool that works for the script and ends with it; `launch` hands the stage to a
 * program: its output is this process's, signals are passed on, and its exit status is the result.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {{ status: number, stdout: string, stderr: string }} Outcome */

const LOOK_FOR_NPM_EVERY_MS = 500;

/** @type {Set<() => void>} */
const cleanUps = new Set();

/** The program on the stage, if there is one. @type {ChildProcess | undefined} */
let onStage;

process.once('exit', () => {
  for (const cleanUp of cleanUps) cleanUp();
});

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => receive(signal));
}

process.once('SIGTSTP', suspend);

// An npm that is ended takes its shell with it, and neither says so to the script they run.
if (process.env.npm_lifecycle_event !== undefined) {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && receive('SIGTERM'), LOOK_FOR_NPM_EVERY_MS).unref();
}

/**
 * Passes a signal to the program on the stage; without one, ends this process and its helpers.
 * @param {NodeJS.Signals} signal
 */
function receive(signal) {
  if (onStage === undefined) process.exit(statusOf(null, signal));
  else passOn(onStage, signal);
}

/**
 * Stops this process as Ctrl+Z does, and with it the program on the stage, which may be in a session
 * that no terminal reaches. It is stopped at once, so that it draws nothing over the shell's prompt.
 */
function suspend() {
  const program = onStage;
  program?.kill('SIGSTOP');
  // Without a listener the system stops this process here until it is to go on, or does nothing where
  // no shell could have it go on.
  process.kill(process.pid, 'SIGTSTP');
  program?.kill('SIGCONT');
  process.once('SIGTSTP', suspend);
}

/** @type {WeakMap<ChildProcess, Set<NodeJS.Signals>>} */
const passedOn = new WeakMap();

/**
 * A terminal and npm may each send this process the same signal; the program is to get it once.
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function passOn(child, signal) {
  const recent = passedOn.get(child) ?? new Set();
  passedOn.set(child, recent);
  if (recent.has(signal)) return;
  recent.add(signal);
  setTimeout(() => recent.delete(signal), 1000).unref();
  child.kill(signal);
}

/**
 * The exit status of a process as a shell would give it.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 * @returns {number}
 */
export function statusOf(code, signal) {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

/**
 * Has something done when this process ends, however it ends.
 * @param {() => void} cleanUp must be synchronous
 * @returns {() => void} call it when there is nothing left to clean up
 */
export function atExit(cleanUp) {
  cleanUps.add(cleanUp);
  return () => cleanUps.delete(cleanUp);
}

/**
 * Starts a helper that does not outlive this process.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {ChildProcess}
 */
export function startHelper(command, args, options) {
  const child = spawn(command, args, options);
  const forget = atExit(() => child.kill());
  child.once('close', forget);
  child.once('error', forget);
  return child;
}

/**
 * Runs a tool to its end and gives what it said. Rejects only when it could not be started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions & { signal?: AbortSignal }} [options]
 *   with `stdio` given, what it writes goes there and is not gathered
 * @returns {Promise<Outcome>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = startHelper(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve({ status: statusOf(code, signal), stdout, stderr });
    });
  });
}

/**
 * Runs a program in this one's place and gives its exit status.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function launch(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    onStage = child;
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      onStage = undefined;
      resolve(statusOf(code, signal));
    });
  });
}
