import type { Parameters } from './parameters.js';
import { fillIn, shownFigures, templateOf, type Warning } from './warnings.js';

/** What is looked at of a run: its parameters, for its name, and its warnings. */
interface WarnedRun {
  readonly params: Parameters;
  readonly summary: { readonly warnings: readonly Warning[] };
}

/** A sentence, its figures as they are shown, and the names of the runs that it is of. */
interface NamedWarning {
  readonly template: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly names: readonly string[];
}

/**
 * Words the warnings of several runs, each once: as it is where it is of all, else with the names of
 * those it is of; and where sentences differ in one figure alone, with whose each figure is.
 */
export function comparedWarnings(
  runs: readonly WarnedRun[],
  nameOf: (parameters: Parameters) => string,
): string[] {
  const bySentence = new Map<string, NamedWarning>();
  for (const { params, summary } of runs) {
    for (const warning of summary.warnings) {
      const { names = [] } = bySentence.get(warning.message) ?? {};
      const texts = shownFigures(warning.figures);
      const named = { template: templateOf(warning), texts, names: [...names, nameOf(params)] };
      bySentence.set(warning.message, named);
    }
  }
  const alike = new Map<string, NamedWarning[]>();
  for (const one of bySentence.values()) {
    alike.set(one.template, [...(alike.get(one.template) ?? []), one]);
  }
  return Array.from(alike.values()).flatMap(
    (group) => inOne(group) ?? group.map((one) => worded(one, runs.length)),
  );
}

/** Sentences that differ in one figure alone as one; undefined where there is one, or more differs. */
function inOne(group: readonly NamedWarning[]): string | undefined {
  const [first] = group;
  if (first === undefined || group.length === 1) return undefined;
  const [name, ...others] = Object.keys(first.texts).filter((figure) =>
    group.some(({ texts }) => texts[figure] !== first.texts[figure]),
  );
  if (name === undefined || others.length > 0) return undefined;
  const whose = group.map(({ texts, names }) => `${texts[name] ?? ''} (${listed(names)})`);
  return fillIn(first.template, { ...first.texts, [name]: whose.join(', ') });
}

function worded({ template, texts, names }: NamedWarning, runs: number): string {
  const sentence = fillIn(template, texts);
  return names.length === runs ? sentence : `${listed(names)}: ${sentence}`;
}

/** Names may have commas in them. */
function listed(names: readonly string[]): string {
  return names.join('; ');
}
