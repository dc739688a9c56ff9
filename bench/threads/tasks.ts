import { parentPort, workerData } from 'node:worker_threads';
import type { LockModeName } from '../../src/shared/parameters.js';
import { clockReadings } from '../measure/clock-readings.js';
import { perTurn } from '../measure/timing.js';
import { taskLoop } from './task-loop.js';

/** What tasks the thread runs. */
export interface TasksData {
  readonly lock: LockModeName;
  readonly isRecorded: boolean;
}

/** How long to measure, in ms. */
export type TasksQuestion = number;

/** What was measured, one right after the other. */
export interface TasksAnswer {
  readonly clockNs: number;
  /** What a task without work takes. */
  readonly taskNs: number;
  /** The spans that a task records; none where nothing is recorded. */
  readonly spans: number;
}

const { lock, isRecorded } = workerData as TasksData;
const { loop, spansPerTask } = taskLoop(lock, isRecorded);
let measures: { readonly clock: () => number; readonly task: () => number } | undefined;

parentPort?.on('message', (sliceMs: TasksQuestion) => {
  measures ??= { clock: perTurn(clockReadings, sliceMs), task: perTurn(loop, sliceMs) };
  const clockNs = measures.clock();
  const answer: TasksAnswer = { clockNs, taskNs: measures.task(), spans: spansPerTask };
  parentPort?.postMessage(answer);
});
