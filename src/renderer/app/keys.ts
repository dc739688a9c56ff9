import { FORM_ID } from '../setup/form.js';

/** The modifier of commands, as this system's keyboards name it. */
export const COMMAND_KEY = navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl';

/** Input types without a text. */
const WITHOUT_TEXT = new Set(['checkbox', 'radio', 'range', 'button']);

/** Whether what has the focus is a text with an undo of its own, such as a search; the form's fields share one. */
export function hasOwnUndo(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) {
    return !WITHOUT_TEXT.has(target.type) && target.form?.id !== FORM_ID;
  }
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}
