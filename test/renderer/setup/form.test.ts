import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../../src/memory/layout.js';
import {
  defaultParameters,
  PARAMETER_NAMES,
  SPECIFICATIONS,
  type ParameterName,
  type Parameters,
} from '../../../src/experiment/parameters.js';
import { numberSigns } from '../../../src/base/number-text.js';
import { formatBytes } from '../../../src/base/units.js';
import {
  boundsOf,
  GROUPS,
  judge,
  memoryHint,
  provisional,
  textOf,
  threadsHint,
} from '../../../src/renderer/setup/form.js';
import { smallRun } from '../../fixtures/parameters.js';

const ENGLISH = numberSigns('en');
const defaults = defaultParameters(2);
const text = (changes: Partial<Record<ParameterName, string>>) => ({
  ...textOf(defaults, ENGLISH),
  ...changes,
});

describe('the form', () => {
  it('has every parameter once, in the order of the specifications', () => {
    expect(GROUPS.flatMap(({ names }) => names)).toEqual(PARAMETER_NAMES);
  });

  it('reads back what it shows', () => {
    expect(judge(textOf(defaults, ENGLISH), ENGLISH)).toMatchObject({
      parameters: defaults,
      inRange: defaults,
    });
    expect(judge(text({ epsilon: '1e-12' }), ENGLISH).parameters?.epsilon).toBe(1e-12);
  });

  it.each([
    ['threads', '300', 'At most 256', 'Threads is 300; it takes a whole number from 1 to 256'],
    ['threads', '0', 'At least 1', 'Threads is 0; it takes a whole number from 1 to 256'],
    [
      'size',
      '2.5',
      'Whole numbers only',
      'Matrix size is 2.5; it takes a whole number from 1 to 4,096',
    ],
    [
      'matrices',
      '',
      'Needs a number',
      'Matrices is not a number; it takes a whole number from 1 to 1,000,000',
    ],
    [
      'sleepMs',
      '',
      'Needs a number',
      'Sleep (ms) is not a number; it takes a number from 0 to 60,000',
    ],
    ['epsilon', '0', 'More than 0', 'Epsilon is 0; it takes a finite number greater than 0'],
  ] as const)('says what is wrong with %s = %j', (name, value, brief, sentence) => {
    const { parameters, inRange, problems } = judge(text({ [name]: value }), ENGLISH);
    expect(parameters).toBeNull();
    expect(inRange).toBeNull();
    expect([...problems]).toEqual([[name, { brief, sentence }]]);
  });

  it.each([
    ['epsilon', '1e−10', 1e-10],
    ['epsilon', '1×10⁻¹⁰', 1e-10],
    ['switchIntervalMs', '0,5', 0.5],
    ['switchIntervalMs', '5 ms', 5],
    ['switchIntervalMs', '500 µs', 0.5],
    ['matrices', '1 000', 1000],
    ['matrices', '١٠٠', 100],
    ['seed', '９', 9],
  ] as const)('reads %s = %j as it is meant', (name, value, number) => {
    expect(judge(text({ [name]: value }), ENGLISH).parameters?.[name]).toBe(number);
  });

  it.each([
    ['epsilon', '1 × 10−10', 'Not a number', 'whose power of ten is not clear; write 1e-10'],
    ['threads', '5 ms', 'Not a number', 'which has more in it than a number'],
    ['threads', '0x10', 'Not a number', 'which is not written in decimal digits'],
    ['matrices', '10.000', 'Two meanings', 'which may mean 10 or 10000'],
    ['epsilon', '1e999', 'Too many digits', 'which cannot be kept exactly'],
  ] as const)('says why %s = %j is no number', (name, value, brief, why) => {
    const { parameters, problems } = judge(text({ [name]: value }), ENGLISH);
    expect(parameters).toBeNull();
    expect(problems.get(name)?.brief).toBe(brief);
    expect(problems.get(name)?.sentence).toContain(`is “${value}”, ${why}; it takes a `);
  });

  it('says how a number was read that could be another', () => {
    const { parameters, readings } = judge(text({ matrices: '1,234' }), ENGLISH);
    expect(parameters?.matrices).toBe(1234);
    expect(readings.get('matrices')).toEqual({
      brief: 'Read as 1234',
      sentence: 'Matrices is “1,234”, read as 1234: the comma stands between thousands',
    });
    expect(judge(text({ matrices: '1234' }), ENGLISH).readings.size).toBe(0);
  });

  it('shows and reads back fractions in the reader’s signs', () => {
    for (const locale of ['de', 'fr', 'de-CH', 'ar-EG', 'fa', 'hi', 'sv']) {
      const signs = numberSigns(locale);
      const parameters = { ...defaults, sleepMs: 1.125, switchIntervalMs: 0.5, epsilon: 2.5e-7 };
      expect(judge(textOf(parameters, signs), signs).parameters, locale).toEqual(parameters);
    }
    expect(textOf({ ...defaults, sleepMs: 1.5 }, numberSigns('de')).sleepMs).toBe('1,5');
  });

  it('finds every wrong field at once, in the order of the form', () => {
    const { problems } = judge(text({ repeats: '0', matrices: 'x' }), ENGLISH);
    expect([...problems.keys()]).toEqual(['matrices', 'repeats']);
  });

  it('refuses a run too large for memory at its field, with the bytes', () => {
    const { parameters, inRange, problems } = judge(
      text({ matrices: '1000', size: '4096' }),
      ENGLISH,
    );
    expect(parameters).toBeNull();
    expect(inRange?.size).toBe(4096);
    expect(problems.get('matrices')?.sentence).toBe(
      '1,000 matrices of 4,096 × 4,096 need 67.2 GB of shared memory and there are 4.29 GB: ' +
        'at most 63 of this size, or this many of 1,032 × 1,032',
    );
  });

  it('puts defaults where a field is wrong, to tell what has an effect', () => {
    const drafted = provisional(text({ threads: '999', lock: 'gil-switching' }), defaults, ENGLISH);
    expect(drafted).toEqual({ ...defaults, lock: 'gil-switching' });
  });
});

