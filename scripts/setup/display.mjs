/** Finds a display that windows can open on, or starts a virtual one that nobody sees. */
import { connect } from 'node:net';
import path from 'node:path';
import { SetupError } from './errors.mjs';
import { startHelper } from './processes.mjs';

const ANSWER_WITHIN_MS = 3000;
const START_WITHIN_MS = 30_000;

/** Where X servers listen: display 0 at this path or port, the others after it. */
const X_SOCKETS = '/tmp/.X11-unix/X';
const X_PORTS = 6000;

/** @typedef {{ kind: 'native' | 'x11' | 'wayland', env: NodeJS.ProcessEnv }} Display */
/** @typedef {import('node:net').NetConnectOpts} Address */

/**
 * Finds the display that the environment names, if something answers there.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 * @returns {Promise<Display | undefined>}
 */
export async function findDisplay(env = process.env, platform = process.platform) {
  if (platform !== 'linux') return { kind: 'native', env: {} };
  for (const { kind, addresses, ...display } of namedDisplays(env)) {
    for (const address of addresses) {
      if (await answers(address)) return { kind, env: display.env };
    }
  }
  return undefined;
}

/**
 * The displays that the environment names, best first, each with where it may be reached.
 * @param {NodeJS.ProcessEnv} env
 * @returns {(Display & { addresses: Address[] })[]}
 */
export function namedDisplays(env) {
  const { DISPLAY, WAYLAND_DISPLAY, XDG_RUNTIME_DIR } = env;
  /** @type {(Display & { addresses: Address[] })[]} */
  const displays = [];
  if (DISPLAY) displays.push({ kind: 'x11', env: { DISPLAY }, addresses: addressesOf(DISPLAY) });
  if (WAYLAND_DISPLAY && (XDG_RUNTIME_DIR || path.isAbsolute(WAYLAND_DISPLAY))) {
    const socket = path.resolve(XDG_RUNTIME_DIR ?? '/', WAYLAND_DISPLAY);
    displays.push({ kind: 'wayland', env: { WAYLAND_DISPLAY }, addresses: [{ path: socket }] });
  }
  return displays;
}

/**
 * Where an X display may be reached.
 * @param {string} display such as `:0`, `:0.0` or `localhost:10.0`
 * @returns {Address[]} none where it is no display's name
 */
export function addressesOf(display) {
  const match = /^(?:unix)?([^/]*):(\d+)(?:\.\d+)?$/.exec(display);
  if (match === null) return [];
  const [, host, text] = match;
  const number = Number(text);
  if (host) return [{ host, port: X_PORTS + number }];
  const socket = `${X_SOCKETS}${number}`;
  // Linux's X servers also listen at the same name outside the file system.
  return [{ path: socket }, { path: `\0${socket}` }];
}

/**
 * Whether something takes connections at an address.
 * @param {Address} address
 * @returns {Promise<boolean>}
 */
function answers(address) {
  return new Promise((resolve) => {
    const socket = connect({ ...address, timeout: ANSWER_WITHIN_MS });
    const finish = (/** @type {boolean} */ answered) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
    socket.once('timeout', () => finish(false));
  });
}

/**
 * Starts a virtual display under a number that is free.
 * @returns {Promise<{ name: string, stop: () => Promise<void> }>}
 */
export async function startVirtualDisplay() {
  const screen = ['-screen', '0', '1920x1200x24', '-nolisten', 'tcp', '-noreset'];
  // Xvfb picks the number and writes it to descriptor 3 once it takes connections.
  const server = startHelper('Xvfb', ['-displayfd', '3', ...screen], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => server.once('close', resolve));
  const number = await readNumber(server);
  const stop = async () => {
    server.kill();
    await ended;
  };
  return { name: `:${number}`, stop };
}

/**
 * Waits for the number of the display.
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<number>}
 */
function readNumber(server) {
  return new Promise((resolve, reject) => {
    let complaint = '';
    const refuse = (/** @type {string} */ reason) => {
      server.kill();
      const problem = `The virtual display did not start (${reason}).`;
      reject(
        new SetupError(problem, 'See that Xvfb works, or set DISPLAY to a display that does.'),
      );
    };
    const timer = setTimeout(() => refuse('it took too long'), START_WITHIN_MS);
    server.stderr?.on('data', (text) => (complaint += text));
    server.once('error', (error) => refuse(error.message));
    server.once('close', () => {
      clearTimeout(timer);
      refuse(complaint.trim() || 'it ended at once');
    });
    server.stdio[3]?.once('data', (/** @type {Buffer} */ text) => {
      clearTimeout(timer);
      resolve(Number(text.toString()));
    });
  });
}
