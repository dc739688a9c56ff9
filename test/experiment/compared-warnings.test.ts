import { describe, expect, it } from 'vitest';
import { comparedWarnings } from '../../src/experiment/compared-warnings.js';
import { warningOf, type Warning } from '../../src/experiment/warnings.js';
import { smallRun } from '../fixtures/parameters.js';

/** The sentences of three variants, named a, b and c. */
function compared(...warnings: readonly (readonly Warning[])[]): string[] {
  const runs = warnings.map((ofRun, index) => ({
    params: smallRun({ seed: index }),
    summary: { warnings: ofRun },
  }));
  return comparedWarnings(runs, ({ seed }) => ['a', 'b', 'c'][seed] ?? '');
}

const few = warningOf('few-repeats', { repeats: 5, fewest: 6 });
const crowded = warningOf('shared-cores', { threads: 3, cores: 2 });
const spread = (spreadShare: number) => warningOf('spread', { spreadShare });
const pool = (workNs: number, gapNs: number) => warningOf('pool-cost', { workNs, gapNs });

describe('the warnings of compared runs', () => {
  it('are told as they are where they are of all', () => {
    expect(compared([few], [few], [few])).toEqual([few.message]);
  });

  it('are told once, with the names of those they are of', () => {
    expect(compared([few, crowded], [few], [crowded])).toEqual([
      `a; b: ${few.message}`,
      `a; c: ${crowded.message}`,
    ]);
  });

  it('are told once where one figure alone differs, with whose each is', () => {
    expect(compared([spread(0.25)], [spread(0.061)], [spread(0.25)])).toEqual([
      'Wall times spread over 25 % (a; c), 6.1 % (b) of their median: repeat more often, or on a quieter machine.',
    ]);
  });

  it('are told as one where figures differ by less than is shown', () => {
    expect(compared([spread(0.2501)], [spread(0.2502)], [spread(0.2503)])).toEqual([
      spread(0.25).message,
    ]);
  });

  it('are told one by one where more differs', () => {
    expect(compared([pool(1, 5)], [pool(2, 6)], [pool(2, 6)])).toEqual([
      `a: ${pool(1, 5).message}`,
      `b; c: ${pool(2, 6).message}`,
    ]);
  });

  it('are told one by one where the words differ', () => {
    const stopped = (repeats: number) => warningOf('stopped', { completed: 1, repeats });
    expect(compared([stopped(1)], [stopped(3)], [])).toEqual([
      `a: ${stopped(1).message}`,
      `b: ${stopped(3).message}`,
    ]);
  });

  it('are none of runs without any', () => {
    expect(compared([], [], [])).toEqual([]);
  });
});
