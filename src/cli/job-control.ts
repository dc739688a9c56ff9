import { readFileSync } from 'node:fs';

/** How a command line shares its terminal with others, as shells have it (POSIX job control). */

/** What the system knows of a process in its job (proc(5), `/proc/PID/stat`). */
interface Job {
  readonly parent: number;
  readonly group: number;
  /** The terminal's device number; 0 where the session has none. */
  readonly terminal: number;
  /** The group that the terminal is in the hands of. */
  readonly foreground: number;
}

/**
 * Whether what is drawn on the terminal is for this process to draw: it is not in the background. A
 * process in a session of its own goes by the one that started it. True where that cannot be known.
 */
export function isInForeground(readJob: (pid: number) => Job | null = readJobOf): boolean {
  const own = readJob(process.pid);
  const job = own?.terminal === 0 ? readJob(own.parent) : own;
  return job === null || job.terminal === 0 || job.group === job.foreground;
}

/** Whether a terminal sends its keyboard's signals to this process. */
export function hasTerminal(readJob: (pid: number) => Job | null = readJobOf): boolean {
  const job = readJob(process.pid);
  return job !== null && job.terminal !== 0 && job.group === job.foreground;
}

function readJobOf(pid: number): Job | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The program's name, the second field, is in brackets and may have anything in it.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [, parent = NaN, group = NaN, , terminal = NaN, foreground = NaN] = fields.map(Number);
  return { parent, group, terminal, foreground };
}

/** Does something before each time that the terminal stops this process (Ctrl+Z). */
export function beforeEachStop(work: () => void): void {
  const stop = () => {
    work();
    // Without a listener the system does as ever: it stops the process here, or does nothing where no
    // shell could have it go on.
    process.kill(process.pid, 'SIGTSTP');
    listen();
  };
  const listen = () => process.once('SIGTSTP', stop);
  listen();
}
