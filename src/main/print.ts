import type { WebContents } from 'electron';

/** What Electron says of a print that the user called off. */
const CANCELLED = /cancell?ed/i;

/**
 * Asks which printer to, and prints a page.
 *
 * @throws Error if the system refuses; not where the user calls it off
 */
export function print(page: Pick<WebContents, 'print'>): Promise<void> {
  return new Promise((resolve, reject) => {
    page.print({ printBackground: true }, (isDone, reason) => {
      if (isDone || CANCELLED.test(reason)) resolve();
      else reject(new Error(`The page could not be printed: ${reason}`));
    });
  });
}
