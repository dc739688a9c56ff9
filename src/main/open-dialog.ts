import { app, dialog, type OpenDialogOptions } from 'electron';
import { ownWindow } from './questions.js';

/** Asks which files to open. Returns their paths; none where the user would not. */
export async function askForFiles(): Promise<readonly string[]> {
  const options: OpenDialogOptions = {
    title: 'Open recordings',
    defaultPath: app.getPath('documents'),
    filters: [
      { name: 'Gilscope recordings', extensions: ['gilscope'] },
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
