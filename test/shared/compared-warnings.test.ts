import { describe, expect, it } from 'vitest';
import { comparedWarnings } from '../../src/shared/compared-warnings.js';
import { smallRun } from '../fixtures/parameters.js';

/** The sentences of three ways, named a, b and c. */
function compared(...warnings: readonly (readonly string[])[]): string[] {
  const runs = warnings.map((sentences, index) => ({
    params: smallRun({ seed: index }),
    summary: { warnings: sentences },
  }));
  return comparedWarnings(runs, ({ seed }) => ['a', 'b', 'c'][seed] ?? '');
}

describe('the warnings of compared runs', () => {
  it('are told as they are where they are of all', () => {
    expect(compared(['Stop.'], ['Stop.'], ['Stop.'])).toEqual(['Stop.']);
  });

  it('are told once, with the names of those they are of', () => {
    expect(compared(['Stop.', 'Go.'], ['Stop.'], ['Go.'])).toEqual(['a; b: Stop.', 'a; c: Go.']);
  });

  it('are told once where one figure alone differs, with whose each is', () => {
    const spread = (share: string) => `Times spread over ${share} of 2 medians: repeat.`;
    expect(compared([spread('25 %')], [spread('6.1 %')], [spread('25 %')])).toEqual([
      'Times spread over 25 % (a; c), 6.1 % (b) of 2 medians: repeat.',
    ]);
    const slow = (time: string) => `It took ${time}.`;
    expect(compared([slow('1.03 µs')], [], [slow('1,030 s')])).toEqual([
      'It took 1.03 µs (a), 1,030 s (c).',
    ]);
  });

  it('are told one by one where more differs', () => {
    const outlier = (repeat: number, time: number) => `Repeat ${repeat} took ${time} ms.`;
    expect(compared([outlier(1, 5)], [outlier(2, 6)], [outlier(2, 6)])).toEqual([
      'a: Repeat 1 took 5 ms.',
      'b; c: Repeat 2 took 6 ms.',
    ]);
  });

  it('are none of runs without any', () => {
    expect(compared([], [], [])).toEqual([]);
  });
});
