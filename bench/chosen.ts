/**
 * Those of all there are that a list names, in their own order; all where there is no list.
 *
 * @throws RangeError that names what there is not
 */
export function chosen<Item extends string | number>(
  flag: string,
  list: string | undefined,
  all: readonly Item[],
): readonly Item[] {
  if (list === undefined) return all;
  const wanted = list.split(',');
  const unknown = wanted.find((name) => !all.some((known) => String(known) === name));
  if (unknown !== undefined) {
    throw new RangeError(`${flag} has "${unknown}"; it takes ${all.join(', ')}`);
  }
  return all.filter((known) => wanted.includes(String(known)));
}
