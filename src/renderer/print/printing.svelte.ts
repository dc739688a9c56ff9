import { flushSync } from 'svelte';

/**
 * Whether the page is being laid out for paper. What is printed is made when that begins and taken away
 * when it ends, as it would be a copy of the window's text all along.
 */
export class Printing {
  #isOn = $state(false);

  get isOn(): boolean {
    return this.#isOn;
  }

  /** Follows the page's events. Returns what ends that. */
  follow(): () => void {
    const query = matchMedia('print');
    const begin = () => {
      this.#set(true);
    };
    const end = () => {
      this.#set(false);
    };
    // Developer tools lay a page out for paper without printing it.
    const onchange = () => {
      this.#set(query.matches);
    };
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    query.addEventListener('change', onchange);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
      query.removeEventListener('change', onchange);
    };
  }

  #set(isOn: boolean): void {
    this.#isOn = isOn;
    // Paper has what is there when the event has been handled.
    flushSync();
  }
}
