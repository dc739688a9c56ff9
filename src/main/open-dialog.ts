import { app, dialog, type OpenDialogOptions } from 'electron';
import { FORMAT_IDS, formatOf } from '../formats/registry.js';
import { ownWindow } from './questions.js';

/** The formats that can be opened. */
const READABLE = FORMAT_IDS.map(formatOf).filter(({ isReadable }) => isReadable === true);

/** Asks which files to open. Returns their paths; none where the user would not. */
export async function askForFiles(): Promise<readonly string[]> {
  const options: OpenDialogOptions = {
    title: 'Open recordings',
    defaultPath: app.getPath('documents'),
    filters: [
      ...READABLE.map(({ name, extension }) => ({ name: `${name}s`, extensions: [extension] })),
      { name: 'All files', extensions: ['*'] },
    ],
    properties: ['openFile', 'multiSelections'],
  };
  const window = ownWindow();
  const { canceled, filePaths } =
    window === undefined
      ? await dialog.showOpenDialog(options)
      : await dialog.showOpenDialog(window, options);
  return canceled ? [] : filePaths;
}
