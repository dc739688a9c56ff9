import { availableParallelism, cpus, type CpuInfo } from 'node:os';
import { expect, it } from 'vitest';
import { CpuWatch, type CpuSource } from '../../src/engine/cpu-watch.js';

/** Two cores, and what was done on them in ms: by all, and by this process. */
function sourceOf(readings: readonly { busyMs: number; ownMs: number }[], available = 2) {
  let reading = 0;
  const now = () => readings[reading] ?? { busyMs: NaN, ownMs: NaN };
  const core = (user: number): CpuInfo => ({
    model: 'Abacus 9000',
    speed: 1,
    times: { user, nice: 0, sys: 0, irq: 0, idle: 12_345 },
  });
  const source: CpuSource = {
    cpus: () => [core(now().busyMs), core(0)],
    cpuUsage: () => ({ user: now().ownMs * 1000, system: 0 }),
    availableParallelism: () => available,
  };
  const next = () => {
    reading += 1;
  };
  return { source, next };
}

function otherMs(busyMs: number, ownMs: number, available?: number): number | null {
  const start = { busyMs: 5000, ownMs: 700 };
  const end = { busyMs: start.busyMs + busyMs, ownMs: start.ownMs + ownMs };
  const { source, next } = sourceOf([start, end], available);
  const watch = new CpuWatch(source);
  next();
  const time = watch.otherCpuNs();
  return time === null ? null : time / 1e6;
}

it('tells what others used, less a tick of each core', () => {
  expect(otherMs(1500, 500)).toBeCloseTo(1000 - 2 * 15.625);
});

it('is nothing where this process alone was busy, or less than a tick of each core is left', () => {
  expect(otherMs(2000, 2000)).toBe(0);
  expect(otherMs(2020, 2000)).toBe(0);
  expect(otherMs(1990, 2000)).toBe(0);
});

it('is not known where this process is kept to some of the cores', () => {
  expect(otherMs(1500, 500, 1)).toBeNull();
});

it('reads the system: a time where all of its cores are this process’s to use, else none', () => {
  const isKept = availableParallelism() < cpus().length;
  const time = new CpuWatch().otherCpuNs();
  expect(Number.isFinite(time)).toBe(!isKept && cpus().length > 0);
});
