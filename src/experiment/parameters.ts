import * as v from 'valibot';
import {
  LOCK_MODES,
  PARAMETER_NAMES,
  SPECIFICATIONS,
  type NumberSpecification,
  type ParameterName,
  type Parameters,
  type Specification,
} from './specifications.js';
import { shortened } from '../base/shortened.js';

/** Defaults, ranges and checks of a run's parameters, from the table in specifications.ts. */

export * from './specifications.js';

/** One refused value: which parameter, and one line that says value and range. */
export interface ParameterProblem {
  readonly parameter: string;
  readonly message: string;
}

/** The outcome of checking: the parameters, or every problem found. */
export type CheckedParameters =
  | { readonly ok: true; readonly parameters: Parameters }
  | { readonly ok: false; readonly problems: readonly ParameterProblem[] };

/** The defaults on a machine of which so many cores may be used: a thread for each, begun ones included. */
export function defaultParameters(usableCores: number): Parameters {
  const entries = PARAMETER_NAMES.map((name) => [name, SPECIFICATIONS[name].fallback]);
  const { min, max } = SPECIFICATIONS.threads;
  const threads = Math.min(Math.max(Math.ceil(usableCores), min), max);
  return { ...(Object.fromEntries(entries) as Parameters), threads };
}

/** What a specification takes, in words: `a whole number from 1 to 256`. */
export function describeRange(specification: Specification): string {
  if (specification.type === 'choice') {
    return `one of ${Object.keys(specification.options).join(', ')}`;
  }
  const { min, max, whole, exclusiveMin } = specification;
  const kind = whole ? 'a whole number' : 'a number';
  const plain = (bound: number) => bound.toLocaleString('en-GB');
  return exclusiveMin === true
    ? `${kind.replace('a ', 'a finite ')} greater than ${plain(min)}`
    : `${kind} from ${plain(min)} to ${plain(max)}`;
}

/** The valibot schema of one parameter, with messages that name parameter, value and range. */
function schemaOf(name: ParameterName) {
  const specification: Specification = SPECIFICATIONS[name];
  const message = (issue: { readonly input: unknown }) =>
    `${name} is ${describeValue(issue.input)}; it takes ${describeRange(specification)}`;
  if (specification.type === 'choice') {
    return v.picklist(Object.keys(specification.options), message);
  }
  // One check of all, so that a value is refused in one line.
  return v.pipe(
    v.number(message),
    v.check((value) => isInRange(value, specification), message),
  );
}

function isInRange(value: number, specification: NumberSpecification): boolean {
  const { min, max, whole, exclusiveMin } = specification;
  const isAboveMin = exclusiveMin === true ? value > min : value >= min;
  return isAboveMin && value <= max && (!whole || Number.isSafeInteger(value));
}

/** A value as a message shows it: shortened, and with a word where there is none. */
function describeValue(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return Number.isNaN(value) ? 'not a number' : String(value);
    case 'string':
    case 'boolean':
    case 'bigint':
      return `"${shortened(String(value), ECHO_LENGTH)}"`;
    case 'object':
      return value === null ? 'missing' : Array.isArray(value) ? 'a list' : 'an object';
    default:
      return 'missing';
  }
}

/** Characters of a refused value that its refusal repeats, at most. */
const ECHO_LENGTH = 40;

const entries = Object.fromEntries(PARAMETER_NAMES.map((name) => [name, schemaOf(name)]));

/** The schema of a whole set of parameters; what is not a parameter is refused by name. */
export const ParametersSchema = v.strictObject(entries, (issue) =>
  issue.expected === 'never'
    ? `${shortened(issue.received, ECHO_LENGTH)} is no parameter; there are ${PARAMETER_NAMES.join(', ')}`
    : issue.expected === 'Object'
      ? 'the parameters are not an object'
      : `${issue.expected} is missing`,
) as unknown as v.GenericSchema<unknown, Parameters>;

/** Returns what is wrong with one parameter's value, in a line; null where nothing is. */
export function problemOf(name: ParameterName, value: unknown): string | null {
  const result = v.safeParse(schemaOf(name), value);
  return result.success ? null : result.issues[0].message;
}

/** Returns parameters of which each is taken from `values` where that is right, and else from `fallbacks`. */
export function withFallbacks(
  values: Readonly<Record<string, unknown>>,
  fallbacks: Parameters,
): Parameters {
  const entries = PARAMETER_NAMES.map((name) => [
    name,
    problemOf(name, values[name]) === null ? values[name] : fallbacks[name],
  ]);
  return Object.fromEntries(entries) as Parameters;
}

/** Checks a whole set of parameters from outside (form, command line, bridge, file). */
export function checkParameters(input: unknown): CheckedParameters {
  const result = v.safeParse(ParametersSchema, input);
  if (result.success) return { ok: true, parameters: result.output };
  const problems = result.issues.map((issue) => ({
    parameter: v.getDotPath(issue) ?? '',
    message: issue.message,
  }));
  return { ok: false, problems };
}

/** Whether two sets ask for the same run, apart from some parameters and from what has no effect. */
export function isSameRun(
  a: Parameters,
  b: Parameters,
  apartFrom: readonly ParameterName[] = [],
): boolean {
  return PARAMETER_NAMES.every(
    (name) => a[name] === b[name] || apartFrom.includes(name) || !isEffective(name, a),
  );
}

/** Whether a parameter has an effect under the others, so that forms can dim what has none. */
export function isEffective(name: ParameterName, parameters: Parameters): boolean {
  switch (name) {
    case 'sleepMs':
      return parameters.workload === 'sleep';
    case 'interpreterUs':
    case 'size':
    case 'seed':
    case 'epsilon':
    case 'maxIterations':
    case 'convergence':
      return parameters.workload === 'power';
    case 'switchIntervalMs':
      return LOCK_MODES[parameters.lock].takesInterval;
    case 'threads':
      return parameters.scheduler !== 'serial';
    default:
      return true;
  }
}
