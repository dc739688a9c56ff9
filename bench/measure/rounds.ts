import type { Cores } from './whole-cores.js';

/** Makes a measurement of any kind in each of so many rounds. */
export async function roundsOf<Value>(
  rounds: number,
  cores: Cores,
  measure: () => Value | Promise<Value>,
): Promise<Value[]> {
  const values: Value[] = [];
  while (values.length < rounds) values.push(await cores.measure(measure));
  return values;
}