describe('hints', () => {
  it.each([
    ['threads', '1 to 256'],
    ['seed', '0 to 2⁵³ − 1'],
    ['epsilon', 'more than 0'],
    ['switchIntervalMs', '0.1 to 1,000'],
    ['interpreterUs', '0 to 10,000'],
  ] as const)('tell the bounds of %s', (name, bounds) => {
    expect(boundsOf(SPECIFICATIONS[name])).toBe(bounds);
  });

  it('tell the memory that a run takes', () => {
    const { totalBytes, matrixBytes } = layoutOf(defaults);
    expect(memoryHint(defaults)).toEqual({
      text: `${formatBytes(totalBytes)} shared · ${formatBytes(matrixBytes)} a matrix`,
      tone: 'plain',
    });
    expect(memoryHint({ ...defaults, workload: 'sleep' }).text).toMatch(/ shared · no matrices$/);
    const tooLarge = { ...defaults, matrices: 1e6, size: 4096 };
    expect(memoryHint(tooLarge)).toEqual({
      text: `Needs ${formatBytes(layoutOf(tooLarge).totalBytes)}, there are 4.29 GB`,
      tone: 'danger',
    });
  });

  it('tell how the lanes sit on the cores', () => {
    const hint = (changes: Partial<Parameters>) => threadsHint(smallRun(changes), 2);
    expect(hint({ threads: 2 })).toEqual({ text: '2 lanes on 2 cores', tone: 'plain' });
    expect(hint({ threads: 10, scheduler: 'serial' }).text).toBe('1 lane on 2 cores');
    expect(hint({ threads: 10 })).toEqual({
      text: '10 threads share 2 cores',
      tone: 'caution',
    });
    expect(hint({ threads: 10, workload: 'sleep' }).tone).toBe('plain');
  });
});
