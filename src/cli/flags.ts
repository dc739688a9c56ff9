import { Option } from 'commander';
import {
  PARAMETER_NAMES,
  SPECIFICATIONS,
  checkParameters,
  defaultParameters,
  describeRange,
  type ParameterName,
  type Parameters,
} from '../experiment/parameters.js';
import { RefusedError } from './failures.js';

/** What commander has read: each option's value by its attribute name. */
export type FlagValues = Readonly<Record<string, unknown>>;

/** A decimal number, whole, with nothing around it: `12`, `-0.5`, `1e3`. */
const DECIMAL = /^([+-]?)(?=\.?\d)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i;

/** The flags of all parameters but those left out, with their ranges and defaults. */
export function parameterOptions(
  logicalCores: number,
  leftOut: readonly ParameterName[] = [],
): Option[] {
  const defaults = defaultParameters(logicalCores);
  return PARAMETER_NAMES.filter((name) => !leftOut.includes(name)).map((name) => {
    const { help } = SPECIFICATIONS[name];
    const option = optionOf(name).default(defaults[name], defaultLabel(name, defaults));
    option.description = `${help}; ${describeRange(SPECIFICATIONS[name])}`;
    return option;
  });
}

/**
 * The parameters that the flags give.
 *
 * @throws RefusedError with a line for each value out of range
 */
export function parametersFrom(values: FlagValues, logicalCores: number): Parameters {
  const defaults = defaultParameters(logicalCores);
  const given = PARAMETER_NAMES.map((name) => [
    name,
    values[optionOf(name).attributeName()] ?? defaults[name],
  ]);
  const checked = checkParameters(Object.fromEntries(given));
  if (checked.ok) return checked.parameters;
  throw new RefusedError(
    checked.problems.map(({ parameter, message }) => `${message} (${flagOf(parameter)})`),
  );
}

/**
 * Text as a number if it is one; else as it is, to be refused by the parameter's own check. What is
 * beyond all numbers is none, nor is what is a whole number only by rounding.
 */
export function strictNumber(text: string): number | string {
  const value = DECIMAL.test(text) ? Number(text) : NaN;
  const isRounded = Number.isInteger(value) && digitsOf(text) !== digitsOf(String(value));
  return Number.isFinite(value) && !isRounded ? value : text;
}

/** A decimal number in one way of writing it: its digits without zeros around them, and a power of ten. */
function digitsOf(decimal: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] = DECIMAL.exec(decimal) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  const exponent = Number(power) - fraction.length + digits.length - significant.length;
  return significant === '' ? '0' : `${sign === '-' ? '-' : ''}${significant}e${exponent}`;
}

function optionOf(name: ParameterName): Option {
  const { flag, type } = SPECIFICATIONS[name];
  const option = new Option(`${flag} <value>`);
  return type === 'number' ? option.argParser(strictNumber) : option;
}

function defaultLabel(name: ParameterName, defaults: Parameters): string {
  return name === 'threads' ? `the logical cores, ${defaults.threads}` : String(defaults[name]);
}

function flagOf(parameter: string): string {
  return parameter in SPECIFICATIONS ? SPECIFICATIONS[parameter as ParameterName].flag : parameter;
}
