import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { MemoryError } from '../../src/engine/index.js';
import { failureOf } from '../../src/main/failures.js';
import { REQUESTS } from '../../src/ipc/index.js';
import { smallRun } from '../fixtures/parameters.js';

describe('a failure for the user', () => {
  it('points at the field where memory is short', () => {
    expect(failureOf(new MemoryError(10, 5)).parameter).toBe('matrices');
  });

  it('points at the field whose value a request may not have, however deep it is', () => {
    const request = { parameters: smallRun({ size: 0 }), inPlaceOf: null };
    expect(failureOf(thrownBy(() => v.parse(REQUESTS.startRun.request, request)))).toEqual({
      message: 'size is 0; it takes a whole number from 1 to 4,096',
      parameter: 'size',
    });
  });

  it.each([
    ['a value', { ...smallRun(), size: 'x'.repeat(100_000) }],
    ['a name', { ...smallRun(), ['x'.repeat(100_000)]: 1 }],
    ['something else', 'x'.repeat(100_000)],
  ])('repeats little of %s that is long', (_, parameters) => {
    const request = { parameters, inPlaceOf: null };
    const failure = failureOf(thrownBy(() => v.parse(REQUESTS.startRun.request, request)));
    expect(failure.message.length).toBeLessThanOrEqual(200);
    expect(failure.parameter?.length ?? 0).toBeLessThan(20);
  });

  it('has words for anything thrown', () => {
    expect(failureOf('plain text')).toEqual({ message: 'plain text' });
  });
});

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
