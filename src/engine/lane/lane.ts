import { workerData } from 'node:worker_threads';
import { CONTROL } from '../../memory/layout.js';
import { chunkOf } from '../../experiment/plan.js';
import { generatePart } from './generation.js';
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

let current: LaneRun | undefined;
/** The lane that this worker has become in a run of the executor. */
let taken = { run: 0, lane: 0 };

/** Does one job; the pool calls it with each message. */
export default function runJob(job: Job): void {
  switch (job.do) {
    case 'attach':
      return;
    case 'generate':
      generatePart(memory.buffer, kernel, job.part, job.parts);
      return;
    case 'measure':
      laneRun(0).measure();
      return;
    case 'hand-over':
      laneRun(job.lane).measureHandOver();
      return;
    case 'chunk':
      runChunk(laneRun(job.lane));
      return;
    case 'counter':
      runFromCounter(laneRun(job.lane));
      return;
    case 'ticket':
      runOneFromCounter(laneRun(takenLane()));
  }
}

/** The state of a lane in the current run, made when a run or another lane begins. */
function laneRun(lane: number): LaneRun {
  const run = currentRun();
  if (current?.run !== run || current.lane !== lane) {
    current = new LaneRun(memory, kernel, run, lane);
  }
  return current;
}

function currentRun(): number {
  // Acquire: pairs with the main thread's store after it has written the run's parameters.
  return Atomics.load(new Int32Array(memory.buffer), CONTROL.run);
}

/** The lane that this worker is in the executor's run: the next that none had taken at its first ticket. */
function takenLane(): number {
  const run = currentRun();
  if (taken.run !== run) {
    // Only who gets which number matters; each lane's data is its own.
    taken = { run, lane: Atomics.add(new Int32Array(memory.buffer), CONTROL.takenLanes, 1) };
  }
  return taken.lane;
}

function runChunk(run: LaneRun): void {
  const { first, end } = chunkOf(run.layout.tasks, run.layout.lanes, run.lane);
  run.resume();
  for (let task = first; task < end && !isStopping(run.words); task += 1) run.runTask(task);
  run.rest();
}

function runFromCounter(run: LaneRun): void {
  run.resume();
  for (let task = takeTask(run); task !== undefined; task = takeTask(run)) run.runTask(task);
  run.rest();
}

function runOneFromCounter(run: LaneRun): void {
  run.resume();
  const task = takeTask(run);
  if (task === undefined) return;
  run.runTask(task);
  run.rest();
}

/** Takes the next task from the shared counter; undefined where there is none or the run is stopped. */
function takeTask({ words, layout }: LaneRun): number | undefined {
  if (isStopping(words)) return undefined;
  // Only who gets which number matters; the task's data was there before the repeat began.
  const task = Atomics.add(words, CONTROL.nextTask, 1);
  return task < layout.tasks ? task : undefined;
}
