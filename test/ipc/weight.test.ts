import { expect, it } from 'vitest';
import { isLargerThan } from '../../src/ipc/weight.js';

const circle: unknown[] = [];
circle.push(circle);
let deep: unknown = [];
for (let level = 0; level < 100_000; level += 1) deep = [deep];

it.each([
  ['text', 'a'.repeat(1001)],
  ['a list of nothing', Array.from({ length: 10_001 }, () => null)],
  ['a list that is mostly empty', new Array(2 ** 31)],
  ['a list in lists', deep],
  ['a circle', circle],
  ['names', { ['a'.repeat(1001)]: 1 }],
  ['a map', new Map([['a'.repeat(600), 'b'.repeat(600)]])],
  ['a set', new Set(Array.from({ length: 10_001 }, (_, index) => index))],
  ['binary data', new Uint8Array(1001)],
  ['a small part of large binary data', new Uint8Array(1001).subarray(0, 1)],
])('sees that %s is large', (_, value) => {
  expect(isLargerThan(value, 1000)).toBe(true);
});

it.each([
  null,
  7,
  'a'.repeat(900),
  [1, 2, 3],
  { parameters: { size: 4, lock: 'none' }, inPlaceOf: null },
  new Uint8Array(900),
])('lets %o pass', (value) => {
  expect(isLargerThan(value, 1000)).toBe(false);
});
