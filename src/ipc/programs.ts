import * as v from 'valibot';
import { Count } from '../base/schemas.js';
import { TEXT_STREAMS } from '../base/text-tail.js';
import { RATE } from '../process/rate.js';
import { RunNumber } from './values.js';

/** Python programs to record: what the page may ask for, and what it receives. */

/** A word of a command line, as a system takes it. */
const Word = v.pipe(
  v.string(),
  v.maxLength(4096),
  v.check((word) => !word.includes('\0'), 'a word of a command has a NUL in it'),
);
const FilledWord = v.pipe(Word, v.nonEmpty());
const Words = v.pipe(v.array(Word), v.maxLength(1000));

const Rate = v.pipe(v.number(), v.minValue(RATE.least), v.maxValue(RATE.most));
const Pid = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** What is to be started: a script, a module (`-m`), or a command line that becomes or starts Python. */
const ProgramSchema = v.variant('kind', [
  v.object({
    kind: v.literal('script'),
    interpreter: FilledWord,
    script: FilledWord,
    arguments: Words,
  }),
  v.object({
    kind: v.literal('module'),
    interpreter: FilledWord,
    module: FilledWord,
    arguments: Words,
  }),
  v.object({ kind: v.literal('command'), words: v.pipe(Words, v.minLength(1)) }),
]);
export type AskedProgram = v.InferOutput<typeof ProgramSchema>;

export const StartProgramSchema = v.object({
  program: ProgramSchema,
  /** The folder that it is started in; `~` is the user's own. */
  folder: FilledWord,
  rate: Rate,
});

/** A running process. A later process may have the same pid, but not the same start. */
export const AttachSchema = v.object({ pid: Pid, startTicks: Count, rate: Rate });

/** Whether a program was started and is recorded, or the user would rather not have it started. */
export const StartedSchema = v.variant('status', [
  v.object({ status: v.literal('started'), run: RunNumber }),
  v.object({ status: v.literal('cancelled') }),
]);

/** An interpreter of this machine. */
const InterpreterSchema = v.object({
  path: v.string(),
  /** As far as its files say it; null where they do not. */
  version: v.nullable(v.string()),
  /** Where it was found: `PATH`, `VIRTUAL_ENV`. */
  origin: v.string(),
});
export type Interpreter = v.InferOutput<typeof InterpreterSchema>;

/** A Python that runs. */
const RunningSchema = v.object({
  pid: Pid,
  startTicks: Count,
  command: v.string(),
  version: v.nullable(v.string()),
  /** Why it cannot be recorded; null where it can. */
  problem: v.nullable(v.string()),
});
export type RunningProgram = v.InferOutput<typeof RunningSchema>;

export const InterpretersSchema = v.array(InterpreterSchema);
export const RunningProgramsSchema = v.array(RunningSchema);

/** What a native dialog is to choose. */
export const ChoiceSchema = v.picklist(['interpreter', 'script', 'folder']);
export type Choice = v.InferOutput<typeof ChoiceSchema>;

/** What programs can be recorded here, and where they are started unless it is said otherwise. */
export const ProgramsSchema = v.object({
  /** Why none can be; null where they can. */
  problem: v.nullable(v.string()),
  folder: v.string(),
});

/** A part of what a program has printed. */
export const OutputSchema = v.object({
  /** How many characters came before. */
  from: Count,
  parts: v.array(v.object({ stream: v.picklist(TEXT_STREAMS), text: v.string() })),
  /** How the program ended, in words; null while it runs. */
  end: v.nullable(v.string()),
});
export type Output = v.InferOutput<typeof OutputSchema>;
