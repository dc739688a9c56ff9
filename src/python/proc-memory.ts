import { closeSync, openSync, readSync } from 'node:fs';
import type { Address, ProcessMemory } from './memory.js';

/**
 * The memory of a running process by /proc/PID/mem. It stays that of the program that ran when it was
 * opened: after an exec, an exit or a new process of the same number, reads find nothing.
 */
export class ProcMemory implements ProcessMemory {
  #descriptor: number | null;

  /** @throws the system's error where the process is gone or may not be read */
  constructor(pid: number) {
    this.#descriptor = openSync(`/proc/${pid}/mem`, 'r');
  }

  readonly read = (address: Address, target: Uint8Array): number => {
    if (this.#descriptor === null) return 0;
    try {
      return readSync(this.#descriptor, target, 0, target.length, address);
    } catch {
      // EIO: nothing is mapped there. ESRCH, EPERM: the process ended, or became another's.
      return 0;
    }
  };

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}
