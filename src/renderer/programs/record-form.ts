import { readNumber, type NumberReading, type NumberSigns } from '../../base/number-text.js';
import { splitWords } from '../../base/shell-words.js';
import { formatCount } from '../../base/units.js';
import type { RequestOf, RunningProgram } from '../../ipc/index.js';
import { RATE } from '../../process/rate.js';

/** The form of what is to be recorded, as plain values: what stands in its fields, and what that means. */

/** What can be recorded, with what it is called. */
export const RECORD_KINDS = {
  script: 'Script',
  module: 'Module',
  command: 'Command',
  running: 'Running process',
} as const;
export type RecordKind = keyof typeof RECORD_KINDS;

/** What stands in the fields, as it was typed or chosen. */
export interface RecordText {
  readonly kind: RecordKind;
  readonly interpreter: string;
  readonly script: string;
  readonly module: string;
  readonly command: string;
  readonly arguments: string;
  readonly folder: string;
  readonly rate: string;
  /** The process that is chosen, by `processKey`; empty where none is. */
  readonly process: string;
}
export type RecordField = Exclude<keyof RecordText, 'kind'>;

/** The fields that each kind has, in the order in which they stand. */
export const FIELDS_OF = {
  script: ['interpreter', 'script', 'arguments', 'folder', 'rate'],
  module: ['interpreter', 'module', 'arguments', 'folder', 'rate'],
  command: ['command', 'folder', 'rate'],
  running: ['process', 'rate'],
} as const satisfies Readonly<Record<RecordKind, readonly RecordField[]>>;

/** What the main process is asked for. */
export type RecordRequest =
  | { readonly name: 'startProgram'; readonly request: RequestOf<'startProgram'> }
  | { readonly name: 'attachToProgram'; readonly request: RequestOf<'attachToProgram'> };

/** What the form asks for, or what is wrong with it first, and where. */
export type RecordJudgement =
  | { readonly ok: true; readonly asked: RecordRequest }
  | { readonly ok: false; readonly field: RecordField; readonly problem: string };

const CHOOSE_PROCESS = 'Choose a process';

/** The numbers that the rate may be. */
export const RATE_BOUNDS = { min: RATE.least, max: RATE.most, whole: true } as const;

/** What tells a process of the list from all others. */
export function processKey({ pid, startTicks }: Pick<RunningProgram, 'pid' | 'startTicks'>) {
  return `${pid} ${startTicks}`;
}

/** Reads the rate as it was typed. */
export function readRate(text: string, signs: NumberSigns): NumberReading {
  return readNumber(text, RATE_BOUNDS, signs);
}

/** Works out what the form asks for. */
export function judgeRecord(
  text: RecordText,
  running: readonly RunningProgram[],
  signs: NumberSigns,
): RecordJudgement {
  const { kind, interpreter, folder } = text;
  const missing = FIELDS_OF[kind].find((field) => field in EMPTY && text[field].trim() === '');
  if (missing !== undefined) return wrong(missing, EMPTY[missing] ?? '');
  const reading = readRate(text.rate, signs);
  const rate = reading.ok ? reading.value : NaN;
  if (!(rate >= RATE.least && rate <= RATE.most)) {
    const range = `${formatCount(RATE.least)} to ${formatCount(RATE.most)}`;
    return wrong('rate', `The rate is ${range} samples a second`);
  }
  if (kind === 'running') return attaching(text, running, rate);
  const line = kind === 'command' ? 'command' : 'arguments';
  const split = splitWords(text[line]);
  if (!split.ok) return wrong(line, `The ${line} cannot be split into words: ${split.problem}`);
  const words = [...split.words];
  const started = { interpreter: interpreter.trim(), arguments: words };
  const program =
    kind === 'script'
      ? { kind, ...started, script: text.script.trim() }
      : kind === 'module'
        ? { kind, ...started, module: text.module.trim() }
        : { kind, words };
  return {
    ok: true,
    asked: { name: 'startProgram', request: { program, folder: folder.trim(), rate } },
  };
}

function attaching(
  { process }: RecordText,
  running: readonly RunningProgram[],
  rate: number,
): RecordJudgement {
  const chosen = running.find((each) => processKey(each) === process);
  if (chosen === undefined) return wrong('process', CHOOSE_PROCESS);
  if (chosen.problem !== null) return wrong('process', chosen.problem);
  const { pid, startTicks } = chosen;
  return { ok: true, asked: { name: 'attachToProgram', request: { pid, startTicks, rate } } };
}

/** What is said where a field is empty that must not be. */
const EMPTY: Readonly<Partial<Record<RecordField, string>>> = {
  interpreter: 'Choose an interpreter',
  script: 'Choose a script',
  module: 'Name a module',
  command: 'Write a command',
  folder: 'Choose a folder',
  process: CHOOSE_PROCESS,
};

function wrong(field: RecordField, problem: string): RecordJudgement {
  return { ok: false, field, problem };
}
