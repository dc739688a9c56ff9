import type { Progress } from '../experiment/progress.js';
import { formatShare } from '../base/units.js';

/** What a progress line is written to: standard error, where it is a terminal. */
export interface Terminal {
  readonly isTTY?: boolean;
  /** How many characters a row has room for; 0 where that is not known. */
  readonly columns?: number;
  write(text: string): unknown;
}

const START_OF_LINE = '\r\u001b[K';

/**
 * One line that says how far it is, on a terminal; nothing anywhere else, nor while another program has
 * the terminal.
 */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #isInForeground: () => boolean;
  #isShown = false;

  constructor(terminal: Terminal, isInForeground = () => true) {
    this.#terminal = terminal;
    this.#isInForeground = isInForeground;
  }

  /** Shows progress in place of what the line said. `label` says of which run, if of several. */
  show(progress: Progress, label = ''): void {
    this.say(`${label}${progressText(progress)}`);
  }

  /** Shows a text in place of what the line said. */
  say(line: string): void {
    const { isTTY, columns = 0 } = this.#terminal;
    if (isTTY !== true || !this.#isInForeground()) return;
    this.#isShown = true;
    // What went on in a next row would stay there.
    const shown = columns > 0 ? line.slice(0, columns - 1) : line;
    this.#terminal.write(`${START_OF_LINE}${shown}`);
  }

  /** Says lines that stay. */
  note(text: string): void {
    if (this.#terminal.isTTY !== true || !this.#isInForeground()) return;
    this.clear();
    this.#terminal.write(text);
  }

  /** Empties the line, if it says anything, for other text to take its place. */
  clear(): void {
    if (!this.#isShown) return;
    this.#isShown = false;
    if (this.#isInForeground()) this.#terminal.write(START_OF_LINE);
  }
}

/** Progress in words: `repeating 2 of 3: 45 %`. */
export function progressText({ phase, repeat, repeats, tasksDone, tasks }: Progress): string {
  const share = formatShare(tasks === 0 ? 0 : Math.floor((100 * tasksDone) / tasks) / 100);
  return phase === 'starting' || phase === 'generating'
    ? `${phase}: ${share}`
    : `${phase} ${repeat + 1} of ${repeats}: ${share}`;
}
