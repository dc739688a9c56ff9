import { compileFunction } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { withV8Flags } from '../../src/engine/v8-flags.js';

let tries = 0;

/** Whether V8 takes its own functions, which it does with the flag alone. A text that it knows it does not read again. */
function takesNatives(): boolean {
  try {
    compileFunction(`%IsWasmCode(() => ${tries++})`);
    return true;
  } catch {
    return false;
  }
}

describe('withV8Flags', () => {
  it('has the flags for the time of the work, and gives what it gave', () => {
    expect(withV8Flags({ 'allow-natives-syntax': true }, takesNatives)).toBe(true);
    expect(takesNatives()).toBe(false);
  });

  it('turns them back where the work fails', () => {
    const fail = () => {
      throw new RangeError('no');
    };
    expect(() => withV8Flags({ 'allow-natives-syntax': true }, fail)).toThrow('no');
    expect(takesNatives()).toBe(false);
  });
});
