/** How a menu's items are reached by the keyboard. */

type On<Kind extends Event> = Kind & { readonly currentTarget: HTMLElement };

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('[role=menuitem]')];
}

/** A menu's first item has the focus when it opens; it goes back to the button when it closes. */
export function focusFirstItem({ currentTarget, newState }: On<ToggleEvent>): void {
  if (newState === 'open') itemsOf(currentTarget)[0]?.focus();
}

/** Arrows go from item to item, round and round; Home and End to the first and the last. */
export function stepThroughItems(event: On<KeyboardEvent>): void {
  const items = itemsOf(event.currentTarget);
  const now = items.findIndex((item) => item === document.activeElement);
  const next = {
    ArrowDown: (now + 1) % items.length,
    ArrowUp: (now - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  items[next]?.focus();
}
