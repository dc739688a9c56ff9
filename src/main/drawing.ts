import type { App } from 'electron';
import type { Drawing } from '../ipc/drawing.js';

/** What tells of the graphics card: Electron's app. */
export type CardTeller = Pick<App, 'once' | 'getGPUFeatureStatus'>;

/**
 * Gives what tells how the window is drawn. Until Chromium has looked at the graphics card, soon after
 * its start, it says that there is none; so this is to be called before that, and the answer waits for
 * the look, unless it takes too long.
 *
 * @param tooLong settles when the look is not waited for any more
 */
export function drawingBy(
  app: CardTeller,
  tooLong: () => Promise<unknown>,
): () => Promise<Drawing> {
  const hasLooked = new Promise<void>((resolve) => {
    app.once('gpu-info-update', () => {
      resolve();
    });
  });
  return async () => {
    await Promise.race([hasLooked, tooLong()]);
    const isByCard = app.getGPUFeatureStatus().gpu_compositing.startsWith('enabled');
    return isByCard ? 'graphics card' : 'software';
  };
}
