import { expect, it } from 'vitest';
import { curvesOf } from '../../src/sweep/curves.js';
import { efficiencyBars } from '../../src/sweep/efficiency-bars.js';
import { LOSSES } from '../../src/sweep/lost-efficiency.js';
import { sweptCell } from '../fixtures/swept-cells.js';

const cells = [
  sweptCell({ cell: 1, parameters: { threads: 1 }, walls: [1000] }),
  sweptCell({
    cell: 2,
    parameters: { threads: 2 },
    walls: [1000],
    lanes: [
      { computeNs: 500, waitNs: 500 },
      { computeNs: 500, waitNs: 500 },
    ],
  }),
  sweptCell({ cell: 3, parameters: { threads: 4 }, walls: [1000], lanes: [] }),
];

it('a bar stands for each cell in which something was computed', () => {
  const [group] = efficiencyBars(curvesOf(cells));
  expect(group?.bars.map(({ cell, label }) => [cell, label])).toEqual([
    [1, '1 thread'],
    [2, '2 threads'],
  ]);
  expect(group?.bars[1]).toMatchObject({ left: 0.5, lost: { lock: 0.5 } });
});

it('what is left and what is lost are stacked up to 1', () => {
  for (const { left, lost } of efficiencyBars(curvesOf(cells)).flatMap(({ bars }) => bars)) {
    expect(LOSSES.reduce((sum, loss) => sum + lost[loss], left)).toBeCloseTo(1, 12);
  }
});
