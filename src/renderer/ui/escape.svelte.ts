/** What is written in or chosen from. */
const FIELD = 'input, select, textarea, [contenteditable]';

type EscapePress = Pick<KeyboardEvent, 'key' | 'isComposing' | 'defaultPrevented'>;

/** Whether a key is an Escape that nothing has taken yet; one that ends the composing of a sign is none. */
export function isEscape({ key, isComposing, defaultPrevented }: EscapePress): boolean {
  return key === 'Escape' && !isComposing && !defaultPrevented;
}

/** Whether a menu, a page or a dialog lies over the window, which closes itself on Escape. */
export function isCovered(): boolean {
  return document.querySelector(':popover-open, dialog:modal') !== null;
}

/**
 * Has Escape close something, wherever the focus is, before it means anything else. To be called while
 * a component is made.
 *
 * @param close closes it; returns whether it was open
 */
export function closeOnEscape(close: () => boolean): void {
  $effect(() => {
    const onkeydown = (event: KeyboardEvent) => {
      if (isEscape(event) && !isCovered() && close()) event.preventDefault();
    };
    window.addEventListener('keydown', onkeydown, true);
    return () => {
      window.removeEventListener('keydown', onkeydown, true);
    };
  });
}

/** The field that has the focus, and what stood in it when it was entered or last used. */
export class FieldEscape {
  #field: Element | null = null;
  #text = '';

  /** Takes in that a field was entered, or that what stands in it was used. */
  keep(target: EventTarget | null): void {
    this.#field = target instanceof Element ? target : null;
    this.#text = textOf(this.#field) ?? '';
  }

  /** Reverts the field that has the focus, or leaves it where there is nothing to revert. */
  press(target: EventTarget | null): boolean {
    if (!(target instanceof HTMLElement) || !target.matches(FIELD)) return false;
    const text = textOf(target);
    if (target === this.#field && text !== null && text !== this.#text) revert(target, this.#text);
    else target.blur();
    return true;
  }
}

/** What stands in a field that is written in; null of all else. */
function textOf(element: Element | null): string | null {
  if (element instanceof HTMLTextAreaElement) return element.value;
  const isText = element instanceof HTMLInputElement && !NO_TEXT.has(element.type);
  return isText ? element.value : null;
}

const NO_TEXT = new Set(['checkbox', 'radio', 'range', 'button', 'submit']);

function revert(field: HTMLElement, text: string): void {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
  field.value = text;
  field.select();
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
