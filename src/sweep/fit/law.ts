/**
 * The Universal Scalability Law as a time (Gunther 2007, "Guerrilla Capacity Planning"):
 * T(N) = c0 / N + c1 + c2 (N - 1), linear in what is to be found.
 */
export interface Law {
  /** c0: what the threads share, on one thread, in ns. */
  readonly parallelNs: number;
  /** c1: what only one thread does at a time, in ns. */
  readonly serialNs: number;
  /** c2: what each further thread costs all of them, in ns. */
  readonly addedNs: number;
}

/** The models, each with the terms of the one before it and one more. */
export const MODELS = ['linear', 'amdahl', 'usl'] as const;
export type Model = (typeof MODELS)[number];

/** What multiplies each of the law's times, in their order. */
export const TERMS = [
  (threads: number) => 1 / threads,
  () => 1,
  (threads: number) => threads - 1,
] as const;

/** Which of the law's times are found, by their places in TERMS; the others are 0. */
export type Terms = readonly number[];

/** Returns a model's terms. */
export function termsOf(model: Model): Terms {
  return [...TERMS.keys()].slice(0, MODELS.indexOf(model) + 1);
}

/** Makes a law of the values of some of its terms. */
export function lawOf(terms: Terms, values: readonly number[]): Law {
  const valueOf = (term: number) => values[terms.indexOf(term)] ?? 0;
  return { parallelNs: valueOf(0), serialNs: valueOf(1), addedNs: valueOf(2) };
}

/** The law's times in the order of TERMS. */
export function valuesOf({ parallelNs, serialNs, addedNs }: Law): readonly number[] {
  return [parallelNs, serialNs, addedNs];
}

/** The time that so many threads take, in ns. */
export function timeNs(law: Law, threads: number): number {
  const { parallelNs, serialNs, addedNs } = law;
  return parallelNs / threads + serialNs + addedNs * (threads - 1);
}

/** How many times as fast as one so many threads are. */
export function speedUpAt(law: Law, threads: number): number {
  return timeNs(law, 1) / timeNs(law, threads);
}

/** α: the serial share of one thread's time. */
export function contentionOf(law: Law): number {
  return law.serialNs / timeNs(law, 1);
}

/** β: what each further thread costs, as a share of one thread's time. */
export function coherencyOf(law: Law): number {
  return law.addedNs / timeNs(law, 1);
}

/** The number of threads, not rounded, beyond which more are slower; infinite where there is none. */
export function peakThreads({ parallelNs, addedNs }: Law): number {
  return addedNs > 0 ? Math.max(1, Math.sqrt(parallelNs / addedNs)) : Infinity;
}

/** What the serial time alone lets the speed-up come to, however many threads there are. */
export function ceilingOf(law: Law): number {
  return law.serialNs > 0 ? timeNs(law, 1) / law.serialNs : Infinity;
}
