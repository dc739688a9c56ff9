import { longestRepeatNs } from '../../experiment/expected-time.js';
import { squareLabel, workLabel } from '../../experiment/labels.js';
import { largestFit } from '../../memory/largest-fit.js';
import { layoutOf, MEMORY_BYTES_MAX } from '../../memory/layout.js';
import {
  checkParameters,
  describeRange,
  PARAMETER_NAMES,
  SPECIFICATIONS,
  withFallbacks,
  type NumberSpecification,
  type ParameterName,
  type Parameters,
  type Specification,
} from '../../experiment/parameters.js';
import {
  readNumber,
  writeNumber,
  type NumberReading,
  type NumberSigns,
  type ReadingNote,
} from '../../base/number-text.js';
import { laneCount } from '../../experiment/plan.js';
import { formatBytes, formatCores, formatCount, formatDuration } from '../../base/units.js';
import { labelOf } from '../state/wording.js';

/** The form as plain values: what stands in its fields, and what that means. */

/** What stands in each field, as it was typed, wrong or right. */
export type FormText = Record<ParameterName, string>;

/** What is said of a field's text: a few words to stand at it, and the whole sentence. */
export interface FieldNote {
  readonly brief: string;
  readonly sentence: string;
}

/** The form's contents, judged. */
export interface Judgement {
  /** The parameters; null where one is out of range. */
  readonly inRange: Parameters | null;
  /** The parameters of a run that can be started; null where there is any problem. */
  readonly parameters: Parameters | null;
  readonly problems: ReadonlyMap<ParameterName, FieldNote>;
  /** How numbers were read that could have been others. */
  readonly readings: ReadonlyMap<ParameterName, FieldNote>;
}

/** The fields that stand together, by heading, in the order of the specifications. */
export const GROUPS = [
  { heading: 'Work', names: ['workload', 'matrices', 'size', 'sleepMs', 'seed'] },
  { heading: 'Threads', names: ['threads', 'scheduler'] },
  { heading: 'Lock', names: ['lock', 'switchIntervalMs', 'interpreterUs'] },
  { heading: 'Convergence', names: ['epsilon', 'maxIterations', 'convergence'] },
  { heading: 'Measurement', names: ['repeats', 'warmup'] },
] as const satisfies readonly { heading: string; names: readonly ParameterName[] }[];

/** The form's id in the page, by which the button outside of it submits it. */
export const FORM_ID = 'parameters';

/** The id of the note that says what is wrong with the form, or what a field means. */
export const FORM_NOTE_ID = 'parameters-note';

/** The id of a parameter's field in the page. */
export function fieldId(name: ParameterName): string {
  return `field-${name}`;
}

/** Returns the fields' text for given parameters, in the reader's signs. */
export function textOf(parameters: Parameters, signs: NumberSigns): FormText {
  const entries = PARAMETER_NAMES.map((name) => {
    const value = parameters[name];
    return [name, typeof value === 'number' ? writeNumber(value, signs) : value];
  });
  return Object.fromEntries(entries) as FormText;
}

/** Judges the fields: every one on its own, then whether the run fits into memory. */
export function judge(text: FormText, signs: NumberSigns): Judgement {
  const numbers = numbersOf(text, signs);
  const readings = new Map(
    [...numbers].flatMap(([name, reading]) =>
      reading.ok && reading.note !== null
        ? [[name, fieldNote(name, text[name], reading.note)] as const]
        : [],
    ),
  );
  const checked = checkParameters(valuesOf(text, numbers));
  if (!checked.ok) {
    const problems = checked.problems.flatMap(({ parameter, message }) => {
      const name = PARAMETER_NAMES.find((candidate) => candidate === parameter);
      return name === undefined
        ? []
        : [[name, problemOf(name, text[name], numbers.get(name), message)] as const];
    });
    return { inRange: null, parameters: null, problems: new Map(problems), readings };
  }
  const tooLarge = memoryProblem(checked.parameters);
  const inRange = checked.parameters;
  return tooLarge === null
    ? { inRange, parameters: inRange, problems: new Map(), readings }
    : { inRange, parameters: null, problems: new Map([['matrices', tooLarge]]), readings };
}

/** The parameters as far as the fields are right, the defaults elsewhere: for what has an effect. */
export function provisional(text: FormText, defaults: Parameters, signs: NumberSigns): Parameters {
  return withFallbacks(valuesOf(text, numbersOf(text, signs)), defaults);
}

/** What the number fields' texts are read as. */
function numbersOf(text: FormText, signs: NumberSigns): Map<ParameterName, NumberReading> {
  return new Map(
    PARAMETER_NAMES.flatMap((name) => {
      const specification: Specification = SPECIFICATIONS[name];
      return specification.type === 'number'
        ? [[name, readNumber(text[name], specification, signs)] as const]
        : [];
    }),
  );
}

/** The fields' values; NaN for what is no number, which every check refuses. */
function valuesOf(
  text: FormText,
  numbers: ReadonlyMap<ParameterName, NumberReading>,
): Record<ParameterName, string | number> {
  const entries = PARAMETER_NAMES.map((name) => {
    const reading = numbers.get(name);
    return [name, reading === undefined ? text[name] : reading.ok ? reading.value : NaN];
  });
  return Object.fromEntries(entries) as Record<ParameterName, string | number>;
}

