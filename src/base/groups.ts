/** Elements with the same key together, the groups in the order of their first elements. */
export function groupsBy<Element>(
  elements: readonly Element[],
  keyOf: (element: Element) => string,
): Element[][] {
  const groups = new Map<string, Element[]>();
  for (const element of elements) {
    const key = keyOf(element);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [element]);
    else group.push(element);
  }
  return [...groups.values()];
}
