import { PARAMETER_NAMES, SPECIFICATIONS, type Parameters } from './parameters.js';

/** How the command line is started, in the folder of the program. */
const PROGRAM = 'npm run --silent gilscope --';

/**
 * The command line that makes the same run, or the same comparison: every parameter that differs from its default, and the
 * threads, whose default is another one on another machine. Values are plain numbers and names, so
 * that no shell needs them quoted.
 */
export function commandLineOf(parameters: Parameters, command: 'run' | 'compare' = 'run'): string {
  const flags = PARAMETER_NAMES.filter(
    (name) => name === 'threads' || parameters[name] !== SPECIFICATIONS[name].fallback,
  ).map((name) => `${SPECIFICATIONS[name].flag} ${parameters[name]}`);
  return [PROGRAM, command, ...flags].join(' ');
}
