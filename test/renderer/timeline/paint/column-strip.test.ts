import { describe, expect, it } from 'vitest';
import {
  FAINTEST,
  strength,
  StripSheet,
} from '../../../../src/renderer/timeline/paint/column-strip.js';
import { HatchedStrips } from '../../../../src/renderer/timeline/paint/hatch.js';
import { fakePen, fakeSurfaces } from '../../../fixtures/canvas.js';

const STRIPE = { top: 5, height: 20 };
const FINE = { ratio: 1, columnPx: 1 };

function newSheet() {
  const { pens, newSurface } = fakeSurfaces();
  const sheet = new StripSheet(newSurface);
  const chart = fakePen();
  /** How strongly the columns of each row were written last, 0 to 255. */
  const written = () => {
    const sheetPen = pens.findLast(({ of }) => of('putImageData').length > 0);
    const [image, , , , , width, rows] = sheetPen?.of('putImageData').at(-1) ?? [];
    const { data } = image as ImageData;
    return Array.from({ length: Number(rows) }, (_, row) =>
      Array.from(
        { length: Number(width) },
        (__, column) => data[4 * (row * Number(width) + column) + 3],
      ),
    );
  };
  return { sheet, pens, newSurface, chart, written };
}

describe('a sheet of strips', () => {
  it('adds up what covers a column, to the fraction of a pixel', () => {
    const { sheet, chart, written } = newSheet();
    sheet.begin(4, FINE);
    const row = sheet.row('teal');
    row.columns.add(0.5, 1, 1);
    row.columns.add(1.2, 3.5, 1);
    row.columns.add(1, 1.2, 0.5);
    sheet.finish();
    sheet.paint(chart.pen, row, STRIPE);
    expect(written()).toEqual([[128, Math.round(255 * 0.9), 255, 128]]);
    expect(chart.of('drawImage')[0]?.slice(1)).toEqual([0, 0, 4, 1, 0, 5, 4, 20]);
  });

  it('has wider columns where it is to be quick, stretched to the same width', () => {
    const { sheet, chart, written } = newSheet();
    sheet.begin(7, { ratio: 1, columnPx: 3 });
    const row = sheet.row('teal');
    row.columns.add(0, 3, 1);
    row.columns.add(4.5, 6, 1);
    sheet.finish();
    sheet.paint(chart.pen, row, STRIPE);
    expect(written()).toEqual([[255, 128, 0]]);
    expect(chart.of('drawImage')[0]?.slice(1)).toEqual([0, 0, 3, 1, 0, 5, 9, 20]);
  });

  it('has all rows of a frame in one image, each in its colour, and begins anew', () => {
    const { sheet, chart, written, pens } = newSheet();
    for (const shift of [0, 1]) {
      sheet.begin(2, FINE);
      const rows = ['teal', 'navy', 'plum'].map((colour) => sheet.row(colour));
      rows[shift]?.columns.add(0, 1, 1);
      rows[2]?.columns.add(1, 2, 1);
      sheet.finish();
      for (const row of rows) sheet.paint(chart.pen, row, STRIPE);
    }
    expect(written()).toEqual([
      [0, 0],
      [255, 0],
      [0, 255],
    ]);
    expect(pens).toHaveLength(1);
    expect(pens[0]?.of('putImageData')).toHaveLength(2);
    const fills = pens[0]?.calls.filter((call) => call.name === 'fillRect') ?? [];
    expect(fills.map((call) => [call.fillStyle, call.arguments[1]])).toEqual([
      ['teal', 0],
      ['plum', 2],
      ['navy', 1],
      ['plum', 2],
    ]);
    expect(chart.of('drawImage').map(([, , row]) => row)).toEqual([0, 2, 1, 2]);
  });

  it('makes no image where nothing is covered', () => {
    const { sheet, pens, newSurface, chart } = newSheet();
    for (const strips of [sheet, new HatchedStrips(newSurface)]) {
      strips.begin(4, FINE);
      strips.finish();
      strips.begin(4, FINE);
      const row = strips.row('teal');
      strips.finish();
      strips.paint(chart.pen, row, STRIPE);
    }
    expect(pens).toEqual([]);
    expect(chart.of('drawImage')).toEqual([]);
  });

  it('hatches all rows at once, at the screen’s own resolution', () => {
    const { newSurface, chart, pens } = newSheet();
    const strips = new HatchedStrips(newSurface);
    const frame = () => {
      strips.begin(100, { ratio: 2, columnPx: 1 });
      const rows = [strips.row('orange'), strips.row('orange')];
      for (const { columns } of rows) columns.add(0, 50, 1);
      strips.finish();
      rows.forEach((row, place) => {
        strips.paint(chart.pen, row, { top: 5 + 30 * place, height: 20 });
      });
    };
    frame();
    // A stripe of 40 of the screen's pixels is laid in courses of the pattern's 12; the last is cut.
    expect(chart.of('drawImage').map((call) => call.slice(1))).toEqual([
      [0, 0, 200, 12, 0, 5, 100, 6],
      [0, 0, 200, 12, 0, 11, 100, 6],
      [0, 0, 200, 12, 0, 17, 100, 6],
      [0, 0, 200, 4, 0, 23, 100, 2],
      [0, 12, 200, 12, 0, 35, 100, 6],
      [0, 12, 200, 12, 0, 41, 100, 6],
      [0, 12, 200, 12, 0, 47, 100, 6],
      [0, 12, 200, 4, 0, 53, 100, 2],
    ]);
    const made = pens.length;
    const sheetPen = pens.find(({ of }) => of('putImageData').length > 0);
    expect(sheetPen?.of('fillRect')).toEqual([[0, 0, 200, 24]]);
    frame();
    expect(pens.length).toBe(made);
    // The frame's own rows, also where the one before was never released.
    expect(sheetPen?.of('fillRect')).toHaveLength(2);
  });

  it('hatches as strongly as the tile and what is covered are together', () => {
    const { newSurface, written } = newSheet();
    const strips = new HatchedStrips(newSurface);
    strips.begin(4, { ratio: 1.5, columnPx: 2 });
    const { columns } = strips.row('orange');
    columns.add(0, 2, 1);
    columns.add(2, 3, 1);
    strips.finish();
    // The tile is 9 pixels high, and each of its pixels is 200 strong.
    expect(written()).toEqual(Array(9).fill([200, 200, 200, 100, 100, 100]));
  });

  it('hatches each pixel as the column that its middle lies in, at any ratio', () => {
    const { newSurface, written } = newSheet();
    const strips = new HatchedStrips(newSurface);
    const hatched = (ratio: number) => {
      strips.begin(4, { ratio, columnPx: 1 });
      strips.row('orange').columns.add(0, 1, 1);
      strips.finish();
      return written();
    };
    expect(hatched(1.5)).toEqual(Array(9).fill([200, 0, 0, 0, 0, 0]));
    expect(hatched(2)).toEqual(Array(12).fill([200, 200, 0, 0, 0, 0, 0, 0]));
  });
});

it.each([
  [0, 0],
  [1e-6, FAINTEST],
  [0.7, 0.7],
  [1.1, 1],
])('a column covered to %d is painted with %d', (coverage, painted) => {
  expect(strength(coverage)).toBe(painted);
});
