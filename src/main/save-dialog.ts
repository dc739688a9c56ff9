import {
  app,
  BrowserWindow,
  dialog,
  type MessageBoxOptions,
  type MessageBoxReturnValue,
  type SaveDialogOptions,
  type SaveDialogReturnValue,
} from 'electron';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { withExtension } from './file-extension.js';

/** What a file to be written is called in the dialog. */
export interface ProposedFile {
  readonly title: string;
  /** The proposed name, without its extension. */
  readonly name: string;
  readonly format: { readonly name: string; readonly extension: string };
}

/** Asks where to write a file, and whether to replace one; gives null where the user would not. */
export async function askForPath({ title, name, format }: ProposedFile): Promise<string | null> {
  const { extension } = format;
  const answer = await showSaveDialog({
    title,
    defaultPath: join(app.getPath('documents'), `${name}.${extension}`),
    // GTK's dialog would put in the filter's extension after it has asked whether to replace a file.
    filters: process.platform === 'linux' ? [] : [{ name: format.name, extensions: [extension] }],
    // The other systems' dialogs ask in any case.
    properties: ['showOverwriteConfirmation'],
  });
  if (answer.canceled || answer.filePath === '') return null;
  const path = withExtension(answer.filePath, extension);
  const isAskedFor = path === answer.filePath || !existsSync(path);
  return isAskedFor || (await mayReplace(path)) ? path : null;
}

/** Asks what the dialog could not, as it did not know the extension. */
function mayReplace(path: string): Promise<boolean> {
  const detail = `It is the name with its extension: ${path}`;
  return mayGoOn(`“${basename(path)}” is there already. Replace it?`, detail, 'Replace');
}

/** Asks a question over the window, if there is one; `yes` is the button that goes on. */
export async function mayGoOn(message: string, detail: string, yes: string): Promise<boolean> {
  const { response } = await showMessageBox({
    type: 'question',
    message,
    detail,
    buttons: [yes, 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}

function showMessageBox(options: MessageBoxOptions): Promise<MessageBoxReturnValue> {
  const window = ownWindow();
  return window === undefined
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options);
}

function showSaveDialog(options: SaveDialogOptions): Promise<SaveDialogReturnValue> {
  const window = ownWindow();
  return window === undefined
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options);
}

const ownWindow = () => BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
