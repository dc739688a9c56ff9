import { describe, expect, it } from 'vitest';
import { checksBoundsInCode } from '../../src/main/bounds-checks.js';

describe('checks of addresses in the kernel', () => {
  it('are made in code by the main process of older Electron lines alone', () => {
    expect(checksBoundsInCode({ type: 'browser', versions: { electron: '33.2.1' } })).toBe(true);
    expect(checksBoundsInCode({ type: 'browser', versions: { electron: '40.9.0' } })).toBe(true);
    expect(checksBoundsInCode({ type: 'browser', versions: { electron: '41.0.0' } })).toBe(false);
    expect(checksBoundsInCode({ type: 'browser', versions: { electron: '45.4.1' } })).toBe(false);
  });

  it('are left to guard pages where Electron runs as Node, and in Node itself', () => {
    expect(checksBoundsInCode({ versions: { electron: '33.2.1' } })).toBe(false);
    expect(checksBoundsInCode({ versions: {} })).toBe(false);
    expect(checksBoundsInCode(process)).toBe(false);
  });
});
