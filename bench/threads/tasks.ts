import { parentPort, workerData } from 'node:worker_threads';
import type { LockModeName } from '../../src/experiment/parameters.js';
import { clockReadings } from '../measure/clock-readings.js';
import { readRate } from '../measure/read-rate.js';
import { perTurn } from '../measure/timing.js';
import { taskLoop } from './task-loop.js';

/** What tasks the thread runs. */
export interface TasksData {
  readonly lock: LockModeName;
  readonly isRecorded: boolean;
  /** The compiled loops that the core is looked at with. */
  readonly limits: WebAssembly.Module;
}

/** How long to measure, in ms; null where the core is looked at and no more. */
export type TasksQuestion = number | null;

export interface TasksAnswer {
  /** What is read from the core's nearest cache in a nanosecond, in bytes. */
  readonly readRate: number;
  readonly costs: TaskCosts | null;
}

/** What was measured, one right after the other. */
export interface TaskCosts {
  readonly clockNs: number;
  /** What a task without work takes. */
  readonly taskNs: number;
  /** The spans that a task records; none where nothing is recorded. */
  readonly spans: number;
}

const { lock, isRecorded, limits } = workerData as TasksData;
const rate = readRate(limits);
const { loop, spansPerTask } = taskLoop(lock, isRecorded);
let measures: { readonly clock: () => number; readonly task: () => number } | undefined;

parentPort?.on('message', (sliceMs: TasksQuestion) => {
  const costs = sliceMs === null ? null : measure(sliceMs);
  const answer: TasksAnswer = { readRate: rate(), costs };
  parentPort?.postMessage(answer);
});

function measure(sliceMs: number): TaskCosts {
  measures ??= { clock: perTurn(clockReadings, sliceMs), task: perTurn(loop, sliceMs) };
  const clockNs = measures.clock();
  return { clockNs, taskNs: measures.task(), spans: spansPerTask };
}
