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

/** The same in short, for a chart's title: what is chosen by name needs no label: `Matrix size 64, GIL held`. */
export function shortWhereLabel({ machine, ...values }: Where): string {
  const parts = Object.entries(values).map(([key, value]) => {
    const name = key as ParameterName;
    const isNamed = SPECIFICATIONS[name].type === 'choice';
    return isNamed && value !== 'none' ? shownValue(name, value) : valueLabel(name, value);
  });
  return [...(machine === undefined ? [] : [`machine ${machine}`]), ...parts].join(', ');
}

/** A parameter's label with that of its value: `Threads 4`, `Lock mode GIL held`. */
function valueLabel(name: ParameterName, value: number | string): string {
  return `${SPECIFICATIONS[name].label} ${shownValue(name, value)}`;
}

/** A parameter's value as it is shown: `4`, `GIL held`. */
export function shownValue(name: ParameterName, value: number | string): string {
  const specification: Specification = SPECIFICATIONS[name];
  return specification.type === 'choice'
    ? (specification.options[String(value)]?.label ?? String(value))
    : value.toLocaleString('en-GB');
}
