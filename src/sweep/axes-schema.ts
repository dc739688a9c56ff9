import * as v from 'valibot';
import { PARAMETER_NAMES, problemOf, type ParameterName } from '../experiment/parameters.js';
import { LIST_LENGTH_MAX } from '../experiment/parameter-lists.js';
import { problemsOf, type Axes } from './axes.js';

/** Checks the axes of a sweep from outside: every value in its range, and no more of them than a sweep takes. */
export const AxesSchema: v.GenericSchema<unknown, Axes> = v.pipe(
  v.strictObject(Object.fromEntries(PARAMETER_NAMES.map((name) => [name, valuesSchema(name)]))),
  v.transform((axes) => axes as unknown as Axes),
  v.check(
    (axes) => problemsOf(axes).length === 0,
    ({ input }) => problemsOf(input)[0] ?? 'its axes are not those of a sweep',
  ),
);

function valuesSchema(name: ParameterName) {
  const Value = v.pipe(
    v.union([v.number(), v.string()]),
    v.check((value) => problemOf(name, value) === null, `a value of ${name} is out of its range`),
  );
  return v.pipe(
    v.array(Value, `${name} is no list of values`),
    v.minLength(1, `${name} has no value`),
    v.maxLength(LIST_LENGTH_MAX, `${name} has more than ${LIST_LENGTH_MAX} values`),
    v.check((values) => new Set(values).size === values.length, `${name} has a value twice`),
  );
}
