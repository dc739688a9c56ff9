import { describe, expect, it } from 'vitest';
import type { ExperimentRecording } from '../../src/experiment/recording.js';
import type { Machine } from '../../src/recording/machine.js';
import { checkParts, mergedCells, missingParts, type PartFile } from '../../src/sweep/merge.js';
import type { Shard, SweepPlan } from '../../src/sweep/plan.js';
import { portionOf } from '../../src/sweep/shards.js';
import { MACHINE, recordOf } from '../fixtures/records.js';
import { smallPlan } from '../fixtures/sweeps.js';

const PLAN = smallPlan({ size: [8, 16], threads: [1, 2], repeats: [6] });
const OTHER: Machine = { ...MACHINE, cpu: 'Difference engine' };

/** A part whose recordings are there. */
interface MeasuredPart extends PartFile {
  readonly runs: readonly Pick<ExperimentRecording, 'number' | 'machine' | 'repeats'>[];
}

/** A part as a machine would have measured it: the wall time of a repeat is its cell and round. */
function part(index: number, count: number, machine = MACHINE, plan = PLAN): MeasuredPart {
  const shard: Shard = { index, count };
  const { cells, rounds } = portionOf(plan, shard);
  return {
    path: `part-${index}-of-${count}`,
    sweep: { plan, parts: [shard] },
    machine,
    runs: cells.map(({ cell, parameters }) =>
      recordOf({
        run: cell,
        parameters: { ...parameters, repeats: rounds.length },
        walls: rounds.map((round) => 100 * cell + round),
        machine,
      }),
    ),
  };
}

function walls(parts: readonly MeasuredPart[]): Record<number, number[]> {
  return Object.fromEntries(
    mergedCells(PLAN, parts).map(({ number, runs }) => [
      number,
      runs.flatMap(({ repeats }) => repeats.map(({ wallNs }) => wallNs)),
    ]),
  );
}

describe('merged parts', () => {
  it('cut by curves are the cells of the whole sweep', () => {
    const cells = mergedCells(PLAN, [part(2, 2), part(1, 2)]);
    expect(cells.map(({ runs }) => runs)).toEqual(part(1, 1).runs.map((run) => [run]));
  });

  it('cut by rounds have all repeats of each cell, those of one round in the same place', () => {
    expect(walls([part(3, 3), part(1, 3), part(2, 3)])).toEqual({
      1: [100, 103, 101, 104, 102, 105],
      2: [200, 203, 201, 204, 202, 205],
      3: [300, 303, 301, 304, 302, 305],
      4: [400, 403, 401, 404, 402, 405],
    });
  });

  it('of machines that differ are not pooled', () => {
    expect(walls([part(1, 3), part(2, 3, OTHER), part(3, 3)])).toEqual({
      ...{ 1: [100, 103, 102, 105], 2: [200, 203, 202, 205] },
      ...{ 3: [300, 303, 302, 305], 4: [400, 403, 402, 405] },
      ...{ 5: [101, 104], 6: [201, 204], 7: [301, 304], 8: [401, 404] },
    });
    for (const fact of [
      { cpu: 'Difference engine' },
      { usableCores: 4 },
      { runtime: 'Node 24' },
      { kernel: 'SIMD' },
    ]) {
      const machine = { ...MACHINE, ...fact };
      expect(mergedCells(PLAN, [part(1, 3), part(2, 3, machine)])).toHaveLength(8);
    }
    const rebooted = { ...MACHINE, os: 'Linux 6.2', clock: { stepNs: 20, readNs: 9 } };
    expect(mergedCells(PLAN, [part(1, 3), part(2, 3, rebooted)])).toHaveLength(4);
  });

  it('may be merged again', () => {
    const sweep = checkParts([part(1, 3), part(3, 3)]);
    const runs = mergedCells(PLAN, [part(1, 3), part(3, 3)]).map(
      ({ number, machine, runs: own }) => ({
        number,
        machine,
        repeats: own.flatMap(({ repeats }) => repeats),
      }),
    );
    const half = { path: 'half', sweep, machine: MACHINE, runs };
    expect(missingParts(sweep)).toEqual([2]);
    expect(missingParts(checkParts([half, part(2, 3)]))).toEqual([]);
    expect(walls([half, part(2, 3)])[1]).toEqual([100, 103, 102, 105, 101, 104]);
  });
});

describe('what is no set of parts', () => {
  const other: SweepPlan = smallPlan({ size: [8, 16], threads: [1, 2], repeats: [7] });

  it.each([
    [[part(1, 2), part(1, 2)], 'part 1/2 is twice in part-1-of-2'],
    [[part(1, 2), part(1, 2, OTHER)], 'part 1/2 is twice in part-1-of-2'],
    [[part(1, 1), part(1, 1)], 'part 1/1 is twice in part-1-of-1'],
    [[part(1, 2), part(2, 2, MACHINE, other)], 'part-2-of-2 is of another sweep than part-1-of-2'],
    [
      [part(1, 2), part(2, 3)],
      'part-2-of-3 is part 2/3, and part-1-of-2 is one of 2: the sweep was cut in two ways',
    ],
  ])('is refused in a line', (parts, message) => {
    expect(() => checkParts(parts)).toThrow(message);
  });

  it('does not count whole sweeps of machines that differ', () => {
    expect(checkParts([part(1, 1), part(1, 1, OTHER)]).parts).toHaveLength(2);
  });
});
