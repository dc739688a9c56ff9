import type { Parameters } from './parameters.js';

/** What of a run is looked at: its parameters, for its name, and its warnings' sentences. */
interface WarnedRun {
  readonly params: Parameters;
  readonly summary: { readonly warnings: readonly string[] };
}

/** A figure in a sentence, with its unit. */
const FIGURE = /\d(?:[\d.,]*\d)?(?: (?:%|ns|µs|ms|s\b))?/gu;

/** A sentence, and the names of the runs that it is of. */
interface Told {
  readonly sentence: string;
  readonly names: readonly string[];
}

/**
 * The warnings of several runs, each told once: as it is where it is of all, else with the names of
 * those it is of; and where sentences differ in one figure alone, with whose each figure is.
 */
export function comparedWarnings(
  runs: readonly WarnedRun[],
  nameOf: (parameters: Parameters) => string,
): string[] {
  const sentences = new Set(runs.flatMap(({ summary }) => summary.warnings));
  const told = Array.from(sentences, (sentence) => ({
    sentence,
    names: runs
      .filter(({ summary }) => summary.warnings.includes(sentence))
      .map(({ params }) => nameOf(params)),
  }));
  const alike = new Map<string, readonly Told[]>();
  for (const one of told) {
    const pattern = one.sentence.replace(FIGURE, '#');
    alike.set(pattern, [...(alike.get(pattern) ?? []), one]);
  }
  return Array.from(alike.values()).flatMap(
    (group) => inOne(group) ?? group.map((one) => named(one, runs.length)),
  );
}

/** Sentences that differ in one figure alone as one; nothing where there is one, or more differs. */
function inOne(group: readonly Told[]): string | undefined {
  const [first] = group;
  if (first === undefined || group.length === 1) return undefined;
  const figures = group.map(({ sentence }) => sentence.match(FIGURE) ?? []);
  const differing = [...(figures[0] ?? []).keys()].filter(
    (place) => new Set(figures.map((ofOne) => ofOne[place])).size > 1,
  );
  const [place] = differing;
  if (place === undefined || differing.length > 1) return undefined;
  const whose = group.map(
    ({ names }, index) => `${figures[index]?.[place] ?? ''} (${listed(names)})`,
  );
  let seen = -1;
  return first.sentence.replace(FIGURE, (figure) =>
    (seen += 1) === place ? whose.join(', ') : figure,
  );
}

function named({ sentence, names }: Told, runs: number): string {
  return names.length === runs ? sentence : `${listed(names)}: ${sentence}`;
}

/** Names may have commas in them. */
function listed(names: readonly string[]): string {
  return names.join('; ');
}
