import { formatCounted } from '../base/units.js';
import { squareLabel } from '../experiment/labels.js';
import { largestFit } from '../memory/largest-fit.js';
import { MEMORY_BYTES_MAX, layoutOf } from '../memory/layout.js';
import type { Parameters } from '../experiment/parameters.js';
import { SPAN_BYTES } from '../recording/spans.js';
import { TIMING_BYTES } from '../experiment/task-table.js';
import { MemoryError } from './errors.js';

/** What a worker thread takes beside the shared memory, in bytes: its own V8, as measured. */
const WORKER_BYTES = 8e6;

/** Bytes left for what comes and goes: garbage, spans on their way, text on its way to a file. */
const RESERVE_BYTES = 64e6;

/** Bytes of a task's results, in the record and in the report that is made of it. */
const RESULT_BYTES = 100;

/**
 * A kept span takes its bytes in the record, and up to so many times them in all while it is
 * analysed, shown or exported: most in a saved recording, whose table of spans is made as a whole.
 */
const SPAN_COST = 6;

/** The memory that a run finds. */
export interface MemoryState {
  /** What the process can still take. */
  readonly freeBytes: number;
  /** The shared memory that it has already. */
  readonly heldBytes: number;
  /** Workers that are still to be started. */
  readonly newWorkers: number;
}

/**
 * Divides the memory that there is among what runs need whose records are kept together: workers,
 * timings, shared memory for one run at a time. Returns the bytes that their spans may take.
 *
 * @throws MemoryError if the threads, the timings of all, or the shared memory of one would not fit
 */
export function spanRoom(
  runs: readonly Parameters[],
  { freeBytes, heldBytes, newWorkers }: MemoryState,
): number {
  const ownBytes = RESERVE_BYTES + newWorkers * WORKER_BYTES;
  if (ownBytes > freeBytes) {
    const most = bytes((freeBytes - RESERVE_BYTES) / WORKER_BYTES);
    const fitting = most === 0 ? [] : [formatCounted(most, 'thread')];
    throw new MemoryError(ownBytes, bytes(freeBytes), 'memory for its threads', fitting);
  }
  const left = freeBytes - ownBytes;
  const timings = sum(runs.map(({ matrices, repeats }) => matrices * repeats * TIMING_BYTES));
  if (timings > left) {
    throw new MemoryError(timings, left, 'memory for its timings', fewerTimings(runs, left));
  }
  const records = timings + sum(runs.map(({ matrices }) => matrices * RESULT_BYTES));
  const available = Math.min(MEMORY_BYTES_MAX, bytes(left - records + heldBytes));
  const toCome = runs.map((parameters) => {
    const { totalBytes, lanes, ringCapacity } = layoutOf(parameters);
    if (totalBytes > available) {
      const fitting = smallerRuns(parameters, available);
      throw new MemoryError(totalBytes, available, 'shared memory', fitting);
    }
    // Rings that are held may never have been full, and take memory only when they first are.
    return Math.max(totalBytes - heldBytes, lanes * ringCapacity * SPAN_BYTES);
  });
  return bytes((left - records - Math.max(...toCome)) / SPAN_COST);
}

/** What of matrices and of repeats would leave room for the timings, all else as it is. */
function fewerTimings(runs: readonly Parameters[], leftBytes: number): string[] {
  const mostOf = (other: 'matrices' | 'repeats') =>
    bytes(leftBytes / (TIMING_BYTES * sum(runs.map((run) => run[other]))));
  const [matrices, repeats] = [mostOf('repeats'), mostOf('matrices')];
  return [
    ...(matrices === 0 ? [] : [formatCounted(matrices, 'matrix', 'matrices')]),
    ...(repeats === 0 ? [] : [formatCounted(repeats, 'repeat')]),
  ];
}

/** How many matrices, and of which size, would fit into so much shared memory, all else as it is. */
export function smallerRuns(parameters: Parameters, availableBytes: number): string[] {
  const matrices = largestFit('matrices', parameters, availableBytes);
  const size = largestFit('size', parameters, availableBytes);
  return [
    ...(matrices === null ? [] : [formatCounted(matrices, 'matrix', 'matrices')]),
    ...(size === null || parameters.workload === 'sleep' ? [] : [`a size of ${squareLabel(size)}`]),
  ];
}

function bytes(value: number): number {
  return Math.max(0, Math.floor(value));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
