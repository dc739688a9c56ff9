import { Command } from 'commander';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parameterOptions, parametersFrom } from '../../src/cli/flags.js';
import { commandLineOf } from '../../src/experiment/command-line.js';
import { comparedParameters, COMPARISON_SETS } from '../../src/experiment/variants.js';
import {
  defaultParameters,
  PARAMETER_NAMES,
  SPECIFICATIONS,
  type ParameterName,
  type Parameters,
  type Specification,
} from '../../src/experiment/parameters.js';

const PREFIX = 'npm run --silent gilscope -- run';
const COMPARE = 'npm run --silent gilscope -- compare';
const CORES = 4;

/** Reads a command line back with the command's own options. */
function parse(line: string, prefix = PREFIX, leftOut: readonly ParameterName[] = []): Parameters {
  const command = new Command().exitOverride();
  for (const option of parameterOptions(CORES, leftOut)) command.addOption(option);
  const words = line.slice(prefix.length).trim().split(' ');
  return parametersFrom(command.parse(words, { from: 'user' }).opts(), CORES);
}

function valuesOf(specification: Specification): fc.Arbitrary<string | number> {
  if (specification.type === 'choice') {
    return fc.constantFrom(...Object.keys(specification.options));
  }
  const { min, max, whole, exclusiveMin } = specification;
  if (whole) return fc.integer({ min, max });
  return fc.double({ min, max, noNaN: true, minExcluded: exclusiveMin === true });
}

const parameters = fc.record(
  Object.fromEntries(PARAMETER_NAMES.map((name) => [name, valuesOf(SPECIFICATIONS[name])])),
) as unknown as fc.Arbitrary<Parameters>;

describe('the command line of a run', () => {
  it('says what differs from the defaults, and the threads', () => {
    expect(commandLineOf(defaultParameters(2))).toBe(`${PREFIX} --threads 2`);
    expect(commandLineOf({ ...defaultParameters(2), lock: 'gil-held', epsilon: 1e-12 })).toBe(
      `${PREFIX} --threads 2 --lock gil-held --epsilon 1e-12`,
    );
  });

  it('is read back by the command line as the same parameters, and needs no quotes', () => {
    fc.assert(
      fc.property(parameters, (wanted) => {
        const line = commandLineOf(wanted);
        expect(line.startsWith(PREFIX)).toBe(true);
        expect(line).toMatch(/^[\w +.-]*$/);
        // The command line has no −0 of its own.
        expect(parse(line)).toEqual(JSON.parse(JSON.stringify(wanted)));
      }),
    );
  });
});

describe('the command line of a comparison', () => {
  it('leaves out what a comparison sets itself', () => {
    const chosen = { ...defaultParameters(2), lock: 'gil-switching', scheduler: 'static' } as const;
    expect(commandLineOf(chosen, 'compare')).toBe(`${COMPARE} --threads 2`);
  });

  it('is read back with the options of compare, as the same comparison', () => {
    fc.assert(
      fc.property(parameters, (wanted) => {
        const read = parse(commandLineOf(wanted, 'compare'), COMPARE, COMPARISON_SETS);
        expect(comparedParameters(read)).toEqual(
          JSON.parse(JSON.stringify(comparedParameters(wanted))),
        );
      }),
    );
  });
});
