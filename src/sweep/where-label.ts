import {
  SPECIFICATIONS,
  type ParameterName,
  type Specification,
} from '../experiment/parameters.js';
import type { Where } from './curves.js';

/** Says which curve of a sweep something is about: `Matrix size 64, Lock mode GIL held`; empty of the only one. */
export function whereLabel({ machine, ...values }: Where): string {
  const parts = Object.entries(values).map(([name, value]) =>
    valueLabel(name as ParameterName, value),
  );
  return [...(machine === undefined ? [] : [`machine ${machine}`]), ...parts].join(', ');
}

/** A parameter's label with that of its value: `Threads 4`, `Lock mode GIL held`. */
export function valueLabel(name: ParameterName, value: number | string): string {
  const specification: Specification = SPECIFICATIONS[name];
  if (specification.type === 'choice') {
    return `${specification.label} ${specification.options[String(value)]?.label ?? value}`;
  }
  return `${specification.label} ${value.toLocaleString('en-GB')}`;
}
