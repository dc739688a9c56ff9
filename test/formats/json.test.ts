import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonOf } from '../../src/experiment/comparison.js';
import { comparedParameters, mapCompared } from '../../src/experiment/variants.js';
import { jsonText } from '../../src/formats/json.js';
import { reportOf } from '../../src/experiment/report.js';
import { smallRun } from '../fixtures/parameters.js';
import { recordOf } from '../fixtures/records.js';

const written = (value: object) => [...jsonText(value)].join('');

describe('JSON in pieces', () => {
  it('is, byte for byte, what JSON.stringify gives, of any value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.object(), fc.array(fc.jsonValue())), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as object;
        expect(written(plain)).toBe(`${JSON.stringify(plain)}\n`);
      }),
    );
  });

  it('leaves out what is undefined, as JSON.stringify does', () => {
    const value = { a: undefined, b: [{ c: undefined, d: {} }], e: undefined };
    expect(written(value)).toBe('{"b":[{"d":{}}]}\n');
  });

  it.each([0, 1, 999, 1000, 1001, 2500])('has lists of %d figures', (length) => {
    const value = { list: Array.from({ length }, (_, index) => index / 3) };
    expect(written(value)).toBe(`${JSON.stringify(value)}\n`);
  });

  it('is a report, and a comparison, that reads back as it was', () => {
    const report = reportOf(recordOf({ parameters: { matrices: 5000 }, walls: [10, 20, 30] }));
    expect(JSON.parse(written(report))).toEqual(report);
    const variants = mapCompared(comparedParameters(smallRun()), (parameters) =>
      recordOf({ parameters }),
    );
    const comparison = comparisonOf(variants);
    expect(JSON.parse(written(comparison))).toEqual(comparison);
  });

  it('comes as it is asked for, in pieces of about 64 KiB', () => {
    let made = 0;
    const value = {
      rows: Array.from({ length: 100 }, () => ({
        get list() {
          made += 1;
          return [Array.from({ length: 5000 }, (_, index) => index)];
        },
      })),
    };
    const pieces = jsonText(value);
    pieces.next();
    const madeAtFirst = made;
    const lengths = [...pieces].map((piece) => piece.length);
    expect(madeAtFirst).toBeLessThan(made / 10);
    expect(Math.max(...lengths)).toBeLessThan(2 ** 17);
  });
});
