import { randomOrders } from '../base/shuffle.js';
import type { ParameterName, Parameters } from './parameters.js';

/** The variants of computing that are compared. `serial` is what the others are measured against. */
export const VARIANTS = ['serial', 'static', 'executor', 'gilHeld'] as const;
export type Variant = (typeof VARIANTS)[number];

/** A value for each variant, in the order of the comparison. */
export type Compared<Value> = Readonly<Record<Variant, Value>>;

/** Works out another value for each variant. */
export function mapCompared<From, To>(
  values: Compared<From>,
  work: (value: From, variant: Variant) => To,
): Compared<To> {
  return {
    serial: work(values.serial, 'serial'),
    static: work(values.static, 'static'),
    executor: work(values.executor, 'executor'),
    gilHeld: work(values.gilHeld, 'gilHeld'),
  };
}

/** The parameters that a comparison sets itself, so that it takes none of them. */
export const COMPARISON_SETS = ['scheduler', 'lock'] as const satisfies readonly ParameterName[];

/** The runs that a comparison makes, in their order, of one set of parameters. */
export function comparedParameters(parameters: Parameters): Compared<Parameters> {
  return {
    serial: { ...parameters, scheduler: 'serial', lock: 'none', threads: 1 },
    static: { ...parameters, scheduler: 'static', lock: 'none' },
    executor: { ...parameters, scheduler: 'executor', lock: 'none' },
    gilHeld: { ...parameters, scheduler: 'executor', lock: 'gil-held' },
  };
}

/** For each repeat, every variant once, in a random order that follows from the parameters' seed. */
export function comparisonOrder({ seed, repeats }: Parameters): Variant[][] {
  return randomOrders(VARIANTS, repeats, seed);
}
