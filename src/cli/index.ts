import { builtFilesBeside, createEngine } from '../engine/index.js';
import { InterruptedError } from './failures.js';
import { runCommandLine } from './program.js';
import { tolerateClosedStreams } from './standard-streams.js';

const interruption = new AbortController();
// The last comes where the terminal's window is closed.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // Once: a second signal ends the process at once, as if there were no handler.
  process.once(signal, () => {
    interruption.abort(new InterruptedError());
  });
}
tolerateClosedStreams();

process.exitCode = await runCommandLine(process.argv.slice(2), {
  createEngine: () => createEngine(builtFilesBeside(import.meta.url)),
  signal: interruption.signal,
});
// Text that nobody reads on would keep the process.
if (interruption.signal.aborted) process.exit();
