import type { App } from 'electron';
import type { Compositing } from '../ipc/compositing.js';

/** The part of Electron's app that knows the graphics card. */
export type GpuApp = Pick<App, 'once' | 'getGPUFeatureStatus'>;

/**
 * Detects whether a graphics card composites the window. Returns a function that answers once Chromium
 * has examined the card: until then, soon after its start, it reports none. Call this before that.
 *
 * @param tooLong settles when the examination is no longer waited for
 */
export function detectCompositing(
  app: GpuApp,
  tooLong: () => Promise<unknown>,
): () => Promise<Compositing> {
  const examined = new Promise<void>((resolve) => {
    app.once('gpu-info-update', () => {
      resolve();
    });
  });
  return async () => {
    await Promise.race([examined, tooLong()]);
    const hasGpu = app.getGPUFeatureStatus().gpu_compositing.startsWith('enabled');
    return hasGpu ? 'gpu' : 'software';
  };
}
