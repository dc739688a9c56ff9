import { formatCounted } from '../../base/units.js';
import { describeList, readList } from '../../experiment/parameter-lists.js';
import {
  PARAMETER_NAMES,
  SPECIFICATIONS,
  type ParameterName,
  type Parameters,
  type Specification,
} from '../../experiment/parameters.js';
import { layoutOf, MEMORY_BYTES_MAX } from '../../memory/layout.js';
import { cellsOf, problemsOf, SINGLE_VALUED, type Axes, type Cell } from '../../sweep/axes.js';
import { estimateOf, type Estimate } from '../../sweep/estimate.js';
import { labelOf } from '../state/wording.js';
import {
  boundsOf,
  memoryProblem,
  threadsHint,
  type FieldMeaning,
  type FieldNote,
  type FormText,
  type Hint,
} from './form.js';

/** The form as lists of values, of which a sweep measures every combination. */

/** The lists, judged. */
export interface ListJudgement {
  /** What a sweep of them combines; null where there is any problem. */
  readonly axes: Axes | null;
  readonly cells: readonly Cell[];
  readonly estimate: Estimate | null;
  readonly problems: ReadonlyMap<ParameterName, FieldNote>;
  /** How many values each list has; of those that can be read. */
  readonly counts: ReadonlyMap<ParameterName, number>;
}

/** Returns the lists to begin with: one value each, and all numbers of threads up to the cores. */
export function listsOf(defaults: Parameters): FormText {
  const entries = PARAMETER_NAMES.map((name) => [name, String(defaults[name])]);
  const threads = defaults.threads > 1 ? '1..cores' : '1,2';
  return { ...(Object.fromEntries(entries) as FormText), threads };
}

/** Returns the lists that make these axes. */
export function listsOfAxes(axes: Axes): FormText {
  const entries = PARAMETER_NAMES.map((name) => [name, axes[name].join(',')]);
  return Object.fromEntries(entries) as FormText;
}

/** Judges the lists: each on its own, then how much they make together. */
export function judgeLists(text: FormText, usableCores: number): ListJudgement {
  const problems = new Map<ParameterName, FieldNote>();
  const counts = new Map<ParameterName, number>();
  const entries = PARAMETER_NAMES.map((name) => {
    const read = readList(name, text[name], usableCores);
    if (!read.ok) {
      problems.set(name, noteOf(name, read.problem));
      return [name, []] as const;
    }
    counts.set(name, read.values.length);
    return [name, read.values] as const;
  });
  const none = { axes: null, cells: [], estimate: null, counts };
  if (problems.size > 0) return { ...none, problems };
  const axes = Object.fromEntries(entries) as unknown as Axes;
  const [problem] = problemsOf(axes);
  if (problem !== undefined) {
    const at = namedIn(problem) ?? longestAxis(axes);
    return { ...none, problems: new Map([[at, noteOf(at, problem)]]) };
  }
  const cells = cellsOf(axes);
  const tooLarge = cells.find(
    ({ parameters }) => layoutOf(parameters).totalBytes > MEMORY_BYTES_MAX,
  );
  const memory = tooLarge === undefined ? null : memoryProblem(tooLarge.parameters);
  if (memory !== null) return { ...none, problems: new Map([['matrices', memory]]) };
  const rounds = Array.from({ length: axes.repeats[0] ?? 0 }, (_, round) => round);
  const estimate = estimateOf({ cells, rounds }, axes.warmup[0] ?? 0, usableCores);
  return { axes, cells, estimate, problems, counts };
}

/** Hints below the groups: how many cells there are, and the most lanes that one of them has. */
export function listHints(
  { cells }: ListJudgement,
  usableCores: number,
): Readonly<Record<string, Hint>> {
  const most = cells.reduce<Cell | undefined>(
    (widest, cell) =>
      widest === undefined || cell.parameters.threads > widest.parameters.threads ? cell : widest,
    undefined,
  );
  const none: Hint = { text: '', tone: 'plain' };
  return {
    Work: cells.length === 0 ? none : { text: formatCounted(cells.length, 'cell'), tone: 'plain' },
    Threads: most === undefined ? none : mostHint(threadsHint(most.parameters, usableCores)),
  };
}

function mostHint({ text, tone }: Hint): Hint {
  return { text: `up to ${text}`, tone };
}

/** The parameter that a problem begins with the name of. */
function namedIn(problem: string): ParameterName | undefined {
  return PARAMETER_NAMES.find((name) => problem.startsWith(`${name} `));
}

function longestAxis(axes: Axes): ParameterName {
  return PARAMETER_NAMES.reduce((longest, name) =>
    axes[name].length > axes[longest].length ? name : longest,
  );
}

function noteOf(name: ParameterName, problem: string): FieldNote {
  const sentence = problem.startsWith(`${name} `)
    ? `${labelOf(name)}${problem.slice(name.length)}`
    : problem;
  return { brief: 'See below', sentence: sentence.charAt(0).toUpperCase() + sentence.slice(1) };
}

/** What a list takes, in few words: `1 to 256`; of names, how many there are. */
export function listBounds(specification: Specification): string {
  return specification.type === 'number'
    ? boundsOf(specification)
    : formatCounted(Object.keys(specification.options).length, 'choice');
}

/** Says what a list takes, with an example of it. */
export function listMeaning(name: ParameterName): FieldMeaning {
  const specification: Specification = SPECIFICATIONS[name];
  const subject = specification.label;
  if (SINGLE_VALUED.includes(name)) {
    return { subject, text: `${specification.help}; one value, for all cells alike` };
  }
  if (specification.type === 'choice') {
    const names = Object.keys(specification.options).join(', ');
    return { subject, text: `${describeList(specification)}: ${names}` };
  }
  const cores = name === 'threads' ? '; cores is as many as may be used' : '';
  return { subject, text: `${describeList(specification)}; ${boundsOf(specification)}${cores}` };
}
