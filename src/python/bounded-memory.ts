import type { Address, ProcessMemory } from './memory.js';

/** What one task may read: some tenths of a second, which no real process comes near. */
const MAX_READS = 100_000;

/** A longer read counts as several, one for each so many bytes. */
const BYTES_A_READ = 4096;

/**
 * A memory that can be read so much at a time, whatever its pointers say: a process that lies has us go
 * in circles for a moment, never for ever.
 */
export class BoundedMemory implements ProcessMemory {
  readonly #memory: ProcessMemory;
  #left = MAX_READS;

  constructor(memory: ProcessMemory) {
    this.#memory = memory;
  }

  /** Begins a task: it may make the full number of reads again. */
  begin(): void {
    this.#left = MAX_READS;
  }

  /** Reads as the memory does, until the task has read too much: then nothing. */
  readonly read = (address: Address, target: Uint8Array): number => {
    this.#left -= 1 + Math.floor(target.length / BYTES_A_READ);
    return this.#left < 0 ? 0 : this.#memory.read(address, target);
  };
}
