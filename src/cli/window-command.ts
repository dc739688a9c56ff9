import { isAbsolute } from 'node:path';
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { RefusedError } from './failures.js';
import type { FlagValues } from './flags.js';
import type { Interruptions } from './interruptions.js';
import type { ProgramEnd } from '../sampling/started-program.js';
import { passOn, startInForeground } from './foreground-program.js';

/** What opening the window needs from outside. */
export interface WindowContext {
  readonly interruptions: Interruptions;
  /** The window's program; null where this installation has none. */
  readonly windowProgram: string | null;
  /** Takes the status that this process is to end with. */
  readonly onEnd: (end: ProgramEnd) => void;
}

/** Has the program open the window where it gets no command. */
export function openWindowByDefault(program: Command, context: WindowContext): void {
  program
    .argument('[file...]', 'recordings to open in the window, where there is one')
    .option('--profile <folder>', 'keep the settings of the window in this folder')
    .option('--reset-settings', 'open the window with all settings as at the first start')
    .action((files: string[], values: FlagValues) => openWindow(files, values, context));
}

async function openWindow(
  files: readonly string[],
  { profile, resetSettings }: FlagValues,
  { interruptions, windowProgram, onEnd }: WindowContext,
): Promise<void> {
  if (windowProgram === null) throw new RefusedError([NO_WINDOW]);
  const problem = whyNoWindow(process);
  if (problem !== null) throw new RefusedError([problem]);
  const words = typeof profile === 'string' ? ['--profile', profile] : [];
  const reset = resetSettings === true ? ['--reset-settings'] : [];
  const window = await startInForeground([windowProgram, ...words, ...reset, '--', ...files]);
  const restore = interruptions.divert((signal) => {
    passOn(window, signal);
  });
  onEnd(await window.end);
  restore();
}

const NO_WINDOW =
  'no window is installed here: `gilscope show FILE` reports on a recording, `gilscope help` lists the commands';

/** What of a process decides whether it can open a window. */
export type WindowSurroundings = Pick<NodeJS.Process, 'platform' | 'env'> & {
  readonly getuid?: (() => number) | undefined;
};

/** Returns why a window cannot be opened here, and what to do, in a line; null where it can. */
export function whyNoWindow({ platform, env, getuid }: WindowSurroundings): string | null {
  if (platform !== 'linux') return null;
  if (getuid?.() === 0) {
    return 'the window does not open for root, whose processes have no sandbox: start it as an ordinary user';
  }
  if ((env['DISPLAY'] ?? '') === '' && (env['WAYLAND_DISPLAY'] ?? '') === '') {
    return 'there is no display to open the window on (DISPLAY is not set): `gilscope show FILE` reports on a recording, `gilscope help` lists the commands';
  }
  return null;
}

/** Whether a word where a command may stand is meant as a file. */
export function isMeantAsFile(word: string): boolean {
  return isAbsolute(word) || /[./\\]/.test(word) || existsSync(word);
}
