import { app, dialog, type SaveDialogOptions, type SaveDialogReturnValue } from 'electron';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { withExtension } from './file-extension.js';
import { mayGoOn, ownWindow } from './questions.js';

/** What a file to be written is called in the dialog. */
export interface ProposedFile {
  readonly title: string;
  /** The proposed name, without its extension. */
  readonly name: string;
  readonly format: { readonly name: string; readonly extension: string };
  /** A file in whose folder it is proposed; else that of the user's documents. */
  readonly beside?: string | null;
}

/** Asks where to write a file, and whether to replace one; gives null where the user would not. */
export async function askForPath({
  title,
  name,
  format,
  beside = null,
}: ProposedFile): Promise<string | null> {
  const { extension } = format;
  const folder = beside === null ? app.getPath('documents') : dirname(beside);
  const answer = await showSaveDialog({
    title,
    defaultPath: join(folder, `${name}.${extension}`),
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

function showSaveDialog(options: SaveDialogOptions): Promise<SaveDialogReturnValue> {
  const window = ownWindow();
  return window === undefined
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(window, options);
}