/** What is said of a field's text as it was read. */
function fieldNote(name: ParameterName, text: string, { brief, clause }: ReadingNote): FieldNote {
  return { brief, sentence: `${labelOf(name)} is “${text.trim().slice(0, 40)}”, ${clause}` };
}

/** What a number field takes, in few words: `1 to 256`. */
export function boundsOf({ min, max, exclusiveMin }: NumberSpecification): string {
  return exclusiveMin === true ? `more than ${bound(min)}` : `${bound(min)} to ${bound(max)}`;
}

function bound(value: number): string {
  return value === Number.MAX_SAFE_INTEGER ? '2⁵³ − 1' : value.toLocaleString('en-GB');
}

function problemOf(
  name: ParameterName,
  text: string,
  reading: NumberReading | undefined,
  message: string,
): FieldNote {
  const specification: Specification = SPECIFICATIONS[name];
  const sentence = message.replace(name, labelOf(name));
  if (specification.type === 'choice' || reading === undefined) {
    return { brief: 'Not a choice', sentence };
  }
  if (reading.ok) return { brief: briefProblem(specification, reading.value), sentence };
  const { problem } = reading;
  if (text.trim() === '') return { brief: problem.brief, sentence };
  const said = fieldNote(name, text, problem);
  return { ...said, sentence: `${said.sentence}; it takes ${describeRange(specification)}` };
}

function briefProblem(specification: NumberSpecification, value: number): string {
  const { min, max, exclusiveMin } = specification;
  if (exclusiveMin === true && value <= min) return `More than ${bound(min)}`;
  if (value < min) return `At least ${bound(min)}`;
  if (value > max) return `At most ${bound(max)}`;
  return 'Whole numbers only';
}

/** Says that a run does not fit into memory, and what would; null where it does. */
export function memoryProblem(parameters: Parameters): FieldNote | null {
  const { totalBytes } = layoutOf(parameters);
  if (totalBytes <= MEMORY_BYTES_MAX) return null;
  return {
    brief: 'Too large',
    sentence:
      `${workLabel(parameters)} need ${formatBytes(totalBytes)} of shared memory and there are ` +
      `${formatBytes(MEMORY_BYTES_MAX)}: ${fitText(parameters)}`,
  };
}

/** What would fit into the memory: `12 matrices of this size fit, or this many of 1,024 × 1,024`. */
function fitText(parameters: Parameters): string {
  const matrices = largestFit('matrices', parameters, MEMORY_BYTES_MAX);
  const size = largestFit('size', parameters, MEMORY_BYTES_MAX);
  const fitting = [
    ...(matrices === null ? [] : [`${formatCount(matrices)} of this size`]),
    ...(size === null ? [] : [`this many of ${squareLabel(size)}`]),
  ];
  return fitting.length === 0 ? 'take fewer threads' : `at most ${fitting.join(', or ')}`;
}

/** A sentence or two about a field: what it is about, and what that takes or means. */
export interface FieldMeaning {
  readonly subject: string;
  readonly text: string;
}

/** What a field takes, or what the chosen value means. */
export function meaningOf(name: ParameterName, text: FormText): FieldMeaning {
  const specification: Specification = SPECIFICATIONS[name];
  if (specification.type === 'number') {
    const subject = specification.label;
    return { subject, text: `${specification.help}; ${boundsOf(specification)}` };
  }
  const option = specification.options[text[name]];
  return { subject: option?.label ?? specification.label, text: option?.meaning ?? '' };
}

/** What a group's hint says, and whether it is something to mind. */
export interface Hint {
  readonly text: string;
  readonly tone: 'plain' | 'caution' | 'danger';
}

/** What the run takes of memory: `3.5 MB shared · 33 kB a matrix`. */
export function memoryHint(parameters: Parameters): Hint {
  const { totalBytes, matrixBytes } = layoutOf(parameters);
  if (totalBytes > MEMORY_BYTES_MAX) {
    const text = `Needs ${formatBytes(totalBytes)}, there are ${formatBytes(MEMORY_BYTES_MAX)}`;
    return { text, tone: 'danger' };
  }
  const each =
    parameters.workload === 'power' ? `${formatBytes(matrixBytes)} a matrix` : 'no matrices';
  return { text: `${formatBytes(totalBytes)} shared · ${each}`, tone: 'plain' };
}

/** How the lanes sit on the cores. */
export function threadsHint(parameters: Parameters, usableCores: number): Hint {
  const lanes = laneCount(parameters);
  const cores = formatCores(usableCores);
  if (lanes > usableCores && parameters.workload === 'power') {
    return { text: `${lanes} threads share ${cores}`, tone: 'caution' };
  }
  return { text: `${lanes === 1 ? '1 lane' : `${lanes} lanes`} on ${cores}`, tone: 'plain' };
}

/** A repeat that may take longer than this is too long to be run at each change, in ns. */
const LIVE_LIMIT_NS = 5e9;

/** Why the Live switch does not run what the form says; null where it does. */
export function liveProblem({ parameters }: Judgement, usableCores: number): string | null {
  if (parameters === null) return 'Live waits until each field is right';
  const longest = longestRepeatNs(parameters, usableCores);
  if (longest <= LIVE_LIMIT_NS) return null;
  return `Too long for Live, up to ${formatDuration(longest)}: press Run`;
}
