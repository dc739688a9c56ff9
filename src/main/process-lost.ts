import type { MessageBoxOptions } from 'electron';
import type { StreamMessage } from '../ipc/index.js';

/** How Electron gives the reasons for which a process has ended, in words. */
const REASONS: Readonly<Record<string, string>> = {
  'abnormal-exit': 'it ended with an error',
  killed: 'something outside ended it',
  crashed: 'it crashed',
  oom: 'it ran out of memory',
  'memory-eviction': 'the system needed its memory',
  'launch-failed': 'it could not be started',
  unpainted: 'parts of it were not painted any more',
  'integrity-failure': 'its code is not what it should be',
};

/** What a lost process means to the user, whose runs the main process keeps. */
const MEANING = 'Runs and their records are kept, and what is running goes on.';

/** Says that a process of the window's has ended by itself, as its name and Electron's reason are. */
export function processLost(name: string, reason: string): StreamMessage {
  const why = whyOf(reason);
  const message =
    name === 'page'
      ? `The window’s page was lost (${why}) and has been loaded again. ${MEANING}`
      : `The window’s ${wordsOf(name)} was lost (${why}) and is started again. ${MEANING}`;
  return { type: 'failed', failure: { message } };
}

/** What to do with a page that is lost at each load. The buttons: load it again, or quit. */
export const LOAD_AGAIN = 0;

/** Asks what to do with a page that is lost whenever it is loaded, as Electron's reason says. */
export function pageKeepsBeingLost(reason: string): MessageBoxOptions {
  return {
    type: 'error',
    title: 'Gilscope',
    message: 'The window’s page is lost each time it is loaded',
    detail:
      `The last time ${whyOf(reason)}. What was measured is kept until Gilscope quits.\n\n` +
      'Close other programs if memory is short, then load the page again. If that does not help, quit and ' +
      'start Gilscope with a new profile (npm start -- --profile FOLDER) or without the graphics card ' +
      '(npm start -- --disable-gpu). The command line (npm run gilscope -- --help) needs no window.',
    buttons: ['Load the page again', 'Quit'],
    defaultId: LOAD_AGAIN,
    cancelId: LOAD_AGAIN,
    noLink: true,
  };
}

function whyOf(reason: string): string {
  return REASONS[reason] ?? reason;
}

function wordsOf(name: string): string {
  return name === 'GPU' ? 'graphics process' : `helper “${name}”`;
}
