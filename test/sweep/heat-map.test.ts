import { describe, expect, it } from 'vitest';
import type { Parameters } from '../../src/experiment/parameters.js';
import { heatMap, mapLayout, type MapMeasure, type PlannedCell } from '../../src/sweep/heat-map.js';
import type { ShownFigures } from '../../src/sweep/shown-figures.js';
import { smallRun } from '../fixtures/parameters.js';
import { sweptCell } from '../fixtures/swept-cells.js';

function cells(...changes: readonly Partial<Parameters>[]): PlannedCell[] {
  return changes.map((change, index) => ({ cell: index + 1, parameters: smallRun(change) }));
}

function figures(
  changes: Partial<ShownFigures> = {},
  walls: readonly number[] = [100, 101, 102],
): ShownFigures {
  const { overview } = sweptCell({ walls });
  const { wallNs, waitShare } = overview.summary;
  return {
    ...{ cell: 1, machine: 0, repeats: walls.length, waitShare },
    ...{ medianNs: wallNs.median, ci95: wallNs.ci95 },
    speedup: 2,
    speedupCi95: [1.9, 2.1],
    efficiency: 0.5,
    ...changes,
  };
}

/** The one square of a map of one cell with these figures. */
function squareOf(of: ShownFigures, measure: MapMeasure) {
  return heatMap(mapLayout(cells({})), () => of, measure).squares[0]?.[0];
}

describe('the map of a sweep', () => {
  it('has threads across and all else down', () => {
    const map = mapLayout(
      cells(
        ...[16, 32].flatMap((size) =>
          (['none', 'gil-held'] as const).flatMap((lock) =>
            [4, 1, 2].map((threads) => ({ size, lock, threads })),
          ),
        ),
      ),
    );
    expect(map.columns).toEqual(['1', '2', '4']);
    expect(map.rows.map(({ label }) => label)).toEqual([
      '16 · None',
      '16 · GIL held',
      '32 · None',
      '32 · GIL held',
    ]);
    expect(map.rows[0]?.cells).toEqual([2, 3, 1]);
  });

  it('has the first parameter across where the threads are the same', () => {
    const map = mapLayout(cells({ size: 16 }, { size: 32 }));
    expect(map.columns).toEqual(['16', '32']);
    expect(map.rows).toHaveLength(1);
    expect(map.rows[0]?.label).toBe('');
  });

  it('is one square of one cell', () => {
    expect(mapLayout(cells({})).rows).toEqual([{ label: '', cells: [1] }]);
  });

  it('has gaps where the sweep has no cell, as a serial one has one thread alone', () => {
    const serial = { scheduler: 'serial', threads: 1 } as const;
    const { rows } = mapLayout(cells(serial, { threads: 1 }, { threads: 2 }));
    expect(rows.map((row) => row.cells)).toEqual([
      [1, null],
      [2, 3],
    ]);
  });

  it('fills as cells are measured, and its range is that of the measured ones', () => {
    const planned = mapLayout(cells({ threads: 1 }, { threads: 2 }, { threads: 4 }));
    const measured = new Map([
      [1, figures({ speedup: 1 })],
      [3, figures({ speedup: 3 })],
    ]);
    const map = heatMap(planned, (cell) => measured.get(cell), 'speedUp');
    expect(map.squares[0]?.map((square) => square?.value)).toEqual([1, null, 3]);
    expect(map.range).toEqual([1, 3]);
    expect(heatMap(planned, () => undefined, 'speedUp').range).toBeNull();
  });

  it('has the value that is asked for', () => {
    expect(squareOf(figures(), 'speedUp')?.value).toBe(2);
    expect(squareOf(figures(), 'efficiency')?.value).toBe(0.5);
    expect(squareOf(figures(), 'waiting')?.value).toBe(figures().waitShare);
    expect(squareOf(figures({}, [100, 100, 110]), 'noise')?.value).toBeCloseTo(0.1, 12);
  });

  it.each(['speedUp', 'efficiency'] as const)('is vague where the interval is: %s', (measure) => {
    expect(squareOf(figures(), measure)?.isVague).toBe(false);
    expect(squareOf(figures({ speedupCi95: [1, 3] }), measure)?.isVague).toBe(true);
    expect(squareOf(figures({ speedupCi95: null }), measure)?.isVague).toBe(true);
  });

  it.each(['waiting', 'noise'] as const)('is vague with too few repeats: %s', (measure) => {
    expect(squareOf(figures(), measure)?.isVague).toBe(false);
    expect(squareOf(figures({}, [100]), measure)?.isVague).toBe(true);
  });

  it('is not vague where there is nothing to say', () => {
    expect(squareOf(figures({ speedup: null, speedupCi95: null }), 'speedUp')).toMatchObject({
      value: null,
      isVague: false,
    });
  });
});
