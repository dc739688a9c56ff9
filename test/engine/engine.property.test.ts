import type { ExperimentRecording } from '../../src/experiment/recording.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/index.js';
import type { LockModeName, Parameters } from '../../src/experiment/parameters.js';
import type { Span } from '../../src/recording/spans.js';
import { LOCKS, anyRun } from '../fixtures/contended-runs.js';
import {
  changesOfHolder,
  expectHoldsApart,
  expectOthersAfterForcedDrops,
  expectOwnLockOnce,
  forcedDrops,
} from '../fixtures/lock-laws.js';
import {
  printCounts,
  PROPERTY_RUNS,
  PROPERTY_TIMEOUT_MS,
  propertyEngines,
} from '../fixtures/property-runs.js';
import { expectEachTaskOnce, expectNested, spansOf } from '../fixtures/span-laws.js';
import { expectReportMatchesSpans, expectTableMatchesSpans } from '../fixtures/sum-laws.js';

const engines = propertyEngines();

async function completed(on: Engine, parameters: Parameters): Promise<ExperimentRecording> {
  const { outcome, record } = await on.run(parameters);
  expect(outcome).toBe('done');
  if (record === null) throw new Error('a run that is done has a record');
  return record;
}

/** What the cases of a lock mode had of contention. */
type Contention = Record<'waits' | 'handoffs' | 'forced drops', number>;

describe.each(LOCKS)('for any run under %s', (lock) => {
  it(
    'each task runs once, spans nest, a lock has one holder, sums agree, and so do results',
    async () => {
      const met: Contention = { waits: 0, handoffs: 0, 'forced drops': 0 };
      await fc.assert(
        fc.asyncProperty(anyRun(lock), async (parameters) => {
          const record = await completed(engines().engine, parameters);
          expect(record.repeats).toHaveLength(parameters.repeats);
          record.repeats.forEach(({ handoffs }, repeat) => {
            const spans = spansOf(record, repeat);
            expectEachTaskOnce(spans, parameters.matrices);
            expectNested(spans);
            expectLocked(parameters, spans, handoffs);
            expectTableMatchesSpans(record, repeat);
            count(met, lock, spans);
          });
          expectReportMatchesSpans(record);
          const serial = {
            scheduler: 'serial',
            lock: 'none',
            repeats: 1,
            interpreterUs: 0,
          } as const;
          const { source } = await completed(engines().reference, { ...parameters, ...serial });
          expect(record.source.results).toEqual(source.results);
        }),
        PROPERTY_RUNS,
      );
      printCounts(lock, met);
      expectContention(lock, met);
    },
    PROPERTY_TIMEOUT_MS,
  );
});

/** The laws of the lock mode. */
function expectLocked(
  { lock, workload, matrices }: Parameters,
  spans: readonly Span[],
  handoffs: number,
): void {
  const isHeld = workload === 'power' ? lock !== 'none' : lock === 'gil-held';
  expect(spans.some(({ kind }) => kind === 'hold')).toBe(isHeld);
  if (isHeld && lock === 'per-object') {
    expectOwnLockOnce(spans, matrices);
    expect(handoffs).toBe(0);
    return;
  }
  expectHoldsApart(spans);
  expect(handoffs).toBe(changesOfHolder(spans));
  if (isDroppedOnRequest(lock)) expectOthersAfterForcedDrops(spans);
}

/** Whether a task that goes on after a hold was asked for the lock; else it needs none meanwhile. */
function isDroppedOnRequest(lock: LockModeName): boolean {
  return lock !== 'gil-released';
}

function count(met: Contention, lock: LockModeName, spans: readonly Span[]): void {
  met.waits += spans.filter(({ kind }) => kind === 'wait').length;
  if (!isProcessWide(lock)) return;
  met.handoffs += changesOfHolder(spans);
  if (isDroppedOnRequest(lock)) met['forced drops'] += forcedDrops(spans).length;
}

function isProcessWide(lock: LockModeName): boolean {
  return lock !== 'none' && lock !== 'per-object';
}

/** The cases were of use: lanes met at the lock, wherever they can. */
function expectContention(lock: LockModeName, met: Contention): void {
  if (!isProcessWide(lock)) {
    expect(met).toEqual({ waits: 0, handoffs: 0, 'forced drops': 0 });
    return;
  }
  expect(met.waits).toBeGreaterThan(0);
  expect(met.handoffs).toBeGreaterThan(0);
  if (lock === 'gil-switching') expect(met['forced drops']).toBeGreaterThan(0);
}
