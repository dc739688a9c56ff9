import { SvelteMap } from 'svelte/reactivity';
import { TextTail, type PlacedPart } from '../../base/text-tail.js';
import { writeNumber } from '../../base/number-text.js';
import type {
  Choice,
  Interpreter,
  Output,
  ResponseOf,
  RunningProgram,
  StreamMessage,
} from '../../ipc/index.js';
import { RATE } from '../../process/rate.js';
import type { Ask } from '../app/bridge.js';
import { failureText } from '../state/wording.js';
import { READER_SIGNS } from '../ui/reader.js';
import { judgeRecord, processKey, type RecordField, type RecordText } from './record-form.js';

/** What is wrong with the form, or why it was refused, and at which field, if it is at one. */
export interface RecordProblem {
  readonly field: RecordField | null;
  readonly text: string;
}

/** What a program has printed, as far as it is kept. */
export interface ProgramText {
  readonly parts: readonly PlacedPart[];
  /** How many characters are not kept any more. */
  readonly lost: number;
  /** How the program ended; null while it runs. */
  readonly end: string | null;
}

/** The programs that the user records: the form, which remembers what was in it, and what they print. */
export class Programs {
  readonly #ask: Ask;
  /** Why none can be recorded here; null where they can. */
  readonly refusal: string | null;
  readonly #firstFolder: string;
  #text: RecordText = $state.raw(FIRST_TEXT);
  #interpreters: readonly Interpreter[] = $state.raw([]);
  /** Null until they have been looked for. */
  #running: readonly RunningProgram[] | null = $state.raw(null);
  #problem: RecordProblem | null = $state.raw(null);
  #isStarting = $state(false);
  readonly #tails = new SvelteMap<number, TextTail>();
  readonly #outputs = new SvelteMap<number, ProgramText>();

  constructor({ problem, folder }: ResponseOf<'appInfo'>['programs'], ask: Ask) {
    this.#ask = ask;
    this.refusal = problem;
    this.#firstFolder = folder;
    this.#text = { ...this.#text, folder };
  }

  /** What stands in the fields. */
  get text(): RecordText {
    return this.#text;
  }

  get interpreters(): readonly Interpreter[] {
    return this.#interpreters;
  }

  get running(): readonly RunningProgram[] | null {
    return this.#running;
  }

  get problem(): RecordProblem | null {
    return this.#problem;
  }

  /** A program was asked for and has not begun yet, as the user may be asked whether it may. */
  get isStarting(): boolean {
    return this.#isStarting;
  }

  /** Looks for interpreters and for what runs, as the form is opened. */
  async look(): Promise<void> {
    this.#problem = null;
    if (this.refusal !== null) return;
    await Promise.all([this.#lookForInterpreters(), this.lookForRunning()]);
  }

  /** Looks for the Pythons that run. */
  async lookForRunning(): Promise<void> {
    const answer = await this.#ask('runningPrograms', null);
    if (!answer.ok) {
      this.#problem = { field: 'process', text: failureText(answer.failure) };
      return;
    }
    this.#running = answer.value;
    const isThere = answer.value.some((each) => processKey(each) === this.#text.process);
    const usable = answer.value.find(({ problem }) => problem === null);
    if (!isThere) this.edit({ process: usable === undefined ? '' : processKey(usable) });
  }

  /** Changes what stands in fields. */
  edit(changes: Partial<RecordText>): void {
    this.#text = { ...this.#text, ...changes };
    this.#problem = null;
  }

  /** Has a path chosen by the system's dialog. */
  async choose(choice: Choice): Promise<void> {
    const answer = await this.#ask('choosePath', choice);
    if (!answer.ok) this.#problem = { field: choice, text: failureText(answer.failure) };
    else if (answer.value !== null) this.#take(choice, answer.value);
  }

  /** Starts or attaches as the form says. Returns whether it is recorded now. */
  async record(): Promise<boolean> {
    if (this.#isStarting) return false;
    const judgement = judgeRecord(this.#text, this.#running ?? [], READER_SIGNS);
    if (!judgement.ok) {
      this.#problem = { field: judgement.field, text: judgement.problem };
      return false;
    }
    this.#problem = null;
    this.#isStarting = true;
    const { asked } = judgement;
    const answer =
      asked.name === 'startProgram'
        ? await this.#ask(asked.name, asked.request)
        : await this.#ask(asked.name, asked.request);
    this.#isStarting = false;
    if (!answer.ok) {
      this.#problem = { field: null, text: failureText(answer.failure) };
      return false;
    }
    const isStarted = typeof answer.value === 'number' || answer.value.status === 'started';
    if (!isStarted) this.#problem = { field: null, text: 'It was not started' };
    return isStarted;
  }

  /** What a program has printed; undefined where nothing is known of it. */
  outputOf(run: number): ProgramText | undefined {
    return this.#outputs.get(run);
  }

  /** Has all that is kept of what a program printed, where none of it is at hand. */
  async fetchOutput(run: number): Promise<void> {
    if (this.#tails.has(run)) return;
    const answer = await this.#ask('programOutput', run);
    // A process that was attached to, and one of a file, have none.
    if (answer.ok) this.take(run, answer.value);
  }

  /** Takes a message in, if it is of what a program prints. */
  takes(message: StreamMessage): boolean {
    if (message.type !== 'output') return false;
    this.take(message.run, message.output);
    return true;
  }

  /** Takes in what a program has printed. */
  take(run: number, { from, parts, end }: Output): void {
    const tail = this.#tails.get(run) ?? new TextTail();
    this.#tails.set(run, tail);
    let at = from;
    for (const part of parts) {
      tail.append(part, at);
      at += part.text.length;
    }
    this.#outputs.set(run, {
      parts: [...tail.parts],
      lost: tail.lost,
      end: end ?? this.#outputs.get(run)?.end ?? null,
    });
  }

  async #lookForInterpreters(): Promise<void> {
    const answer = await this.#ask('interpreters', null);
    if (!answer.ok) {
      this.#problem = { field: 'interpreter', text: failureText(answer.failure) };
      return;
    }
    const chosen = this.#interpreters.filter(({ origin }) => origin === CHOSEN);
    this.#interpreters = [...answer.value, ...chosen];
    if (this.#text.interpreter === '') {
      this.edit({ interpreter: this.#interpreters[0]?.path ?? '' });
    }
  }

  #take(choice: Choice, path: string): void {
    if (choice === 'interpreter' && this.#interpreters.every((each) => each.path !== path)) {
      const chosen = { path, version: null, origin: CHOSEN };
      this.#interpreters = [...this.#interpreters, chosen];
    }
    // A script is seldom meant for another folder than its own, unless that was said before.
    const folder = path.slice(0, Math.max(1, path.lastIndexOf('/')));
    const moves = choice === 'script' && this.#text.folder === this.#firstFolder;
    this.edit({ [choice]: path, ...(moves ? { folder } : {}) });
  }
}

/** What is said of an interpreter that the user chose. */
const CHOSEN = 'chosen';

const FIRST_TEXT: RecordText = {
  kind: 'script',
  interpreter: '',
  script: '',
  module: '',
  command: '',
  arguments: '',
  folder: '',
  rate: writeNumber(RATE.usual, READER_SIGNS),
  process: '',
};
