import { expect, it } from 'vitest';
import { limitInTheWay } from '../../scripts/setup/limits.mjs';

/** What /proc/self/limits says where only some things are limited. */
function readerOf(limits) {
  const rows = ['Max data size', 'Max processes', 'Max address space'].map(
    (row) =>
      `${row.padEnd(26)}${String(limits[row] ?? 'unlimited').padEnd(21)}unlimited            units`,
  );
  return () =>
    `Limit                     Soft Limit           Hard Limit           Units\n${rows.join('\n')}\n`;
}

/** A user with 30 threads. */
const user = { uid: 1000, threadsOf: () => 30 };

it.each([
  [
    'Max address space',
    16_384_000_000,
    /takes 137 GB of address space.* may have 16\.4 GB \(ulimit -v\)/,
  ],
  ['Max data size', 102_400_000, /may have 0\.102 GB \(ulimit -d\)/],
  ['Max processes', 20, /has 30 of the 20 processes and threads that are allowed \(ulimit -u\)/],
  ['Max processes', 43, /has 30 of the 43/],
])('a limit that Electron would not start under is named in a line: %s, %d', (row, limit, says) => {
  const line = limitInTheWay({ ...user, readFile: readerOf({ [row]: limit }) });
  expect(line).toMatch(says);
  expect(line).not.toContain('\n');
});

it.each([
  ['without limits', {}],
  ['with a terabyte of address space', { 'Max address space': 1e12 }],
  ['with threads left', { 'Max processes': 44 }],
  ['with so many threads that they are not counted', { 'Max processes': 100_000 }],
])('none is in the way %s', (_, limits) => {
  expect(limitInTheWay({ ...user, readFile: readerOf(limits) })).toBeUndefined();
});

it('is not asked of root, whose threads are not limited', () => {
  const readFile = readerOf({ 'Max processes': 20 });
  expect(limitInTheWay({ ...user, uid: 0, readFile })).toBeUndefined();
});

it('is not asked where the system has no such file', () => {
  const readFile = () => {
    throw new Error('ENOENT');
  };
  expect(limitInTheWay({ ...user, readFile })).toBeUndefined();
});
