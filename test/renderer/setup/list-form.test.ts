import { describe, expect, it } from 'vitest';
import {
  defaultParameters,
  PARAMETER_NAMES,
  SPECIFICATIONS,
  type ParameterName,
} from '../../../src/experiment/parameters.js';
import { SINGLE_VALUED } from '../../../src/sweep/axes.js';
import {
  judgeLists,
  listBounds,
  listHints,
  listMeaning,
  listsOf,
  listsOfAxes,
} from '../../../src/renderer/setup/list-form.js';

const CORES = 8;
const START = listsOf(defaultParameters(CORES));

/** What is said of the lists to begin with, with others in some fields. */
function judged(changes: Partial<Record<ParameterName, string>>) {
  return judgeLists({ ...START, ...changes }, CORES);
}

describe('the lists of a sweep', () => {
  it('begin with every number of threads up to the cores', () => {
    const { axes, cells, problems } = judged({});
    expect(problems.size).toBe(0);
    expect(axes?.threads).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(cells).toHaveLength(8);
    expect(judgeLists(listsOf(defaultParameters(1)), 1).axes?.threads).toEqual([1, 2]);
  });

  it.each([
    ['1,2,4', [1, 2, 4]],
    ['1..4', [1, 2, 3, 4]],
    ['1..64*2', [1, 2, 4, 8, 16, 32, 64]],
    ['10..50+10', [10, 20, 30, 40, 50]],
    ['cores', [CORES]],
    ['1, cores', [1, CORES]],
  ])('take numbers as %s', (text, values) => {
    expect(judged({ threads: text }).axes?.threads).toEqual(values);
  });

  it('take names, or all of them', () => {
    expect(judged({ lock: 'none, gil-held' }).axes?.lock).toEqual(['none', 'gil-held']);
    expect(judged({ lock: 'all' }).counts.get('lock')).toBe(
      Object.keys(SPECIFICATIONS.lock.options).length,
    );
  });

  it('say how many cells they make and about how long these take', () => {
    const few = judged({ threads: '1,2' });
    const more = judged({ threads: '1,2', lock: 'none,gil-held', scheduler: 'serial,executor' });
    // Serial work has one thread, whatever is asked for.
    expect(more.cells).toHaveLength(6);
    expect(more.estimate?.aboutNs).toBeGreaterThan(few.estimate?.aboutNs ?? Infinity);
    expect(listHints(more, CORES)).toMatchObject({
      Work: { text: '6 cells' },
      Threads: { text: 'up to 2 lanes on 8 cores' },
    });
  });

  it.each([
    ['threads', '', 'Threads is an empty list'],
    ['threads', '4..1', 'Threads goes down in "4..1"'],
    ['threads', '1,,2', 'Threads has an empty value'],
    ['threads', '0,1', 'Threads is 0'],
    ['threads', '1..200', 'Threads has 200 values'],
    ['lock', 'none,loose', 'Lock mode is "loose"'],
    ['repeats', '3,5', 'Repeats has 2 values'],
    ['matrices', 'many', 'Matrices is "many"'],
  ] as const)('are refused in words at their field: %s %s', (name, text, words) => {
    const { axes, cells, problems } = judged({ [name]: text });
    expect(axes).toBeNull();
    expect(cells).toEqual([]);
    expect([...problems.keys()]).toEqual([name]);
    expect(problems.get(name)?.sentence).toContain(words);
  });

  it('are refused where they make too many cells or repeats, at the longest list', () => {
    const many = judged({ threads: '1..64', size: '1..64', matrices: '1,2' });
    expect(many.axes).toBeNull();
    const [[at, note] = []] = many.problems;
    expect(at).toBe('size');
    expect(note?.sentence).toBe('The sweep has 8,192 cells; it takes at most 4,096');
    const repeats = judged({ threads: '1..64', size: '1..64', repeats: '1000' });
    expect(repeats.problems.get('size')?.sentence).toMatch(/4,096,000 repeats of 4,096 cells/);
  });

  it('are refused where a cell does not fit into memory', () => {
    const { axes, problems } = judged({ matrices: '1,1000000', size: '4096' });
    expect(axes).toBeNull();
    expect(problems.get('matrices')?.brief).toBe('Too large');
  });

  it('are what they were made of again', () => {
    const { axes } = judged({ threads: '1..64*2', lock: 'none,gil-held' });
    if (axes === null) throw new Error('these lists are right');
    expect(judgeLists(listsOfAxes(axes), CORES).axes).toEqual(axes);
  });

  it.each(PARAMETER_NAMES)('say what the one for %s takes', (name) => {
    const { subject, text } = listMeaning(name);
    expect(subject).toBe(SPECIFICATIONS[name].label);
    expect(text).toMatch(SINGLE_VALUED.includes(name) ? /one value/ : /values and ranges|names/);
    expect(listBounds(SPECIFICATIONS[name])).not.toBe('');
  });
});
