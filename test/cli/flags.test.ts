import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { RefusedError } from '../../src/cli/failures.js';
import { parameterOptions, parametersFrom } from '../../src/cli/flags.js';
import { defaultParameters, type Parameters } from '../../src/experiment/parameters.js';

const CORES = 4;

function parse(...words: string[]): Parameters {
  const command = new Command().exitOverride();
  for (const option of parameterOptions(CORES)) command.addOption(option);
  return parametersFrom(command.parse(words, { from: 'user' }).opts(), CORES);
}

function problems(...words: string[]): readonly string[] {
  try {
    parse(...words);
  } catch (error) {
    if (error instanceof RefusedError) return error.problems;
    throw error;
  }
  return [];
}

describe('flags', () => {
  it('that are not given are the defaults', () => {
    expect(parse()).toEqual(defaultParameters(CORES));
  });

  it('set every parameter', () => {
    const words =
      '--workload sleep --matrices 7 --size 9 --threads 3 --scheduler dynamic --lock per-object ' +
      '--switch-interval 0.5 --interpreter-time 10.5 --epsilon 1e-6 --max-iterations 500 --convergence sign-aware ' +
      '--sleep 1.5 --seed 9007199254740991 --repeats 11 --warmup 0';
    expect(parse(...words.split(' '))).toEqual({
      workload: 'sleep',
      matrices: 7,
      size: 9,
      threads: 3,
      scheduler: 'dynamic',
      lock: 'per-object',
      switchIntervalMs: 0.5,
      interpreterUs: 10.5,
      epsilon: 1e-6,
      maxIterations: 500,
      convergence: 'sign-aware',
      sleepMs: 1.5,
      seed: Number.MAX_SAFE_INTEGER,
      repeats: 11,
      warmup: 0,
    });
  });

  it('out of range are refused, each in a line that names its parameter, value, range and flag', () => {
    expect(problems('--size', '0', '--switch-interval', '5ms', '--lock', 'gil')).toEqual([
      'size is 0; it takes a whole number from 1 to 4,096 (--size)',
      'lock is "gil"; it takes one of none, gil-held, gil-released, gil-switching, per-object (--lock)',
      'switchIntervalMs is "5ms"; it takes a number from 0.1 to 1,000 (--switch-interval)',
    ]);
  });

  it.each([
    'NaN',
    'Infinity',
    '-Infinity',
    '1e999',
    '0x10',
    '12abc',
    '1,000',
    '',
    ' 5',
    '--',
    '1_0',
    '0,5',
    '1e−10',
    '5 ms',
    '٥',
    '５',
    '1×10^3',
  ])('that are no plain number are refused: "%s"', (text) => {
    expect(problems('--matrices', text)).toHaveLength(1);
    expect(problems('--epsilon', text)).toHaveLength(1);
  });
});

describe('a number that cannot be kept exactly', () => {
  it('is refused as it is written', () => {
    expect(problems('--seed', '9007199254740993')).toEqual([
      'seed is "9007199254740993"; it takes a whole number from 0 to 9,007,199,254,740,991 (--seed)',
    ]);
    expect(problems('--matrices', '4.0000000000000000001')).toHaveLength(1);
    expect(problems('--epsilon', '1e400')).toEqual([
      'epsilon is "1e400"; it takes a finite number greater than 0 (--epsilon)',
    ]);
  });
});

it('help says what each flag means, its range and its default', () => {
  const command = new Command().configureHelp({ helpWidth: 200 });
  for (const option of parameterOptions(CORES, ['lock'])) command.addOption(option);
  const help = command.helpInformation();
  expect(help).toContain(
    'rows of each square matrix; a whole number from 1 to 4,096 (default: 64)',
  );
  expect(help).toContain('(default: the cores that may be used)');
  expect(help).toContain('one of serial, static, executor, dynamic (default: executor)');
  expect(help).not.toContain('--lock');
});
