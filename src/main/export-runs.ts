import { app, BrowserWindow, dialog } from 'electron';
import { join } from 'node:path';
import type { ResponseOf } from '../shared/contract.js';
import { taskCsv, taskCsvRowCount } from '../shared/exports/task-csv.js';
import type { RunRecord } from '../shared/run-record.js';
import { writeTextFile } from './engine/files.js';

/** Aborted when the app quits, so that no part of a file is left. */
const quitting = new AbortController();

/** Exports that are being written. */
const underWay = new Set<Promise<void>>();

/** Gives up the exports that are being written; resolves when their parts are gone. */
export async function abortExports(): Promise<void> {
  quitting.abort(new Error('the app was closed'));
  await Promise.allSettled(underWay);
}

async function writing(work: Promise<void>): Promise<void> {
  underWay.add(work);
  try {
    await work;
  } finally {
    underWay.delete(work);
  }
}

/**
 * Asks where to, and writes a run's tasks there as CSV.
 *
 * @throws FileError if the system refuses; the old file, if any, is then untouched
 */
export async function exportCsv(record: RunRecord): Promise<ResponseOf<'exportCsv'>> {
  const options = {
    title: `Export the tasks of run ${record.run}`,
    defaultPath: join(app.getPath('documents'), `gilscope-run-${record.run}.csv`),
    filters: [{ name: 'CSV', extensions: ['csv'] }],
  };
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const answer = await (window === undefined
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options));
  if (answer.canceled || answer.filePath === '') return { status: 'cancelled' };
  await writing(writeTextFile(answer.filePath, taskCsv([record]), quitting.signal));
  return { status: 'saved', path: answer.filePath, rows: taskCsvRowCount([record]) };
}
