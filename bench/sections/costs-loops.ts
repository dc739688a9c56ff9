import { RunMemory } from '../../src/main/engine/run-memory.js';
import { ringOf } from '../../src/shared/layout.js';
import { SpanRingReader } from '../../src/shared/span-ring.js';
import { systemClock } from '../../src/shared/units.js';
import { Gil } from '../../src/workers/locks/gil.js';
import { Mutex } from '../../src/workers/locks/mutex.js';
import { Recorder } from '../../src/workers/recorder.js';
import { once } from '../measure/runs.js';
import { perTurn, type Loop } from '../measure/timing.js';
import type { Pace } from '../section.js';

/** Spans that a task without a lock leaves: compute and task. */
const SPANS = 2;

/** Tasks after which the ring is emptied; all of their spans fit. */
const TASKS = 1000;

/** Steps of the clock that are looked at. */
const STEPS = 1000;

/** What small things cost, round by round, in ns. */
export interface LoopCosts {
  readonly clockRead: readonly number[];
  readonly lock: readonly number[];
  /** The lock that switches, taken and given up by a lane that is alone. */
  readonly gil: readonly number[];
  /** A span, with its share of the task's one reading of the clock and of its row in the table. */
  readonly span: readonly number[];
  /** The smallest step that the clock was seen to take. */
  readonly clockStepNs: number;
}

/** Measures them in turn. */
export function measureLoops({ rounds, sliceMs }: Pace): LoopCosts {
  const clockRead = perTurn(readings, sliceMs);
  const lock = perTurn(lockings(), sliceMs);
  const gil = perTurn(gilHoldings(), sliceMs);
  const task = perTurn(recordings(), sliceMs);
  const measured = Array.from({ length: rounds }, () => ({
    clockRead: clockRead(),
    lock: lock(),
    gil: gil(),
    span: task() / SPANS,
  }));
  return {
    clockRead: measured.map((round) => round.clockRead),
    lock: measured.map((round) => round.lock),
    gil: measured.map((round) => round.gil),
    span: measured.map((round) => round.span),
    clockStepNs: clockStep(),
  };
}

/** Reads the clock; the sum is used, so that no reading is left out. */
function readings(count: number): void {
  let sum = 0;
  for (let turn = 0; turn < count; turn += 1) sum += systemClock();
  if (!Number.isFinite(sum)) throw new RangeError('the clock gave no number');
}

function lockings(): Loop {
  const mutex = new Mutex(new Int32Array(new SharedArrayBuffer(64)), 0);
  return (count) => {
    for (let turn = 0; turn < count; turn += 1) {
      mutex.lock();
      mutex.unlock();
    }
  };
}

function gilHoldings(): Loop {
  const parameters = once(1, { matrices: 1, size: 1 });
  const { buffer, layout } = new RunMemory().prepare(parameters);
  const context = {
    words: new Int32Array(buffer),
    layout,
    parameters,
    lane: 0,
    clock: systemClock,
  };
  const gil = new Gil(context, { intervalMs: parameters.switchIntervalMs, interrupts: true });
  return (count) => {
    for (let turn = 0; turn < count; turn += 1) {
      gil.hold();
      gil.drop();
    }
  };
}

/** What a lane records of a task that takes no lock, without the task. */
function recordings(): Loop {
  const { buffer, layout } = new RunMemory().prepare(once(1, { matrices: TASKS, size: 1 }));
  const recorder = new Recorder(buffer, layout, 0, systemClock);
  const reader = new SpanRingReader(buffer, ringOf(layout, 0));
  const outcome = { eigenvalue: 1, rayleigh: 1, residual: 0, iterations: 1, converged: true };
  recorder.resume(systemClock());
  return (count) => {
    for (let turn = 0; turn < count; turn += 1) {
      const task = turn % TASKS;
      if (task === 0) reader.reset();
      recorder.beginTask(task);
      const start = recorder.at;
      recorder.tick();
      recorder.span('compute', start);
      recorder.endTask(outcome);
    }
  };
}

function clockStep(): number {
  let smallest = Infinity;
  for (let step = 0; step < STEPS; step += 1) {
    const before = systemClock();
    let after = systemClock();
    while (after === before) after = systemClock();
    smallest = Math.min(smallest, after - before);
  }
  return smallest * 1e6;
}
