/** The modifier of commands, as this system's keyboards name it. */
export const COMMAND_KEY = navigator.userAgent.includes('Mac') ? '⌘' : 'Ctrl';

/** Input types whose text is a number or a choice: their undo is the form's. */
const FORM_INPUTS = new Set(['number', 'checkbox', 'radio', 'range', 'button']);

/** Whether what has the focus is a text with an undo of its own, such as a search. */
export function hasOwnUndo(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !FORM_INPUTS.has(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}
