import type { StreamMessage } from '../ipc/index.js';

/** How Electron gives the reasons for which a process has ended, in words. */
const REASONS: Readonly<Record<string, string>> = {
  'abnormal-exit': 'it ended with an error',
  killed: 'something outside ended it',
  crashed: 'it crashed',
  oom: 'it ran out of memory',
  'memory-eviction': 'the system needed its memory',
  'launch-failed': 'it could not be started',
  'integrity-failure': 'its code is not what it should be',
};

/** What a lost process means to the user, whose runs the main process keeps. */
const MEANING = 'Runs and their records are kept, and what is running goes on.';

/** Says that a process of the window's has ended by itself, as its name and Electron's reason are. */
export function processLost(name: string, reason: string): StreamMessage {
  const why = REASONS[reason] ?? reason;
  const message =
    name === 'page'
      ? `The window’s page was lost (${why}) and has been loaded again. ${MEANING}`
      : `The window’s ${wordsOf(name)} was lost (${why}) and is started again. ${MEANING}`;
  return { type: 'failed', failure: { message } };
}

function wordsOf(name: string): string {
  return name === 'GPU' ? 'graphics process' : `helper “${name}”`;
}
