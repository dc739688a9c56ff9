import { describe, expect, it } from 'vitest';
import { curvePoints, reasonToLeaveOut } from '../../src/sweep/curve-points.js';
import { curvesOf } from '../../src/sweep/curves.js';
import { sweptCell, type CellChanges } from '../fixtures/swept-cells.js';

const onTwoCores = { usableCores: 2, logicalCores: 2, physicalCores: 2 };

function reasonOf(threads: number, changes: CellChanges) {
  return reasonToLeaveOut(
    sweptCell({ ...changes, parameters: { threads, ...changes.parameters } }),
  );
}

describe('a point is left out of the fit', () => {
  it('where its lanes have to share the cores', () => {
    expect(reasonOf(2, { machine: onTwoCores })).toBeNull();
    expect(reasonOf(4, { machine: onTwoCores })).toBe(
      '4 lanes on 2 cores: lanes that compute have to share them',
    );
  });

  it('where a quota lets them have less', () => {
    const machine = { logicalCores: 8, usableCores: 1.5, quotaCores: 1.5 };
    expect(reasonOf(1, { machine })).toBeNull();
    expect(reasonOf(2, { machine })).toBe(
      '2 lanes on a quota of 1.5 cores: lanes that compute have to share them',
    );
  });

  it.each([
    ['none', false],
    ['gil-released', false],
    ['per-object', false],
    ['gil-held', true],
    ['gil-switching', true],
  ] as const)('unless they take turns: lock %s', (lock, takesTurns) => {
    expect(reasonOf(4, { machine: onTwoCores, parameters: { lock } }) === null).toBe(takesTurns);
  });

  it.each(['none', 'gil-released', 'gil-held'] as const)('unless they sleep: lock %s', (lock) => {
    const parameters = { lock, workload: 'sleep' } as const;
    expect(reasonOf(64, { machine: onTwoCores, parameters })).toBeNull();
  });
});

it('the points of a curve are those fitted and those left out, by threads', () => {
  const cells = [4, 1, 2].map((threads) =>
    sweptCell({
      parameters: { threads },
      machine: onTwoCores,
      walls: [1000 / threads, 900 / threads],
    }),
  );
  const [curve] = curvesOf(cells);
  const points = curve && curvePoints(curve);
  expect(points?.fitted).toEqual([
    { threads: 1, wallsNs: [1000, 900] },
    { threads: 2, wallsNs: [500, 450] },
  ]);
  expect(points?.leftOut.map(({ threads }) => threads)).toEqual([4]);
});
