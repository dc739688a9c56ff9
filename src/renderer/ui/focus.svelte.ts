import { tick } from 'svelte';

/** Ids of elements that the focus moves to from elsewhere. */
export const RUN_BUTTON = 'run-button';
export const STOP_BUTTON = 'stop-button';
export const COMPARE_BUTTON = 'compare-button';
export const RECORD_BUTTON = 'record-button';

/** The id of the button that shows a run of the comparison. */
export function wayButton(run: number): string {
  return `way-of-run-${run}`;
}

/** The id of a run's line in the list; that of a comparison's is by its first run, negative. */
export function runLine(run: number): string {
  return `line-of-run-${run}`;
}

/** Whether an id is that of a line of the list. */
export function isRunLine(id: string): boolean {
  return id.startsWith(runLine(0).slice(0, -1));
}

/**
 * Moves the keyboard's focus on where what had it is disabled or taken away, rather than let it fall
 * back to the page's beginning. To be called while a component is made.
 *
 * @param changes reads what such a change comes with
 * @param next says where the focus goes to from an element: the id of another, or what puts it there;
 * null where the window is between two states, so that the next change decides
 */
export function keepFocus(
  changes: () => unknown,
  next: (from: HTMLElement) => string | (() => void) | null,
): void {
  let from: HTMLElement | null = null;
  $effect.pre(() => {
    changes();
    from = focused() ?? from;
    void tick().then(() => {
      const move = from === null || focused() !== null ? undefined : next(from);
      if (move === null) return;
      from = null;
      if (typeof move === 'string') document.getElementById(move)?.focus();
      else move?.();
    });
  });
}

/** The element with the focus, if it is one that can have it. */
function focused(): HTMLElement | null {
  const { activeElement } = document;
  const isAny = activeElement instanceof HTMLElement && activeElement !== document.body;
  return isAny && !activeElement.matches(':disabled') ? activeElement : null;
}
