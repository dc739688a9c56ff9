import { exactNumber } from '../base/exact-number.js';
import { shortened } from '../base/shortened.js';
import { formatCount } from '../base/units.js';
import {
  defaultParameters,
  problemOf,
  SPECIFICATIONS,
  type ParameterName,
  type Parameters,
  type Specification,
} from './parameters.js';

/**
 * Lists of a parameter's values, as a sweep takes them: values and ranges with commas between them.
 *
 *     1,2,4          values                  1..8           every whole step, both ends included
 *     1..64*2        1, 2, 4, … 64           10..50+10      10, 20, … 50
 *     cores, 1..cores the cores that may be used (threads alone)
 *     none,gil-held  names                   all            every name there is
 *
 * A value that comes again counts once.
 */

/** Values of one parameter, at most. */
export const LIST_LENGTH_MAX = 64;

/** What reading a list returns: its values in their order, or what is wrong with it, in a line. */
export type ReadList<Value> =
  | { readonly ok: true; readonly values: readonly Value[] }
  | { readonly ok: false; readonly problem: string };

/** Characters of a list that a refusal repeats, at most. */
const ECHO_LENGTH = 40;

/** A list that cannot be read; the message says why, without the parameter's name. */
class ListError extends Error {}

/** Reads a list of a parameter's values on a machine with so many usable cores. */
export function readList<Name extends ParameterName>(
  name: Name,
  text: string,
  usableCores: number,
): ReadList<Parameters[Name]> {
  try {
    const values = new Set<unknown>();
    for (const item of itemsOf(text)) {
      for (const value of valuesOf(name, item, usableCores)) values.add(value);
    }
    checkLength(values.size);
    for (const value of values) {
      const problem = problemOf(name, value);
      if (problem !== null) return { ok: false, problem };
    }
    return { ok: true, values: [...values] as Parameters[Name][] };
  } catch (error) {
    if (error instanceof ListError) return { ok: false, problem: `${name} ${error.message}` };
    throw error;
  }
}

/** Says in a few words what a parameter's list is made of, for help texts and refusals. */
export function describeList({ type }: Specification): string {
  return type === 'choice'
    ? 'names with commas between them, or all'
    : 'values and ranges such as 1,2,4, 1..8, 1..64*2 or 10..50+10';
}

function itemsOf(text: string): string[] {
  const items = text.split(',').map((item) => item.trim());
  if (text.trim() === '') throw new ListError('is an empty list; give one value or more');
  if (items.includes('')) throw new ListError(`has an empty value in ${quoted(text)}`);
  return items;
}

function valuesOf(name: ParameterName, item: string, usableCores: number): Iterable<unknown> {
  const specification: Specification = SPECIFICATIONS[name];
  if (specification.type === 'choice') {
    return item === 'all' ? Object.keys(specification.options) : [item];
  }
  const numberOf = (text: string) =>
    name === 'threads' && text === 'cores'
      ? defaultParameters(usableCores).threads
      : exactNumber(text);
  const at = item.indexOf('..');
  return at < 0
    ? [numberOf(item) ?? item]
    : rangeOf(name, item, { from: item.slice(0, at), rest: item.slice(at + 2) }, numberOf);
}

/** The end of a range, and its step where it has one; the plus of an exponent begins no step. */
const END_AND_STEP = /^(.+?)(?:(\*|(?<!e)\+)(.+))?$/i;

function rangeOf(
  name: ParameterName,
  item: string,
  { from, rest }: { readonly from: string; readonly rest: string },
  numberOf: (text: string) => number | null,
): number[] {
  const [, to = '', sign = '+', by = '1'] = END_AND_STEP.exec(rest) ?? [];
  const ends = [from, to].map((text) => {
    const value = numberOf(text);
    if (value === null) throw new ListError(`has no number at an end of ${quoted(item)}`);
    return value;
  });
  const [first = NaN, last = NaN] = ends;
  const step = exactNumber(by);
  if (step === null) throw new ListError(`has no number as the step of ${quoted(item)}`);
  // Ends are checked first, so that no list is made that nobody could want.
  for (const end of ends) {
    const problem = problemOf(name, end);
    if (problem !== null) throw new ListError(problem.slice(name.length + 1));
  }
  if (first > last) throw new ListError(`goes down in ${quoted(item)}; begin with the least value`);
  return sign === '*' ? multiples(item, first, last, step) : steps(item, first, last, step);
}

/** Off by less than so much of a step, a last value still counts: `0.1..0.3+0.1` has three. */
const ROUNDING = 1e-9;

function steps(item: string, first: number, last: number, step: number): number[] {
  if (!(step > 0)) throw new ListError(`never ends in ${quoted(item)}; step by more than 0`);
  const count = Math.floor((last - first) / step + ROUNDING) + 1;
  checkLength(count);
  return Array.from({ length: count }, (_, index) => rounded(first + index * step));
}

function multiples(item: string, first: number, last: number, factor: number): number[] {
  if (!(factor > 1)) throw new ListError(`never ends in ${quoted(item)}; multiply by more than 1`);
  if (!(first > 0))
    throw new ListError(`never leaves 0 in ${quoted(item)}; begin with more than 0`);
  const count = Math.floor(Math.log(last / first) / Math.log(factor) + ROUNDING) + 1;
  checkLength(count);
  return Array.from({ length: count }, (_, index) => rounded(first * factor ** index));
}

function checkLength(count: number): void {
  if (count <= LIST_LENGTH_MAX) return;
  throw new ListError(`has ${formatCount(count)} values; a list has at most ${LIST_LENGTH_MAX}`);
}

/** Without what binary fractions add: 0.1 + 2 × 0.1 is 0.3. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(12));
}

function quoted(text: string): string {
  return `"${shortened(text, ECHO_LENGTH)}"`;
}
