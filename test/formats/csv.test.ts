import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { csvLine } from '../../src/formats/csv.js';

const anyField = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', ' ', 'a', 'ä') }),
  fc.integer(),
);

it('a line of CSV is read as the fields that it was made of', () => {
  fc.assert(
    fc.property(fc.array(anyField, { minLength: 1, maxLength: 5 }), (fields) => {
      // A lone empty field is an empty line, which readers pass over.
      fc.pre(fields.length > 1 || fields[0] !== '');
      const read = parse(csvLine(fields), { bom: false, record_delimiter: '\r\n' });
      expect(read).toEqual([fields.map(String)]);
    }),
  );
});

it('a field is quoted only where it must be', () => {
  expect(csvLine(['a b', 1.5, 'a"b', 'a,b', 'a\nb', ''])).toBe('a b,1.5,"a""b","a,b","a\nb",\r\n');
});
