import { describe, expect, it } from 'vitest';
import { layoutOf } from '../../../src/memory/layout.js';
import {
  defaultParameters,
  PARAMETER_NAMES,
  SPECIFICATIONS,
  type ParameterName,
  type Parameters,
} from '../../../src/experiment/parameters.js';
import { formatBytes, formatCount } from '../../../src/base/units.js';
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

const defaults = defaultParameters(2);
const text = (changes: Partial<Record<ParameterName, string>>) => ({
  ...textOf(defaults),
  ...changes,
});

describe('the form', () => {
  it('has every parameter once, in the order of the specifications', () => {
    expect(GROUPS.flatMap(({ names }) => names)).toEqual(PARAMETER_NAMES);
  });

  it('reads back what it shows', () => {
    expect(judge(textOf(defaults))).toMatchObject({ parameters: defaults, inRange: defaults });
    expect(judge(text({ epsilon: '1e-12' })).parameters?.epsilon).toBe(1e-12);
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
    const { parameters, inRange, problems } = judge(text({ [name]: value }));
    expect(parameters).toBeNull();
    expect(inRange).toBeNull();
    expect([...problems]).toEqual([[name, { brief, sentence }]]);
  });

  it('finds every wrong field at once, in the order of the form', () => {
    const { problems } = judge(text({ repeats: '0', matrices: 'x' }));
    expect([...problems.keys()]).toEqual(['matrices', 'repeats']);
  });

  it('refuses a run too large for memory at its field, with the bytes', () => {
    const { parameters, inRange, problems } = judge(text({ matrices: '1000', size: '4096' }));
    expect(parameters).toBeNull();
    expect(inRange?.size).toBe(4096);
    const bytes = layoutOf({ ...defaults, matrices: 1000, size: 4096 }).totalBytes;
    expect(problems.get('matrices')?.sentence).toBe(
      `1,000 matrices of 4,096 × 4,096 need ${formatCount(bytes)} bytes of shared memory; ` +
        'there are 4,294,967,296',
    );
  });

  it('puts defaults where a field is wrong, to tell what has an effect', () => {
    const drafted = provisional(text({ threads: '999', lock: 'gil-switching' }), defaults);
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
