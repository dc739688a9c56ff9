import type { Failure } from '../../ipc/index.js';

/** Where the window's commands say what became of them. */
export interface Reporter {
  /** Says what has been done. */
  notice(text: string): void;
  /** Says what went wrong, and in the status line that it did. */
  fail(failure: Failure, notice: string): void;
  /** Takes the message about what went wrong before away. */
  dismiss(): void;
}
