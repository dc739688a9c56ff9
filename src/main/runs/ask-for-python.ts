import { joinWords } from '../../base/shell-words.js';
import { choosePath } from '../open-dialog.js';
import { mayGoOn } from '../questions.js';
import type { PythonQuestions } from './interpreter-meter.js';

/** The system's dialogs about a Python. */
export const pythonQuestions: PythonQuestions = {
  choose: () => choosePath('interpreter'),
  mayStart: (path) =>
    mayGoOn(
      'Start this Python?',
      `${joinWords([path])}\n\nGilscope measures how long its interpreter takes in NumPy. It runs with your rights.`,
      'Start',
    ),
};
