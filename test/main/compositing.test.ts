import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { detectCompositing, type GpuApp } from '../../src/main/compositing.js';

/** An app that says that there is no card until it has looked. */
class FakeApp extends EventEmitter {
  #compositing = 'disabled_software';

  look(found: string): void {
    this.#compositing = found;
    this.emit('gpu-info-update');
  }

  getGPUFeatureStatus(): { gpu_compositing: string } {
    return { gpu_compositing: this.#compositing };
  }
}

function drawnBy(tooLong: () => Promise<unknown>) {
  const app = new FakeApp();
  return { app, compositing: detectCompositing(app as unknown as GpuApp, tooLong) };
}

const never = () => new Promise<never>(() => undefined);

describe('how the window is drawn', () => {
  it('is told once the card has been looked at, whenever it is asked', async () => {
    const { app, compositing } = drawnBy(never);
    const early = compositing();
    await nextTurn();
    app.look('enabled');
    expect(await early).toBe('gpu');
    expect(await compositing()).toBe('gpu');
  });

  it('is software where the look found no card that puts the window together', async () => {
    const { app, compositing } = drawnBy(never);
    app.look('disabled_off');
    expect(await compositing()).toBe('software');
  });

  it('is what is known by then where the look takes too long', async () => {
    const { compositing } = drawnBy(() => Promise.resolve());
    expect(await compositing()).toBe('software');
  });
});
