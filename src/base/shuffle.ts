import { pcg64Draws } from './pcg64.js';

/** The elements in a random order for each round, the same for the same seed: draws of PCG64. */
export function randomOrders<Element>(
  elements: readonly Element[],
  rounds: number,
  seed: number,
): Element[][] {
  const draw = pcg64Draws(seed);
  return Array.from({ length: rounds }, () => shuffled(elements, draw));
}

/**
 * The elements in an order that uniform draws from [0, 1) make, every order as likely as any other:
 * the shuffle of Fisher and Yates (1938).
 */
export function shuffled<Element>(elements: readonly Element[], draw: () => number): Element[] {
  const rest = [...elements];
  const order: Element[] = [];
  while (rest.length > 0) order.push(...rest.splice(Math.floor(draw() * rest.length), 1));
  return order;
}
