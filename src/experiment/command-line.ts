import { COMPARISON_SETS } from './variants.js';
import {
  PARAMETER_NAMES,
  SPECIFICATIONS,
  type ParameterName,
  type Parameters,
} from './parameters.js';

/** How the command line is started, in the folder of the program. */
export const PROGRAM = 'npm run --silent gilscope --';

/** A command, and the parameters that it sets itself and so has no flags of. */
const LEFT_OUT = { run: [], compare: COMPARISON_SETS } as const satisfies Readonly<
  Record<string, readonly ParameterName[]>
>;

/** A command that makes what the window shows. */
export type CommandName = keyof typeof LEFT_OUT;

/**
 * The command line that makes the same run, or the same comparison: every parameter that differs
 * from its default, and the threads, whose default is another one on another machine. Values are
 * plain numbers and names, so that no shell needs them quoted.
 */
export function commandLineOf(parameters: Parameters, command: CommandName = 'run'): string {
  const leftOut: readonly ParameterName[] = LEFT_OUT[command];
  const flags = PARAMETER_NAMES.filter(
    (name) =>
      !leftOut.includes(name) &&
      (name === 'threads' || parameters[name] !== SPECIFICATIONS[name].fallback),
  ).map((name) => `${SPECIFICATIONS[name].flag} ${parameters[name]}`);
  return [PROGRAM, command, ...flags].join(' ');
}
