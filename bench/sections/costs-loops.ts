import { RunMemory } from '../../src/engine/run-memory.js';
import { systemClock } from '../../src/base/units.js';
import { Gil } from '../../src/engine/lane/locks/gil.js';
import { Mutex } from '../../src/engine/lane/locks/mutex.js';
import { clockReadings } from '../measure/clock-readings.js';
import { roundsOf } from '../measure/rounds.js';
import { once } from '../measure/runs.js';
import { perTurn, type Loop } from '../measure/timing.js';
import type { BenchContext } from '../section.js';

/** What small things cost, round by round, in ns. */
export interface LoopCosts {
  readonly clockRead: readonly number[];
  /** Taken and given up by a lane alone. */
  readonly mutex: readonly number[];
  readonly switchingLock: readonly number[];
}

/** Measures them in turn. */
export async function measureLoops({
  cores,
  pace: { rounds, sliceMs },
}: Pick<BenchContext, 'cores' | 'pace'>): Promise<LoopCosts> {
  const clockRead = perTurn(clockReadings, sliceMs);
  const mutex = perTurn(lockings(), sliceMs);
  const switchingLock = perTurn(switchingLockings(), sliceMs);
  const measured = await roundsOf(rounds, cores.own, () => ({
    clockRead: clockRead(),
    mutex: mutex(),
    switchingLock: switchingLock(),
  }));
  return {
    clockRead: measured.map((round) => round.clockRead),
    mutex: measured.map((round) => round.mutex),
    switchingLock: measured.map((round) => round.switchingLock),
  };
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
