import { describe, expect, it } from 'vitest';
import { REPORT_SCHEMA, overviewOf, reportOf } from '../../src/experiment/report.js';
import { recordOf } from '../fixtures/records.js';

// 12 tasks on two lanes of six, 100 ns each: a lane is busy for 600 ns.
describe('the overview of a run', () => {
  it('sums each lane over its tasks', () => {
    const { repeats } = overviewOf(recordOf({ walls: [1000], waitNs: 40 }));
    expect(repeats).toEqual([
      {
        wallNs: 1000,
        keptUntilNs: null,
        suspensions: [],
        lanes: [0, 1].map((lane) => ({
          lane,
          tasks: 6,
          computeNs: 360,
          waitNs: 240,
          holdNs: 360,
          sleepNs: 0,
          idleNs: 400,
          queuedNs: null,
          spans: 24,
          dropped: 0,
        })),
      },
    ]);
  });

  it('has every lane, also one without a task', () => {
    const record = recordOf({ parameters: { matrices: 2, threads: 5, scheduler: 'static' } });
    const lanes = overviewOf(record).repeats[0]?.lanes ?? [];
    expect(lanes.map(({ tasks }) => tasks)).toEqual([1, 1, 0, 0, 0]);
    expect(lanes[4]?.idleNs).toBe(2000);
  });

  it('has one lane where the run is serial', () => {
    const record = recordOf({ parameters: { scheduler: 'serial', threads: 5 } });
    expect(overviewOf(record).repeats[0]?.lanes.map(({ tasks }) => tasks)).toEqual([12]);
  });

  it('works out its figures from the median wall time', () => {
    const { summary } = overviewOf(recordOf({ walls: [1000, 3000, 2000], handoffs: 7 }));
    const iterations = (12 * 13) / 2;
    expect(summary.wallNs).toMatchObject({ median: 2000, min: 1000, max: 3000 });
    expect(summary.tasksPerSecond).toBeCloseTo(12 / 2e-6);
    expect(summary.iterationsPerSecond).toBeCloseTo(iterations / 2e-6);
    // A product an iteration, and one a task for its result.
    expect(summary.gflops).toBeCloseTo(((iterations + 12) * 2 * 16 * 16) / 2e-6 / 1e9);
    expect(summary.handoffs).toBe(7);
  });

  it('has times and counts whole', () => {
    const { wallNs } = overviewOf(recordOf({ walls: [1000, 1001] })).summary;
    expect(wallNs.median).toBe(1001);
    const [low = NaN, high = NaN] =
      overviewOf(recordOf({ walls: [1000, 1001, 1003, 1010] })).summary.wallNs.ci95 ?? [];
    expect(Number.isInteger(low) && Number.isInteger(high)).toBe(true);
  });

  it('has no interval of fewer than three repeats', () => {
    expect(overviewOf(recordOf({ walls: [1, 2] })).summary.wallNs.ci95).toBeNull();
    expect(overviewOf(recordOf({ walls: [5, 5, 5] })).summary.wallNs.ci95).toEqual([5, 5]);
  });

  it('counts waiting as a share of all lanes’ wall time', () => {
    const { summary } = overviewOf(recordOf({ walls: [1000, 2000], waitNs: 50 }));
    // In each of two repeats two lanes wait 300 ns; their wall time is 2 x 3000 ns.
    expect(summary.waitShare).toBeCloseTo(1200 / 6000);
  });

  it('counts time without a core as a share of what was not suspended', () => {
    const suspensions = [{ startNs: 100, endNs: 600, sleptNs: 0 }];
    const { summary, repeats } = overviewOf(
      recordOf({ walls: [1000, 1000], interruptions: { queuedNs: [100, 50], suspensions } }),
    );
    expect(repeats[0]?.lanes.map(({ queuedNs }) => queuedNs)).toEqual([100, 50]);
    // 150 of two times 500 ns in each of two repeats.
    expect(summary).toMatchObject({ queuedShare: 0.15, suspendedNs: 1000 });
    expect(overviewOf(recordOf()).summary).toMatchObject({ queuedShare: null, suspendedNs: 0 });
  });

  it('does no arithmetic where it sleeps', () => {
    const { summary } = overviewOf(recordOf({ parameters: { workload: 'sleep' } }));
    expect(summary.gflops).toBe(0);
  });

  it('counts the tasks at the cap', () => {
    expect(overviewOf(recordOf({ capped: 5 })).cappedTasks).toBe(5);
  });
});

describe('the report', () => {
  it('names its format, and has every task’s results', () => {
    const report = reportOf(recordOf({ capped: 1 }));
    expect(report.schema).toBe(REPORT_SCHEMA);
    expect(REPORT_SCHEMA).toBe('gilscope.report/2');
    expect(report.results.eigenvalue).toHaveLength(12);
    expect(report.results.iterations.slice(0, 3)).toEqual([1, 2, 3]);
    expect(report.results.converged.slice(0, 3)).toEqual([false, true, true]);
    expect(Object.keys(report)).toEqual([
      'schema',
      'params',
      'machine',
      'repeats',
      'summary',
      'results',
    ]);
  });

  it('has null for what is no finite number, so that it is the same after JSON', () => {
    const record = recordOf();
    record.source.results.eigenvalue.set([NaN, Infinity]);
    const report = reportOf(record);
    expect(report.results.eigenvalue.slice(0, 3)).toEqual([null, null, 2.5]);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
