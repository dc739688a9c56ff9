import { BrowserWindow, dialog, type MessageBoxOptions } from 'electron';

/** Questions that the system's own dialogs ask, over the window if there is one. */

/** The window that a dialog belongs to, if there is one. */
export const ownWindow = () => BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];

/** Asks a question. Returns the number of the button that answers it. */
export async function askQuestion(
  question: Pick<MessageBoxOptions, 'message' | 'detail' | 'buttons' | 'defaultId' | 'cancelId'>,
): Promise<number> {
  const options: MessageBoxOptions = { type: 'question', noLink: true, ...question };
  const window = ownWindow();
  const { response } =
    window === undefined
      ? await dialog.showMessageBox(options)
      : await dialog.showMessageBox(window, options);
  return response;
}

/** Asks whether to go on; `yes` is the button that does. */
export async function mayGoOn(message: string, detail: string, yes: string): Promise<boolean> {
  const buttons = [yes, 'Cancel'];
  return (await askQuestion({ message, detail, buttons, defaultId: 1, cancelId: 1 })) === 0;
}
