import { describe, expect, it } from 'vitest';
import { cellsOf } from '../../../src/sweep/axes.js';
import { heatMap, mapLayout, type HeatMap } from '../../../src/sweep/heat-map.js';
import { colourScale, stepOf } from '../../../src/renderer/sweep/colours.js';
import {
  chosenAxes,
  plannedCells,
  USUAL_CHOICE,
  valuesIn,
} from '../../../src/renderer/sweep/map-choices.js';
import { cellAt, cursorWithin, movedCursor } from '../../../src/renderer/sweep/map-cursor.js';
import { colourRange, squareText, valueText } from '../../../src/renderer/sweep/map-values.js';
import { squareBox } from '../../../src/renderer/sweep/heat-map-chart.js';
import { readPalette } from '../../../src/renderer/ui/palette.js';
import { smallAxes } from '../../fixtures/sweeps.js';

const AXES = smallAxes({ threads: [1, 2, 4], size: [16, 32], lock: ['none', 'gil-held'] });
const CELLS = plannedCells(AXES, 0);

describe('the cells that a map shows', () => {
  it('are those of one machine, numbered on', () => {
    expect(CELLS.map(({ cell }) => cell)).toEqual(cellsOf(AXES).map(({ cell }) => cell));
    expect(plannedCells(AXES, 1).map(({ cell }) => cell)[0]).toBe(13);
  });

  it('have threads across and all else down, until something is chosen', () => {
    const axes = chosenAxes(CELLS, USUAL_CHOICE);
    expect(axes).toEqual({ across: 'threads', down: null, fixed: {} });
    const { across, down, rows, columns } = mapLayout(CELLS, axes);
    expect([across, down]).toEqual(['Threads', 'Matrix size · Lock mode']);
    expect(columns).toEqual(['1', '2', '4']);
    expect(rows).toHaveLength(4);
  });

  it('have one value of each parameter that is neither across nor down', () => {
    const axes = chosenAxes(CELLS, { ...USUAL_CHOICE, down: 'size' });
    expect(axes.fixed).toEqual({ lock: 'none' });
    const held = chosenAxes(CELLS, { ...USUAL_CHOICE, down: 'size', fixed: { lock: 'gil-held' } });
    const { rows } = mapLayout(CELLS, held);
    expect(rows.map(({ label, cells }) => [label, cells])).toEqual([
      ['16', [4, 5, 6]],
      ['32', [10, 11, 12]],
    ]);
    expect(valuesIn(CELLS, 'lock')).toEqual([
      { value: 'none', label: 'None' },
      { value: 'gil-held', label: 'GIL held' },
    ]);
  });

  it('have the value that most cells have, where none is chosen', () => {
    const axes = smallAxes({
      ...{ threads: [1, 2, 4], size: [16, 32] },
      scheduler: ['serial', 'static', 'executor'],
    });
    const { fixed } = chosenAxes(plannedCells(axes, 0), { ...USUAL_CHOICE, down: 'size' });
    expect(fixed).toEqual({ scheduler: 'static' });
  });

  it('have a parameter in one place alone', () => {
    const axes = chosenAxes(CELLS, { ...USUAL_CHOICE, across: 'size', down: 'size' });
    expect(axes).toEqual({ across: 'size', down: null, fixed: {} });
  });

  it('do not lack a cell on which a fixed value has no effect', () => {
    const axes = smallAxes({
      threads: [1, 2],
      lock: ['none', 'gil-switching'],
      switchIntervalMs: [1, 5],
    });
    const cells = plannedCells(axes, 0);
    const { rows } = mapLayout(cells, {
      across: 'threads',
      down: 'lock',
      fixed: { switchIntervalMs: 5 },
    });
    expect(rows.map(({ label }) => label)).toEqual(['None', 'GIL switching']);
  });
});

describe('the cursor of a map', () => {
  const layout = mapLayout(CELLS);

  it.each([
    ['ArrowRight', { column: 1, row: 0 }],
    ['ArrowDown', { column: 0, row: 1 }],
    ['ArrowLeft', { column: 0, row: 0 }],
    ['ArrowUp', { column: 0, row: 0 }],
    ['End', { column: 2, row: 0 }],
    ['PageDown', { column: 0, row: 3 }],
  ])('moves by %s', (key, place) => {
    expect(movedCursor({ column: 0, row: 0 }, key, layout)).toEqual(place);
  });

  it('has nothing to do with other keys, whatever they are called', () => {
    for (const key of ['Enter', 'a', 'toString', '__proto__', '']) {
      expect(movedCursor({ column: 0, row: 0 }, key, layout)).toBeNull();
    }
  });

  it('stays within a map that has become smaller', () => {
    const small = mapLayout(CELLS, chosenAxes(CELLS, { ...USUAL_CHOICE, down: 'size' }));
    expect(cursorWithin({ column: 2, row: 3 }, small)).toEqual({ column: 2, row: 1 });
    expect(cellAt({ column: 2, row: 1 }, small)).toBe(9);
    expect(cellAt({ column: 9, row: 9 }, small)).toBeNull();
  });
});

describe('the colours of a map', () => {
  const palette = readPalette({ getPropertyValue: () => '' });
  const ranged = (range: HeatMap['range']): HeatMap => ({
    ...heatMap(mapLayout([]), () => undefined, 'noise'),
    range,
  });

  it('go from faint to strong, with a text that can be read on each', () => {
    const { colours, texts } = colourScale('speedUp', { ...palette, surface: '#ffffff' });
    expect(new Set(colours).size).toBe(colours.length);
    expect(colours.at(-1)).toBe(palette.compute);
    expect(texts[0]).toBe('#0b1016');
  });

  it('have a step for each value between the least and the greatest', () => {
    expect(stepOf(0, [0, 1])).toBe(0);
    expect(stepOf(1, [0, 1])).toBe(63);
    expect(stepOf(7, [0, 1])).toBe(63);
    expect(stepOf(5, [5, 5])).toBe(63);
  });

  it('stand for shares from 0 to 1, and for speed-ups with 1 among them', () => {
    expect(colourRange(ranged([2, 3]), 'speedUp')).toEqual([1, 3]);
    expect(colourRange(ranged([0.2, 0.5]), 'speedUp')).toEqual([0.2, 1]);
    expect(colourRange(ranged([0.2, 0.5]), 'waiting')).toEqual([0, 1]);
    expect(colourRange(ranged([0.2, 0.5]), 'noise')).toEqual([0, 0.5]);
    expect(colourRange(ranged(null), 'efficiency')).toEqual([0, 1]);
  });

  it('have their values in words and, in a square, in few signs', () => {
    expect(valueText('speedUp', 3.123)).toBe('3.12×');
    expect(valueText('waiting', 0.5)).toBe('50 %');
    expect(squareText('speedUp', 3.123)).toBe('3.1');
    expect(squareText('efficiency', 0.781)).toBe('78');
  });
});

it('has its squares side by side over the whole plot', () => {
  const layout = mapLayout(CELLS);
  const area = { left: 10, top: 20, right: 310, bottom: 220 };
  expect(squareBox(area, layout, 0, 0)).toEqual({ left: 10, top: 20, width: 100, height: 50 });
  expect(squareBox(area, layout, 2, 3)).toEqual({ left: 210, top: 170, width: 100, height: 50 });
});
