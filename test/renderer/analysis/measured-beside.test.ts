import { describe, expect, it } from 'vitest';
import { measuredBeside } from '../../../src/renderer/analysis/measured-beside.js';
import { measuredRuns } from '../../../src/renderer/state/run-state.js';
import type { RecordChanges } from '../../fixtures/records.js';
import { after, wholeRun } from '../messages.js';

/** Runs of their parameters and wall times, numbered from 1. */
function measured(...changes: RecordChanges[]) {
  return measuredRuns(after(...changes.flatMap((each, index) => wholeRun(index + 1, each))));
}

describe('the measured runs beside a run', () => {
  const runs = measured(
    { walls: [400], parameters: { scheduler: 'serial', lock: 'none', threads: 1 } },
    { walls: [200], parameters: { scheduler: 'static', lock: 'none', threads: 2 } },
    { walls: [100], parameters: { scheduler: 'dynamic', lock: 'none', threads: 2 } },
    { walls: [10], parameters: { scheduler: 'static', lock: 'none', threads: 2, seed: 7 } },
    { walls: [800], parameters: { scheduler: 'static', lock: 'gil-held', threads: 2 } },
  );
  const [serial, , dynamic, other, held] = runs;
  if (held === undefined || serial === undefined) throw new Error('there are five runs');

  it('are the serial one, the one without its lock, the baseline and the fastest', () => {
    const beside = measuredBeside(held, runs, dynamic);
    expect(beside.serial).toMatchObject({ run: 1, ratio: 2 });
    expect(beside.unlocked).toMatchObject({ run: 2, ratio: 4, ci95: null });
    expect(beside.baseline).toMatchObject({ run: 3, ratio: 8 });
    expect(beside.fastest).toMatchObject({ run: 3, ratio: 8 });
  });

  it('do the same work, and are not the run itself', () => {
    expect(measuredBeside(held, runs, other).baseline).toBeNull();
    expect(measuredBeside(serial, runs, serial)).toMatchObject({
      serial: null,
      unlocked: null,
      baseline: null,
    });
    expect(measuredBeside(held, [held], held).fastest).toBeNull();
  });
});
