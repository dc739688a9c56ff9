import { describe, expect, it } from 'vitest';
import { commandOf, wheelAction } from '../../../src/renderer/chart/commands.js';

const plain = { ctrlKey: false, metaKey: false, altKey: false };

describe('keys', () => {
  it.each([
    ['KeyW', 'w', 'zoom in'],
    ['KeyS', 's', 'zoom out'],
    ['KeyA', 'a', 'pan left'],
    ['KeyD', 'd', 'pan right'],
    ['KeyW', 'z', 'zoom in'],
    ['ArrowLeft', 'ArrowLeft', 'pan left'],
    ['ArrowRight', 'ArrowRight', 'pan right'],
    ['ArrowUp', 'ArrowUp', 'scroll up'],
    ['ArrowDown', 'ArrowDown', 'scroll down'],
    ['PageDown', 'PageDown', 'page down'],
    ['Equal', '+', 'zoom in'],
    ['Minus', '-', 'zoom out'],
    ['Home', 'Home', 'fit'],
  ])('%s (%s) is %s', (code, key, command) => {
    expect(commandOf({ code, key, ...plain })).toBe(command);
  });

  it('with a modifier are the window’s, and others nobody’s', () => {
    expect(commandOf({ code: 'KeyW', key: 'w', ...plain, ctrlKey: true })).toBeUndefined();
    expect(commandOf({ code: 'KeyA', key: 'a', ...plain, metaKey: true })).toBeUndefined();
    expect(commandOf({ code: 'Tab', key: 'Tab', ...plain })).toBeUndefined();
  });
});

describe('the wheel', () => {
  const still = { deltaX: 0, deltaY: 0, deltaMode: 0, ctrlKey: false, shiftKey: false };

  it('zooms in upwards and out downwards, with Ctrl too', () => {
    expect(wheelAction({ ...still, deltaY: -100 })).toMatchObject({ kind: 'zoom' });
    for (const ctrlKey of [false, true]) {
      const factors = [-100, 100].map((deltaY) => {
        const action = wheelAction({ ...still, deltaY, ctrlKey });
        return action.kind === 'zoom' ? action.factor : NaN;
      });
      expect(factors[0]).toBeGreaterThan(1);
      expect((factors[0] ?? NaN) * (factors[1] ?? NaN)).toBeCloseTo(1);
    }
  });

  it('pans sideways and with Shift, by whole pixels', () => {
    expect(wheelAction({ ...still, deltaX: 30.4, deltaY: 3 })).toEqual({ kind: 'pan', px: 30 });
    expect(wheelAction({ ...still, deltaY: 100, shiftKey: true })).toEqual({
      kind: 'pan',
      px: 100,
    });
    const lines = { ...still, deltaX: 3, deltaMode: 1 };
    expect(wheelAction(lines)).toEqual({ kind: 'pan', px: 48 });
  });
});
