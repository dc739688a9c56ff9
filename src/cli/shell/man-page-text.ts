import { EXIT } from '../failures.js';
import { LIST_HELP } from '../sweep-flags.js';
import type { ManPageText } from './man-page.js';

/** What the manual page says beyond commands and flags. */
export const MAN_PAGE_TEXT: ManPageText = {
  about: [
    'Gilscope shows what a lock does to threads that compute: for every thread, when it computes, when it waits for ' +
      'the lock, and when it holds it. It records running Python programs, and it measures runs of its own: the power ' +
      'method on many symmetric matrices, on worker threads, under a lock and a scheduler of choice.',
    'With no command, or with files, it opens the window where the installation has one.',
    'Reports go to standard output; progress goes to standard error, where that is a terminal. Files are replaced ' +
      'once the new one is whole; - is standard output.',
  ],
  notes: { sweep: LIST_HELP },
  exitStatus: [
    [String(EXIT.done), 'What was asked for was done.'],
    [String(EXIT.failed), 'It failed; a line on standard error says why.'],
    [String(EXIT.refused), 'A parameter or a flag was refused before anything ran.'],
    [String(EXIT.interrupted), 'The user interrupted it.'],
    ['other', 'Of record: that of the recorded command.'],
  ],
  examples: [
    [
      'gilscope record --save app.gilscope -- python3 app.py',
      'Records a Python program, and says who kept the others waiting.',
    ],
    [
      'ssh server gilscope record --save - --pid 1234 --duration 10 > app.gilscope',
      'Records on a server for ten seconds; gilscope app.gilscope opens it at the desk.',
    ],
    ['gilscope compare --threads 4', 'Compares four ways of doing the same work.'],
    [
      'gilscope sweep --threads 1..8 --lock none,gil-held --csv cells.csv',
      'Measures every combination of these values.',
    ],
  ],
};
