import { StartedProgram } from '../sampling/started-program.js';
import { hasTerminal } from './job-control.js';

/**
 * Starts a program with this process's own streams, in its group, on its terminal.
 *
 * @throws Error that says in a line why it cannot be started
 */
export function startInForeground(words: readonly string[]): Promise<StartedProgram> {
  return StartedProgram.start(words, { stdio: 'inherit' });
}

/**
 * Passes on a signal that this process got. One from the keyboard goes to all that are on the terminal,
 * so that the program has it already.
 */
export function passOn({ child }: StartedProgram, signal: NodeJS.Signals): void {
  const isFromKeyboard = signal === 'SIGINT' || signal === 'SIGQUIT';
  if (!isFromKeyboard || !hasTerminal()) child.kill(signal);
}
