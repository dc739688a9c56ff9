import { Option } from 'commander';
import { exactNumber } from '../base/exact-number.js';
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

/** What is said of the usual number of threads, on every machine alike. */
export const USUAL_THREADS = 'the cores that may be used';

/** The flags of all parameters but those left out, with their ranges and defaults. */
export function parameterOptions(
  usableCores: number,
  leftOut: readonly ParameterName[] = [],
): Option[] {
  const defaults = defaultParameters(usableCores);
  return PARAMETER_NAMES.filter((name) => !leftOut.includes(name)).map((name) => {
    const { help } = SPECIFICATIONS[name];
    const option = optionOf(name).default(defaults[name], defaultLabel(name, defaults));
    option.description = `${help}; ${describeRange(SPECIFICATIONS[name])}`;
    return option;
  });
}

/**
 * Returns the parameters that the flags set.
 *
 * @throws RefusedError with a line for each value out of range
 */
export function parametersFrom(values: FlagValues, usableCores: number): Parameters {
  const defaults = defaultParameters(usableCores);
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
  return exactNumber(text) ?? text;
}

function optionOf(name: ParameterName): Option {
  const { flag, type } = SPECIFICATIONS[name];
  const option = new Option(`${flag} <value>`);
  return type === 'number' ? option.argParser(strictNumber) : option;
}

function defaultLabel(name: ParameterName, defaults: Parameters): string {
  return name === 'threads' ? USUAL_THREADS : String(defaults[name]);
}

function flagOf(parameter: string): string {
  return parameter in SPECIFICATIONS ? SPECIFICATIONS[parameter as ParameterName].flag : parameter;
}
