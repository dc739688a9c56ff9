import type { WebContents } from 'electron';
import type { Magnification } from '../ipc/index.js';

/** Levels of Chromium's zoom are powers of 1.2: from about 50 % to 300 %, in steps of half a level. */
const STEP = 0.5;
const LEAST = -4;
const MOST = 6;

/** Returns the level after a step from another. */
export function magnifiedLevel(level: number, step: Magnification): number {
  if (step === 'normal-size') return 0;
  const next = Math.round(level / STEP) * STEP + (step === 'larger' ? STEP : -STEP);
  return Math.min(Math.max(next, LEAST), MOST);
}

/** Draws a page larger or smaller. */
export function magnify(page: WebContents, step: Magnification): void {
  page.setZoomLevel(magnifiedLevel(page.getZoomLevel(), step));
}
