import { expect, it } from 'vitest';
import { comparisonOf } from '../../src/experiment/comparison.js';
import { comparisonMarkdown } from '../../src/experiment/comparison-markdown.js';
import { recordOf } from '../fixtures/records.js';

it('is a table with a row for each way, and what it means below', () => {
  const walls = [2e6, 2e6, 2e6];
  const comparison = comparisonOf({
    serial: recordOf({ walls, parameters: { scheduler: 'serial', threads: 1 } }),
    static: recordOf({ walls: walls.map((wall) => wall / 2), parameters: { scheduler: 'static' } }),
    executor: recordOf({ walls }),
    gilHeld: recordOf({ walls, parameters: { lock: 'gil-held' } }),
  });
  const lines = comparisonMarkdown(comparison).split('\n');
  expect(lines[0]).toContain('strict test');
  const table = lines.filter((line) => line.startsWith('|'));
  expect(table).toHaveLength(2 + 4);
  const columns = table.map((line) => line.split('|').length);
  expect(new Set(columns)).toEqual(new Set([9]));
  expect(table[3]).toContain(
    '| Static, 2 threads, lock: None | 1.00 ms | 1.00 ms to 1.00 ms | 2.00× |',
  );
  expect(table[3]).toContain('| 100 % |');
  expect(lines.join('\n')).toContain(comparison.conclusion);
});
