import { LOCK_MODES, type Parameters } from '../experiment/parameters.js';
import { laneCount } from '../experiment/plan.js';
import {
  TASK_COLUMNS,
  TASK_INTEGER_COLUMNS,
  type TaskTablePlaces,
} from '../experiment/task-table.js';
import { RING_HEADER_BYTES, type RingPlace } from './span-ring.js';
import { SPAN_BYTES } from '../recording/spans.js';
import { matrixLength, strideOf } from './stride.js';

/**
 * The layout of a run in the one shared WebAssembly memory, from low addresses to high ones.
 * It follows from the parameters alone, so every thread works it out for itself.
 *
 *     0         left free and zero, so that address 0 is never a place
 *     1,024     control      words that order the threads (see CONTROL), a cache line each
 *     4,096     parameters   length and UTF-8 JSON, for the lanes to read
 *     8,192     generator    PCG64 state and increment, 32 bytes
 *     8,256     matrices     the upper triangles in blocks (stride.ts), one after the other
 *               vectors      for each lane three (the size, padded) and 3 results
 *               ring headers for each lane, two cache lines
 *               tallies      for each lane a cache line: tasks done, thread
 *               ring records for each lane
 *               task table   a column for each field of a task (see TASK_COLUMNS)
 *               locks        32-bit words: one a matrix for per-object, else one line and the
 *                            slots of the queue of waiters
 *
 * Every region starts on a cache line. The matrices come before all that depends on threads or
 * lock, so that runs that share them find them in the same place.
 */
export interface Layout {
  readonly lanes: number;
  readonly tasks: number;
  /** Doubles of a vector: the size, padded to whole blocks. */
  readonly stride: number;
  readonly matrices: number;
  readonly matrixBytes: number;
  readonly vectors: number;
  readonly vectorBytes: number;
  readonly ringHeaders: number;
  readonly tallies: number;
  readonly ringRecords: number;
  readonly ringCapacity: number;
  readonly taskTable: TaskTablePlaces;
  readonly locks: number;
  /** Bytes of the whole, from address 0. */
  readonly totalBytes: number;
}

/** Bytes of a cache line on the machines that matter. */
export const CACHE_LINE = 64;

/** Where the control words are, as indices into an Int32Array over the memory. */
export const CONTROL = {
  /** Bits that ask a lane to leave its work: see ATTENTION. */
  attention: 1024 / 4,
  /** The next task that no lane has taken (executor, dynamic). */
  nextTask: (1024 + CACHE_LINE) / 4,
  /** Counts the runs, so that a lane sees that the parameters are new. */
  run: (1024 + 3 * CACHE_LINE) / 4,
  /** Times that a lock passed from one lane to another in this repeat. */
  handoffs: (1024 + 4 * CACHE_LINE) / 4,
  /** Lanes that workers have taken with their first tickets in this run (executor). */
  takenLanes: (1024 + 6 * CACHE_LINE) / 4,
  /** Turns of the kernel's interpreter work in each iteration of this run. */
  interpreterTurns: (1024 + 7 * CACHE_LINE) / 4,
} as const;

/** The bits of the attention word. Non-zero makes the kernel return within microseconds. */
export const ATTENTION = { stop: 1, dropRequest: 2 } as const;

/** Byte address of the attention word, as the kernel takes it. */
export const ATTENTION_ADDRESS = CONTROL.attention * 4;

/** Byte address of three f64 that hold what was measured before the first repeat: see COST. */
export const COSTS_ADDRESS = 1024 + 8 * CACHE_LINE;

/** The places of an iteration's, a hold's and a hand-over's time, in ns, from COSTS_ADDRESS on. */
export const COST = { iteration: 0, hold: 1, handOver: 2 } as const;

/** Byte address of the f64 that holds the start of the repeat on the common clock, in ms. */
export const ORIGIN_ADDRESS = 1024 + 5 * CACHE_LINE;

/** Byte address of the parameters: an int32 length, then so many bytes of JSON. */
export const PARAMETERS_ADDRESS = 4096;

/** Bytes that the parameters' JSON may take. */
export const PARAMETERS_BYTES = 4096 - 4;

/** Byte address of the seeded generator. */
export const GENERATOR_ADDRESS = 8192;

const MATRICES_ADDRESS = GENERATOR_ADDRESS + CACHE_LINE;

/** Bytes of each lane's kernel results: eigenvalue, rayleigh, residual, in a cache line. */
export const RESULT_BYTES = CACHE_LINE;

/** Most bytes that all rings together may take. */
const RINGS_BYTES = 128 * 2 ** 20;

/**
 * Most spans that one ring holds: what a lane writes in a third of a second at its fastest, some
 * three million a second, as the thread that drains may have to wait so long for a core.
 */
