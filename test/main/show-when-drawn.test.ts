import { EventEmitter, once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { showWhenDrawn } from '../../src/main/show-when-drawn.js';

class FakeWindow extends EventEmitter {
  readonly webContents = new EventEmitter();
  isGone = false;

  isDestroyed(): boolean {
    return this.isGone;
  }
}

/** A hidden window, how often it was shown, and what ends the wait for its page. */
function hidden() {
  const window = new FakeWindow();
  const shown: string[] = [];
  const clock = new EventEmitter();
  showWhenDrawn(
    window,
    () => once(clock, 'waited'),
    () => shown.push('shown'),
  );
  const waitLong = async () => {
    clock.emit('waited');
    await nextTurn();
  };
  return { window, shown, waitLong };
}

describe('a window that opens', () => {
  it('is shown as its page is drawn, and not again after a long time', async () => {
    const { window, shown, waitLong } = hidden();
    window.webContents.emit('did-stop-loading');
    expect(shown).toEqual([]);
    window.emit('ready-to-show');
    await waitLong();
    expect(shown).toEqual(['shown']);
  });

  it('is shown after a while where its page has loaded and is never drawn', async () => {
    const { window, shown, waitLong } = hidden();
    window.webContents.emit('did-stop-loading');
    await nextTurn();
    expect(shown).toEqual([]);
    await waitLong();
    expect(shown).toEqual(['shown']);
    // Being shown is what has it drawn.
    window.emit('ready-to-show');
    expect(shown).toEqual(['shown']);
  });

  it('is not shown once it was closed', async () => {
    const { window, shown, waitLong } = hidden();
    window.webContents.emit('did-stop-loading');
    window.isGone = true;
    await waitLong();
    expect(shown).toEqual([]);
  });
});
