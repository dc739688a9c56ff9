#!/usr/bin/env node
import { constants } from 'node:os';
import { builtFilesBeside, createEngine } from '../engine/index.js';
import { Interruptions } from './interruptions.js';
import { runCommandLine } from './program.js';
import { tolerateClosedStreams } from './standard-streams.js';

/** Whether this is the command line of an installed app: of an Electron that runs it as a plain Node. */
const isInstalledApp = 'electron' in process.versions && import.meta.url.includes('/app.asar/');

const interruptions = new Interruptions();
tolerateClosedStreams();

const end = await runCommandLine(process.argv.slice(2), {
  createEngine: () => createEngine(builtFilesBeside(import.meta.url)),
  interruptions,
  sampler: new URL('./sampler.js', import.meta.url),
  windowProgram: isInstalledApp ? process.execPath : null,
});
process.exitCode = typeof end === 'number' ? end : 128 + constants.signals[end];
// The parent sees the signal that ended the program; a signal that writes a core shows in the status alone.
const WITHOUT_CORE: readonly (number | string)[] = [
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'SIGKILL',
  'SIGPIPE',
];
if (WITHOUT_CORE.includes(end)) {
  interruptions.release();
  process.kill(process.pid, end);
}
// Text that nobody reads on would keep the process.
if (interruptions.signal.aborted) process.exit();
