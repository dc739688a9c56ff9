import { workerData } from 'node:worker_threads';
import { CONTROL } from '../shared/layout.js';
import { chunkOf } from '../shared/plan.js';
import type { Job, LaneData } from './job.js';
import { instantiateKernel } from './kernel.js';
import { LaneRun } from './lane-run.js';
import { isStopping } from './work.js';

/**
 * A worker thread of the pool: takes jobs and does them as a lane of the run that shared memory
 * describes. The matrices, vectors and records are all in the one shared memory.
 */
const { memory, kernel: module } = workerData as LaneData;
const kernel = instantiateKernel(module, memory);

/** The lane that this worker is where a job does not name one. */
let ownLane = 0;
let current: LaneRun | undefined;

/** Does one job; the pool calls it with each message. */
export default function runJob(job: Job): void {
  if (job.do === 'attach') {
    ownLane = job.lane;
    meetOthers(job.lanes);
    return;
  }
  const run = laneRun(job.do === 'task' ? ownLane : job.lane);
  switch (job.do) {
    case 'generate':
      run.generate();
      return;
    case 'chunk': {
      const { first, end } = chunkOf(run.layout.tasks, run.layout.lanes, job.lane);
      runTasks(run, first, end);
      return;
    }
    case 'counter':
      runFromCounter(run);
      return;
    case 'task':
      runTasks(run, job.task, job.task + 1);
  }
}

/** Waits until all workers of the pool are here, so that each takes exactly one such job. */
function meetOthers(lanes: number): void {
  const words = new Int32Array(memory.buffer);
  // Orders nothing but itself: the last to come wakes the others.
  let arrived = Atomics.add(words, CONTROL.arrived, 1) + 1;
  if (arrived === lanes) Atomics.notify(words, CONTROL.arrived);
  while (arrived < lanes) {
    Atomics.wait(words, CONTROL.arrived, arrived);
    arrived = Atomics.load(words, CONTROL.arrived);
  }
}

/** The state of a lane in the current run, made anew when a run or another lane begins. */
function laneRun(lane: number): LaneRun {
  // Acquire: pairs with the main thread's store after it has written the run's parameters.
  const run = Atomics.load(new Int32Array(memory.buffer), CONTROL.run);
  if (current?.run !== run || current.lane !== lane) {
    current = new LaneRun(memory, kernel, run, lane);
  }
  return current;
}

function runTasks(run: LaneRun, first: number, end: number): void {
  run.resume();
  for (let task = first; task < end && !isStopping(run.words); task += 1) run.runTask(task);
}

function runFromCounter(run: LaneRun): void {
  run.resume();
  while (!isStopping(run.words)) {
    // Only who gets which number matters; the task's data was there before the repeat began.
    const task = Atomics.add(run.words, CONTROL.nextTask, 1);
    if (task >= run.layout.tasks) return;
    run.runTask(task);
  }
}
