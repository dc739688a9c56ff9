import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { readHost, type Engine } from '../engine/index.js';
import { COMPARISON_SETS } from '../experiment/variants.js';
import type { Parameters } from '../experiment/parameters.js';
import { formatOf, RECORDING_FORMATS, type FormatId } from '../formats/registry.js';
import { compare, run, type CommandAction } from './commands.js';
import { addDiffCommand } from './diff-command.js';
import { Exports, exportOptions } from './exports.js';
import { EXIT, failureOf, takeAll } from './failures.js';
import { addExportCommand, addShowCommand } from './file-commands.js';
import { parameterOptions, parametersFrom, type FlagValues } from './flags.js';
import { addMergeCommand } from './merge-command.js';
import { partFrom, partOptions } from './part-flags.js';
import { addShellCommands } from './shell-commands.js';
import { addSweepCommand } from './sweep-command.js';
import type { Interruptions } from './interruptions.js';
import { beforeEachStop, isInForeground } from './job-control.js';
import { ProgressLine } from './progress-line.js';
import { compareWith } from './python-command.js';
import { addRecordCommand } from './record-command.js';
import { writeToStream } from './standard-streams.js';
import type { ProgramEnd } from '../sampling/started-program.js';
import { isMeantAsFile, openWindowByDefault } from './window-command.js';
import { printable } from '../base/printable.js';
import { shortened } from '../base/shortened.js';

/** What the command line needs from outside. */
export interface Surroundings {
  /** Makes the engine, once it is clear that there is something to run. */
  readonly createEngine: () => Promise<Engine>;
  readonly interruptions: Interruptions;
  /** The built sampler. */
  readonly sampler: URL;
  /** The window's program; null where this installation has none. */
  readonly windowProgram: string | null;
}

/** Characters of what is said of a flag or a word that is refused, at most; these may be of any length. */
const REFUSAL_LENGTH = 200;

/**
 * Runs a command line, without the program's name. Returns its exit code, or the signal that ended the
 * program that it was to start.
 */
export async function runCommandLine(
  words: readonly string[],
  surroundings: Surroundings,
): Promise<ProgramEnd> {
  let end: ProgramEnd = EXIT.done;
  try {
    const program = programOf(surroundings, (found) => {
      end = found;
    });
    refuseUnknownCommand(program, words);
    refuseRepeatedFlags(program);
    await program.parseAsync(words, { from: 'user' });
    return end;
  } catch (error) {
    // Commander has said already what it has to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.refused;
    const { exitCode, lines } = failureOf(error);
    for (const line of lines) complain(line);
    return exitCode;
  }
}

/**
 * Makes the definition of all commands and flags.
 *
 * @param onEnd gets the status that this process is to end with, where that is a started program's
 */
export function programOf(surroundings: Surroundings, onEnd: (end: ProgramEnd) => void): Command {
  const { usableCores } = readHost();
  const { interruptions, sampler, windowProgram } = surroundings;
  const { signal } = interruptions;
  const program = new Command('gilscope')
    .version(version)
    .description('Measures what a global interpreter lock does to threads that compute.')
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      outputError: (message) => {
        complain(shortened(message.replace(/^error: /, '').trimEnd(), REFUSAL_LENGTH));
      },
    });
  const command = (
    name: string,
    description: string,
    actionOf: (values: FlagValues) => CommandAction,
    formats: readonly FormatId[],
  ) => {
    const made = program
      .command(name)
      .description(description)
      .action(async (values: FlagValues) => {
        await execute(actionOf(values), parametersFrom(values, usableCores), values, surroundings);
      });
    for (const option of [...exportOptions(formats), ...partOptions()]) made.addOption(option);
    return made;
  };

  const runCommand = command(
    'run',
    'run one experiment and report on it',
    () => run,
    RECORDING_FORMATS.filter((id) => formatOf(id).content !== 'table'),
  );
  for (const option of parameterOptions(usableCores)) runCommand.addOption(option);

  const compareCommand = command(
    'compare',
    'compute the same matrices serially, in static chunks, on an executor, and there with the GIL held',
    ({ python, save }) =>
      typeof python === 'string'
        ? compareWith({ path: python, sampler: save === undefined ? null : sampler, say: complain })
        : compare,
    RECORDING_FORMATS,
  );
  compareCommand.option(
    '--python <file>',
    'set the same work in this Python beside it: in Numba, NumPy, or plain Python, whatever it has',
  );
  for (const option of parameterOptions(usableCores, COMPARISON_SETS)) {
    compareCommand.addOption(option);
  }
  addRecordCommand(program, { interruptions, sampler, say: complain, onEnd });
  addSweepCommand(program, { ...surroundings, signal, usableCores, say: complain });
  const files = { signal, say: complain };
  addMergeCommand(program, files);
  addShowCommand(program, files);
  addExportCommand(program, files);
  addDiffCommand(program, files);
  addShellCommands(program, signal);
  openWindowByDefault(program, { interruptions, windowProgram, onEnd });
  program
    .helpCommand(false)
    .command('help [command]')
    .description('say how a command is called')
    .action((name: string | undefined) => {
      if (name !== undefined) refuseUnknownCommand(program, [name]);
      (program.commands.find((known) => known.name() === name) ?? program).help();
    });
  return program;
}

/** Refuses a first word that is neither a command nor a file; asked for help as well, commander would show its own. */
function refuseUnknownCommand(program: Command, [first]: readonly string[]): void {
  if (first === undefined || first.startsWith('-') || isMeantAsFile(first)) return;
  if (program.commands.every((known) => known.name() !== first)) {
    program.error(`unknown command '${first}'`);
  }
}

/** Has each command refuse a flag that is given twice, of which one would be dropped. */
function refuseRepeatedFlags(program: Command): void {
  for (const command of [program, ...program.commands]) {
    const given = new Set<string>();
    for (const option of command.options) {
      const { flags } = option;
      command.on(`option:${option.name()}`, () => {
        if (given.has(flags)) command.error(`option '${flags}' is given twice`);
        given.add(flags);
      });
    }
  }
}

/** Checks everything first, then runs, reports and exports. */
async function execute(
  action: CommandAction,
  parameters: Parameters,
  values: FlagValues,
  { createEngine, interruptions: { signal } }: Surroundings,
): Promise<void> {
  const part = partFrom(values, parameters.repeats);
  const exports = await Exports.prepare(values);
  const engine = await createEngine();
  try {
    const progress = new ProgressLine(process.stderr, isInForeground);
    beforeEachStop(() => {
      progress.clear();
    });
    const findings = await action(parameters, { engine, signal, progress, part });
    const writers = exports.writers(findings.exports, signal, complain);
    if (!exports.takeStandardOutput) {
      writers.unshift(() => writeToStream('standard output', [findings.text()], signal));
    }
    await takeAll(writers, signal);
  } finally {
    await engine.close();
  }
}

/** Says a line on standard error. What would break it or colour it is shown as an escape. */
function complain(line: string): void {
  process.stderr.write(`gilscope: ${printable(line)}\n`);
}
