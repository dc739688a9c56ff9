import { RunMemory } from '../../src/main/engine/run-memory.js';
import type { LockModeName } from '../../src/shared/parameters.js';
import { systemClock } from '../../src/shared/units.js';
import { Gil } from '../../src/workers/locks/gil.js';
import { Mutex } from '../../src/workers/locks/mutex.js';
import { once } from '../measure/runs.js';
import { perTurn, type Loop } from '../measure/timing.js';
import type { Pace } from '../section.js';
import { spanCost } from './costs-spans.js';

/** Steps of the clock that are looked at. */
const STEPS = 1000;

/** Lock modes whose spans are measured. Under per-object they are those of gil-held. */
const MODES = [
  'none',
  'gil-held',
  'gil-released',
  'gil-switching',
] as const satisfies readonly LockModeName[];

type Mode = (typeof MODES)[number];

/** What small things cost, round by round, in ns. */
export interface LoopCosts {
  readonly clockRead: readonly number[];
  /** Taken and given up by a lane alone. */
  readonly mutex: readonly number[];
  readonly switchingLock: readonly number[];
  /** A span under each lock mode, with its share of the clock's readings and of the task's row. */
  readonly span: Readonly<Record<Mode, readonly number[]>>;
  /** The smallest step that the clock was seen to take. */
  readonly clockStepNs: number;
}

/** Measures them in turn. */
export function measureLoops({ rounds, sliceMs }: Pace): LoopCosts {
  const clockRead = perTurn(readings, sliceMs);
  const mutex = perTurn(lockings(), sliceMs);
  const switchingLock = perTurn(switchingLockings(), sliceMs);
  const spans = MODES.map((mode) => spanCost(mode, sliceMs));
  const measured = Array.from({ length: rounds }, () => ({
    clockRead: clockRead(),
    mutex: mutex(),
    switchingLock: switchingLock(),
    spans: spans.map((span) => span()),
  }));
  const span = MODES.map((mode, index) => [mode, measured.map((round) => round.spans[index])]);
  return {
    clockRead: measured.map((round) => round.clockRead),
    mutex: measured.map((round) => round.mutex),
    switchingLock: measured.map((round) => round.switchingLock),
    span: Object.fromEntries(span) as LoopCosts['span'],
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

function switchingLockings(): Loop {
  const parameters = once(1, { matrices: 1, size: 1, lock: 'gil-switching' });
  const { buffer, layout } = new RunMemory().prepare(parameters);
  const words = new Int32Array(buffer);
  const context = { words, layout, parameters, lane: 0, clock: systemClock };
  const gil = new Gil(context, { intervalMs: parameters.switchIntervalMs, interrupts: true });
  return (count) => {
    for (let turn = 0; turn < count; turn += 1) {
      gil.hold();
      gil.drop();
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
