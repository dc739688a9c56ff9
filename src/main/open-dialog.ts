import { app, dialog, type OpenDialogOptions } from 'electron';
import { FORMAT_IDS, formatOf } from '../formats/registry.js';
import type { Choice } from '../ipc/index.js';
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
  return showOpenDialog(options);
}

/** What dialogs ask for that choose one path. */
const CHOICES: Readonly<Record<Choice, OpenDialogOptions>> = {
  interpreter: { title: 'Choose a Python interpreter', properties: ['openFile'] },
  script: {
    title: 'Choose a Python script',
    properties: ['openFile'],
    filters: [
      { name: 'Python scripts', extensions: ['py'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
  folder: { title: 'Choose a folder', properties: ['openDirectory'] },
};

/** Has the user choose an interpreter, a script or a folder; null where the user would not. */
export async function choosePath(choice: Choice): Promise<string | null> {
  const [path] = await showOpenDialog(CHOICES[choice]);
  return path ?? null;
}

async function showOpenDialog(options: OpenDialogOptions): Promise<readonly string[]> {
  const window = ownWindow();
  const { canceled, filePaths } =
    window === undefined
      ? await dialog.showOpenDialog(options)
      : await dialog.showOpenDialog(window, options);
  return canceled ? [] : filePaths;
}
