import { describe, expect, it } from 'vitest';
import { QueueWatch } from '../../src/engine/queue-watch.js';
import { threadNumber } from '../../src/engine/lane/thread-number.js';
import type { SystemFiles } from '../../src/engine/system-files.js';
import { filesOf } from '../fixtures/system-files.js';

const MS = 1e6;

/** What each thread was on a core and queued for one, in ms, by its number. */
type Threads = Readonly<Record<number, readonly [processorMs: number, delayMs: number]>>;

function treeOf(threads: Threads): SystemFiles {
  const entries = Object.entries(threads).map(([thread, times]) => [
    `/proc/self/task/${thread}/schedstat`,
    `${times.map((time) => time * MS).join(' ')} 12`,
  ]);
  return filesOf(Object.fromEntries(entries) as Record<string, string>);
}

/** How long lanes had no core, given what the system says before and after, and of the process. */
function timesMs(
  before: Threads,
  after: Threads,
  computeMs: readonly number[],
  { processMs = 0, suspendedMs = 0 } = {},
): { queuedMs: number; inComputingMs: number }[] {
  let now = treeOf(before);
  const files: SystemFiles = {
    read: (path) => now.read(path),
    list: (path) => now.list(path),
  };
  let processorNs = 0;
  const watch = new QueueWatch(files, () => processorNs);
  now = treeOf(after);
  processorNs = processMs * MS;
  const lanes = computeMs.map((time, lane) => ({ thread: 11 + lane, computeNs: time * MS }));
  return watch.timesWithoutCore(lanes, suspendedMs * MS).map(({ queuedNs, inComputingNs }) => ({
    queuedMs: queuedNs / MS,
    inComputingMs: inComputingNs / MS,
  }));
}

/** How long they had none in all. */
function queuedMs(...given: Parameters<typeof timesMs>): number[] {
  return timesMs(...given).map((times) => times.queuedMs);
}

describe('the time that a lane has no core', () => {
  it('is what its thread was queued since', () => {
    const before: Threads = { 10: [1, 1], 11: [5, 7], 12: [6, 8] };
    const after: Threads = { 10: [9, 900], 11: [105, 107], 12: [206, 8] };
    expect(queuedMs(before, after, [200, 200])).toEqual([100, 0]);
  });

  it('is computing without processor time too, as on a core that is taken away', () => {
    const before: Threads = { 11: [5, 7] };
    expect(queuedMs(before, { 11: [105, 7] }, [500])).toEqual([390]);
    // Processor time lags by up to a tick.
    expect(queuedMs(before, { 11: [100, 7] }, [100])).toEqual([0]);
  });

  it('is that of waking up too, which is none of computing', () => {
    const after: Threads = { 11: [105, 307] };
    expect(timesMs({ 11: [5, 7] }, after, [100])).toEqual([{ queuedMs: 300, inComputingMs: 0 }]);
    // Beside another on one core: half of what it computed.
    expect(timesMs({ 11: [5, 7] }, after, [210])).toEqual([{ queuedMs: 300, inComputingMs: 100 }]);
  });

  it('is not that in which the whole process stood still', () => {
    expect(queuedMs({ 11: [5, 7] }, { 11: [105, 7] }, [3105], { suspendedMs: 3000 })).toEqual([0]);
  });

  it('is what is computed beyond the process’s time where threads have none, by their computing', () => {
    expect(queuedMs({}, {}, [300, 100], { processMs: 200 })).toEqual([135, 45]);
    expect(queuedMs({}, {}, [300, 100], { processMs: 400 })).toEqual([0, 0]);
    expect(queuedMs({}, {}, [0, 0], { processMs: 10 })).toEqual([0, 0]);
    // A kernel without the statistics says 0.
    expect(queuedMs({ 11: [0, 0] }, { 11: [0, 0] }, [210], { processMs: 100 })).toEqual([100]);
  });
});

it.runIf(process.platform === 'linux')('a thread has a number in the system', () => {
  expect(threadNumber()).toBeGreaterThan(0);
});