const RING_CAPACITY_MAX = 2 ** 20;

/** Fewest. */
const RING_CAPACITY_MIN = 2 ** 12;

/** Spans that a task leaves where it waits once: task, wait, hold, compute. */
const SPANS_PER_TASK = 4;

/** Most bytes that one WebAssembly memory can have: 65,536 pages of 64 KiB. */
export const MEMORY_BYTES_MAX = 2 ** 32;

/** Works out where everything of a run lies. Addresses may exceed 4 GiB: see `totalBytes`. */
export function layoutOf(parameters: Parameters): Layout {
  const lanes = laneCount(parameters);
  const tasks = parameters.matrices;
  const hasMatrices = parameters.workload === 'power';
  const stride = strideOf(parameters.size);
  const vectorBytes = alignUp(stride * 8);
  const ringCapacity = ringCapacityOf(parameters, lanes);

  let end = MATRICES_ADDRESS;
  const place = (bytes: number): number => {
    const address = end;
    end = alignUp(end + bytes);
    return address;
  };

  const matrixBytes = matrixLength(parameters.size) * 8;
  const matrices = place(hasMatrices ? tasks * matrixBytes : 0);
  const vectors = place(lanes * laneVectorsBytes(vectorBytes));
  const ringHeaders = place(lanes * RING_HEADER_BYTES);
  const tallies = place(lanes * CACHE_LINE);
  const ringRecords = place(lanes * ringCapacity * SPAN_BYTES);
  const columns = [
    ...TASK_COLUMNS.map((column) => [column, place(tasks * 8)] as const),
    ...TASK_INTEGER_COLUMNS.map((column) => [column, place(tasks * 4)] as const),
  ];
  const taskTable = Object.fromEntries(columns) as TaskTablePlaces;
  const isLockEach = LOCK_MODES[parameters.lock].locks === 'each';
  const locks = place(isLockEach ? tasks * 4 : CACHE_LINE + queueSlotsOf(lanes) * 4);
  return {
    lanes,
    tasks,
    stride,
    matrices,
    matrixBytes,
    vectors,
    vectorBytes,
    ringHeaders,
    tallies,
    ringRecords,
    ringCapacity,
    taskTable,
    locks,
    totalBytes: end,
  };
}

/** The byte addresses of a lane's three vectors and of its three results. */
export interface LaneVectors {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly result: number;
}

/** Where a lane's vectors lie. */
export function vectorsOf({ vectors, vectorBytes }: Layout, lane: number): LaneVectors {
  const a = vectors + lane * laneVectorsBytes(vectorBytes);
  const b = a + vectorBytes;
  const c = b + vectorBytes;
  return { a, b, c, result: c + vectorBytes };
}

function laneVectorsBytes(vectorBytes: number): number {
  return 3 * vectorBytes + RESULT_BYTES;
}

/** Where a lane's ring lies. */
export function ringOf(layout: Layout, lane: number): RingPlace {
  return {
    header: layout.ringHeaders + lane * RING_HEADER_BYTES,
    records: layout.ringRecords + lane * layout.ringCapacity * SPAN_BYTES,
    capacity: layout.ringCapacity,
  };
}

/** Slots of the queue of lanes that wait for the process-wide lock: a power of two, one a lane at least. */
export function queueSlotsOf(lanes: number): number {
  return 2 ** Math.ceil(Math.log2(lanes));
}

/** The index, in an Int32Array over the memory, of a lane's count of tasks done. */
export function tallyIndex(layout: Layout, lane: number): number {
  return (layout.tallies + lane * CACHE_LINE) / 4;
}

/** The index, in an Int32Array over the memory, of the system's number of a lane's thread. */
export function threadIndex(layout: Layout, lane: number): number {
  return tallyIndex(layout, lane) + 1;
}

/**
 * Spans a ring holds, a power of two: all that a lane could leave in a small run, and no more than
 * the rings' share of memory allows. Under locks that a task releases and takes again, a task may
 * leave any number of spans, so there it is always the most.
 */
function ringCapacityOf({ matrices, lock }: Parameters, lanes: number): number {
  const share = Math.floor(RINGS_BYTES / SPAN_BYTES / lanes);
  const most = Math.min(RING_CAPACITY_MAX, 2 ** Math.floor(Math.log2(share)));
  if (LOCK_MODES[lock].givenUpWithinTask) return most;
  const wanted = 2 ** Math.ceil(Math.log2(matrices * SPANS_PER_TASK));
  return Math.min(Math.max(wanted, RING_CAPACITY_MIN), most);
}

function alignUp(address: number): number {
  return Math.ceil(address / CACHE_LINE) * CACHE_LINE;
}
