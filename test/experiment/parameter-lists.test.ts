import { describe, expect, it } from 'vitest';
import { LIST_LENGTH_MAX, readList } from '../../src/experiment/parameter-lists.js';
import type { ParameterName } from '../../src/experiment/parameters.js';

const CORES = 4;

function valuesOf(name: ParameterName, text: string): unknown {
  const read = readList(name, text, CORES);
  return read.ok ? read.values : read.problem;
}

describe('a list', () => {
  it.each([
    ['threads', '3', [3]],
    ['threads', '1,2,4', [1, 2, 4]],
    ['threads', ' 1, 2 ,4 ', [1, 2, 4]],
    ['threads', '1..8', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['threads', '1..64*2', [1, 2, 4, 8, 16, 32, 64]],
    ['threads', '1..100*3', [1, 3, 9, 27, 81]],
    ['size', '10..50+10', [10, 20, 30, 40, 50]],
    ['size', '10..55+10', [10, 20, 30, 40, 50]],
    ['size', '7..7', [7]],
    ['size', '8,16..32*2,100', [8, 16, 32, 100]],
    ['threads', 'cores', [4]],
    ['threads', '1..cores', [1, 2, 3, 4]],
    ['threads', '1,cores,cores..8+2', [1, 4, 6, 8]],
    ['threads', '2,1,2', [2, 1]],
    ['sleepMs', '0.1..0.5+0.1', [0.1, 0.2, 0.3, 0.4, 0.5]],
    ['sleepMs', '0..2', [0, 1, 2]],
    ['sleepMs', '.5...75+.25', [0.5, 0.75]],
    ['epsilon', '1e-10..1e-7*10', [1e-10, 1e-9, 1e-8, 1e-7]],
    ['matrices', '1e2..1e+3+3e2', [100, 400, 700, 1000]],
    ['seed', '9007199254740990..9007199254740991', [2 ** 53 - 2, 2 ** 53 - 1]],
    ['lock', 'none,gil-held', ['none', 'gil-held']],
    ['scheduler', 'all', ['serial', 'static', 'executor', 'dynamic']],
    ['scheduler', 'dynamic,all', ['dynamic', 'serial', 'static', 'executor']],
    ['workload', 'sleep', ['sleep']],
  ] as const)('of %s, %s, is its values', (name, text, values) => {
    expect(valuesOf(name, text)).toEqual(values);
  });

  it.each([
    ['threads', '', 'threads is an empty list; give one value or more'],
    ['lock', ' ', 'lock is an empty list; give one value or more'],
    ['threads', '1,,2', 'threads has an empty value in "1,,2"'],
    ['threads', ',', 'threads has an empty value in ","'],
    ['threads', '8..1', 'threads goes down in "8..1"; begin with the least value'],
    ['threads', '64..1*2', 'threads goes down in "64..1*2"; begin with the least value'],
    ['threads', '1..', 'threads has no number at an end of "1.."'],
    ['threads', '..8', 'threads has no number at an end of "..8"'],
    ['threads', '1..a', 'threads has no number at an end of "1..a"'],
    ['size', '1..cores', 'size has no number at an end of "1..cores"'],
    ['threads', '1..8*', 'threads has no number at an end of "1..8*"'],
    ['threads', '1..8*x', 'threads has no number as the step of "1..8*x"'],
    ['threads', '1..8+0', 'threads never ends in "1..8+0"; step by more than 0'],
    ['threads', '1..8+-1', 'threads never ends in "1..8+-1"; step by more than 0'],
    ['threads', '1..8*1', 'threads never ends in "1..8*1"; multiply by more than 1'],
    ['sleepMs', '0..8*2', 'sleepMs never leaves 0 in "0..8*2"; begin with more than 0'],
    ['threads', '0..8', 'threads is 0; it takes a whole number from 1 to 256'],
    ['threads', '1..300', 'threads is 300; it takes a whole number from 1 to 256'],
    ['threads', '1,257', 'threads is 257; it takes a whole number from 1 to 256'],
    ['threads', '1..4+0.5', 'threads is 1.5; it takes a whole number from 1 to 256'],
    ['threads', '1;2', 'threads is "1;2"; it takes a whole number from 1 to 256'],
    ['size', '1..4096', `size has 4,096 values; a list has at most ${LIST_LENGTH_MAX}`],
    ['matrices', '1..1000000', `matrices has 1,000,000 values; a list has at most 64`],
    ['size', '1..40,60..99', `size has 80 values; a list has at most 64`],
    ['lock', 'none,gil', expect.stringMatching(/^lock is "gil"; it takes one of none, /)],
  ] as const)('of %s that cannot be is refused in a line: "%s"', (name, text, problem) => {
    expect(valuesOf(name, text)).toEqual(problem);
  });
});
