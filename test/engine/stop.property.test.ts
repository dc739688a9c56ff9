import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LockModeName, Parameters } from '../../src/experiment/parameters.js';
import { LANES_MAX, LOCKS, anySpread } from '../fixtures/contended-runs.js';
import { smallRun } from '../fixtures/parameters.js';
import {
  printCounts,
  PROPERTY_RUNS,
  PROPERTY_TIMEOUT_MS,
  propertyEngines,
} from '../fixtures/property-runs.js';
import {
  anyEarlyMoment,
  anyMoment,
  stoppedAt,
  type SnapshotMark,
  type Stopped,
} from '../fixtures/stop-moments.js';

const engines = propertyEngines();

/** A run that goes on until it is stopped, and when that is. */
interface Case {
  readonly parameters: Parameters;
  readonly moment: SnapshotMark;
}

/** Tasks that end only with the run, so that lanes which share a lock wait for as long. */
function anyEndless(lock: LockModeName): fc.Arbitrary<Case> {
  const power = fc
    .record({ ...anySpread, ...anyMatrices, ...anyInterpreter, seed: fc.maxSafeNat() })
    .map((changes) => longRun({ ...changes, lock, maxIterations: 10_000_000 }));
  const sleep = fc
    .record(anySpread)
    .map((changes) => longRun({ ...changes, lock, workload: 'sleep', sleepMs: 60_000 }));
  const parameters = fc.oneof({ weight: 3, arbitrary: power }, { weight: 1, arbitrary: sleep });
  return fc.record({ parameters, moment: anyEarlyMoment });
}

const ITERATIONS_OF_REPEATING = 1000;

/** Repeats of some ms, and hundreds of them. */
function anyRepeating(lock: LockModeName): fc.Arbitrary<Case> {
  const parameters = fc
    .record({ ...anySpread, ...anyMatrices, seed: fc.maxSafeNat() })
    .map((changes) =>
      longRun({ ...changes, size: 16, lock, maxIterations: ITERATIONS_OF_REPEATING }),
    );
  return fc.record({ parameters, moment: anyMoment });
}

/** Few, or so many that it takes some ms to generate them. */
const anyMatrices = {
  matrices: fc.integer({ min: 8, max: 24 }),
  size: fc.oneof(fc.integer({ min: 16, max: 64 }), fc.constant(400)),
};

/** None, or so much that lanes are mostly at it. */
const anyInterpreter = { interpreterUs: fc.constantFrom(0, 10_000) };

/** A moment of each phase, and one when lanes that share a lock have long been waiting. */
function examplesOf(lock: LockModeName): [Case][] {
  const shared = { lock, threads: 3, scheduler: 'static', size: 16 } as const;
  const repeating = longRun({ ...shared, maxIterations: ITERATIONS_OF_REPEATING });
  const atOnce = (told: SnapshotMark['told'], nth: number): [Case] => [
    { parameters: repeating, moment: { told, nth, delayMs: undefined } },
  ];
  const endless = longRun({ ...shared, maxIterations: 10_000_000 });
  const late = { told: 'timeline', nth: 1, delayMs: 50 } as const;
  return [
    atOnce('started', 1),
    atOnce('timeline', 1),
    atOnce('timeline', 2),
    atOnce('timeline', 3),
    [{ parameters: endless, moment: late }],
  ];
}

function longRun(changes: Partial<Parameters>): Parameters {
  return smallRun({ ...changes, epsilon: Number.MIN_VALUE, warmup: 1, repeats: 1000 });
}

describe.each(LOCKS)('a stop at any moment under %s', (lock) => {
  it(
    'has each lane end the task in hand, and leaves an engine whose next results are right',
    async () => {
      const met = {
        'making ready': 0,
        'warm-up': 0,
        'first repeat': 0,
        'later repeat': 0,
        waiting: 0,
      };
      await fc.assert(
        fc.asyncProperty(fc.oneof(anyEndless(lock), anyRepeating(lock)), async (stop) => {
          const stopped = await stoppedAt(engines().engine, stop.parameters, stop.moment);
          expect(stopped.outcome.outcome).toBe('stopped');
          expect(stopped.begunLater).toBe(0);
          if (isEndless(stop.parameters)) expectOneTaskALane(stopped);
          await expectUsable(stop.parameters);
          met[stopped.phase] += 1;
          if (stopped.spans.some(({ kind }) => kind === 'wait')) met.waiting += 1;
        }),
        { ...PROPERTY_RUNS, examples: examplesOf(lock) },
      );
      printCounts(`stops under ${lock}`, met);
      const { waiting, ...phases } = met;
      expect(Math.min(...Object.values(phases))).toBeGreaterThan(0);
      if (lock !== 'none' && lock !== 'per-object') expect(waiting).toBeGreaterThan(0);
    },
    PROPERTY_TIMEOUT_MS,
  );
});

function isEndless({ workload, maxIterations }: Parameters): boolean {
  return workload === 'sleep' || maxIterations > ITERATIONS_OF_REPEATING;
}

/** No task was done, so that a lane which takes no other after the stop has had one at most. */
function expectOneTaskALane({ outcome, spans }: Stopped): void {
  expect(outcome.record).toBeNull();
  const lanes = spans.filter(({ kind }) => kind === 'task').map(({ lane }) => lane);
  expect(lanes).toHaveLength(new Set(lanes).size);
}

/** A run under the same lock on the same matrices, some of which may be in memory. */
async function expectUsable(parameters: Parameters): Promise<void> {
  const next: Parameters = {
    ...parameters,
    ...{ threads: LANES_MAX, scheduler: 'dynamic' },
    ...{ maxIterations: 50, interpreterUs: 0, sleepMs: 0, warmup: 0, repeats: 1 },
  };
  const { engine, reference } = engines();
  const { outcome, record } = await engine.run(next);
  expect(outcome).toBe('done');
  const expected = await reference.run({ ...next, scheduler: 'serial', lock: 'none' });
  expect(record?.source.results).toEqual(expected.record?.source.results);
}
