import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CACHE_LINE,
  CONTROL,
  ORIGIN_ADDRESS,
  PARAMETERS_ADDRESS,
  RESULT_BYTES,
  layoutOf,
  queueSlotsOf,
  ringOf,
  tallyIndex,
  vectorsOf,
  type Layout,
} from '../../src/memory/layout.js';
import { TASK_COLUMNS, TASK_INTEGER_COLUMNS } from '../../src/experiment/task-table.js';
import { PARAMETERS_BYTES, GENERATOR_ADDRESS } from '../../src/memory/layout.js';
import { SPECIFICATIONS, type Parameters } from '../../src/experiment/parameters.js';
import { RING_HEADER_BYTES } from '../../src/memory/span-ring.js';
import { SPAN_BYTES } from '../../src/recording/spans.js';
import { smallRun } from '../fixtures/parameters.js';

interface Region {
  readonly name: string;
  readonly start: number;
  readonly bytes: number;
}

/** Every place that anything of a run takes, down to each lane's. */
function regionsOf(layout: Layout, parameters: Parameters): Region[] {
  const lanes = Array.from({ length: layout.lanes }, (_, lane) => lane);
  const hasMatrices = parameters.workload === 'power';
  return [
    ...Object.entries(CONTROL).map(([name, index]) => ({ name, start: index * 4, bytes: 4 })),
    { name: 'origin', start: ORIGIN_ADDRESS, bytes: 8 },
    { name: 'parameters', start: PARAMETERS_ADDRESS, bytes: 4 + PARAMETERS_BYTES },
    { name: 'generator', start: GENERATOR_ADDRESS, bytes: 32 },
    {
      name: 'matrices',
      start: layout.matrices,
      bytes: hasMatrices ? layout.tasks * layout.matrixBytes : 0,
    },
    ...lanes.flatMap((lane) => {
      const { a, b, c, result } = vectorsOf(layout, lane);
      const ring = ringOf(layout, lane);
      return [
        { name: `a ${lane}`, start: a, bytes: layout.stride * 8 },
        { name: `b ${lane}`, start: b, bytes: layout.stride * 8 },
        { name: `c ${lane}`, start: c, bytes: layout.stride * 8 },
        { name: `result ${lane}`, start: result, bytes: RESULT_BYTES },
        { name: `ring header ${lane}`, start: ring.header, bytes: RING_HEADER_BYTES },
        { name: `ring ${lane}`, start: ring.records, bytes: ring.capacity * SPAN_BYTES },
        { name: `tally ${lane}`, start: tallyIndex(layout, lane) * 4, bytes: CACHE_LINE },
      ];
    }),
    ...TASK_COLUMNS.map((name) => ({
      name,
      start: layout.taskTable[name],
      bytes: layout.tasks * 8,
    })),
    ...TASK_INTEGER_COLUMNS.map((name) => ({
      name,
      start: layout.taskTable[name],
      bytes: layout.tasks * 4,
    })),
    {
      name: 'locks',
      start: layout.locks,
      bytes:
        parameters.lock === 'per-object'
          ? layout.tasks * 4
          : CACHE_LINE + queueSlotsOf(layout.lanes) * 4,
    },
  ];
}

const choices = <Name extends 'workload' | 'scheduler' | 'lock'>(name: Name) =>
  fc.constantFrom(...(Object.keys(SPECIFICATIONS[name].options) as Parameters[Name][]));

const anyRun = fc
  .record({
    workload: choices('workload'),
    scheduler: choices('scheduler'),
    lock: choices('lock'),
    matrices: fc.integer({ min: 1, max: 1_000_000 }),
    size: fc.integer({ min: 1, max: 4096 }),
    threads: fc.integer({ min: 1, max: 256 }),
  })
  .map(smallRun);

describe('the layout of a run', () => {
  it('has no two things in one place, and all of them inside', () => {
    fc.assert(
      fc.property(anyRun, (parameters) => {
        const layout = layoutOf(parameters);
        const regions = regionsOf(layout, parameters)
          .filter(({ bytes }) => bytes > 0)
          .sort((a, b) => a.start - b.start);
        regions.slice(1).forEach(({ name, start }, index) => {
          const before = regions[index];
          const end = (before?.start ?? NaN) + (before?.bytes ?? NaN);
          if (!(end <= start)) expect.fail(`${before?.name ?? ''} reaches into ${name}`);
        });
        const last = regions.at(-1);
        expect((last?.start ?? NaN) + (last?.bytes ?? NaN)).toBeLessThanOrEqual(layout.totalBytes);
      }),
    );
  });

  it('starts every region on a cache line', () => {
    fc.assert(
      fc.property(anyRun, (parameters) => {
        const layout = layoutOf(parameters);
        const misaligned = regionsOf(layout, parameters).filter(
          ({ start }) => start % CACHE_LINE !== 0,
        );
        expect(misaligned).toEqual([]);
      }),
    );
  });

  it('has the matrices in the same place whatever the threads, the scheduler and the lock', () => {
    fc.assert(
      fc.property(anyRun, anyRun, (parameters, { threads, scheduler, lock }) => {
        const one = layoutOf(parameters);
        const other = layoutOf({ ...parameters, threads, scheduler, lock });
        expect(other.matrices).toBe(one.matrices);
        expect(other.matrixBytes).toBe(one.matrixBytes);
      }),
    );
  });

  it('has rings of a power of two, which hold all of a small run', () => {
    fc.assert(
      fc.property(anyRun, (parameters) => {
        const { ringCapacity } = layoutOf(parameters);
        expect(Math.log2(ringCapacity) % 1).toBe(0);
      }),
    );
    expect(layoutOf(smallRun({ matrices: 1000 })).ringCapacity).toBeGreaterThanOrEqual(4000);
    // Three spans a task, of which each of two lanes may have to keep its half until it is drained.
    const tiny = { matrices: 600_000, size: 1, threads: 2, scheduler: 'static' } as const;
    expect(layoutOf(smallRun(tiny)).ringCapacity).toBeGreaterThanOrEqual(900_000);
  });

  it('needs no matrices to sleep', () => {
    const sleeping = layoutOf(smallRun({ workload: 'sleep', matrices: 1000, size: 4096 }));
    expect(sleeping.totalBytes).toBeLessThan(10e6);
  });
});
