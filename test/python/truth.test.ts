import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { openPython } from '../../src/python/open-python.js';
import type { PythonProcess } from '../../src/python/python-process.js';
import { programFile, PythonProgram, pythons } from '../fixtures/pythons.js';

/** What logging.py prints: times in ns of the clock that hrtime() reads. */
const Logs = v.array(
  v.object({
    tid: v.number(),
    beats: v.array(v.number()),
    calls: v.array(v.tuple([v.string(), v.number(), v.number()])),
  }),
);
type Logs = v.InferOutput<typeof Logs>;

/** One look at the process, between two readings of the clock. */
interface Look {
  readonly from: number;
  readonly to: number;
  /** The thread that holds the lock; undefined where it is free. */
  readonly holder: number | undefined;
  /** The function of each thread; undefined where none was read. */
  readonly functions: ReadonlyMap<number, string | undefined>;
}

describe.each(pythons)('what is read of a CPython $name', ({ path, freeThreaded }) => {
  test('is what its own log says', async () => {
    const program = PythonProgram.start(path, programFile('logging.py'));
    await program.line();
    const python = openPython(program.pid);
    program.send();
    const looks = watch(python);
    const logs = v.parse(Logs, await program.json());
    expectFunctions(looks, logs);
    if (!freeThreaded) expectHolders(looks, logs);
  });
});

const clock = (): number => Number(process.hrtime.bigint());

/** Looks at both threads from their start to their end. */
function watch(python: PythonProcess): Look[] {
  const looks: Look[] = [];
  const [lock] = python.gils();
  let threads = python.threads();
  for (let begun = false; !begun || threads.length > 1; threads = python.threads()) {
    begun ||= threads.length === 3;
    const from = clock();
    lock?.poll();
    const holder = threads.find(({ address }) => address === lock?.holder)?.tid;
    const functions = new Map(
      threads.map(({ tid, address }) => [tid, python.placeOf(address)?.code.function]),
    );
    looks.push({ from, to: clock(), holder, functions });
  }
  return looks;
}

/** Each look that lies within one call of a thread's must have seen its function. */
function expectFunctions(looks: readonly Look[], logs: Logs): void {
  const seen = { right: 0, wrong: 0, missing: 0 };
  for (const { tid, calls } of logs) {
    for (const { from, to, functions } of looks) {
      const call = calls.find(([, entered, left]) => entered < from && to < left);
      if (call === undefined || !functions.has(tid)) continue;
      const found = functions.get(tid);
      if (found === undefined) seen.missing += 1;
      else if (found === call[0]) seen.right += 1;
      else seen.wrong += 1;
    }
  }
  expect(seen.wrong).toBe(0);
  expect(seen.right).toBeGreaterThan(100);
  expect(seen.missing).toBeLessThan(seen.right / 50);
}

/** Each look between two beats of one thread, with none of the other between, must have seen it hold the lock. */
function expectHolders(looks: readonly Look[], logs: Logs): void {
  const beats = logs
    .flatMap(({ tid, beats: times }) => times.map((at) => ({ tid, at })))
    .sort((a, b) => a.at - b.at);
  const seen = { right: 0, wrong: 0 };
  let next = 0;
  for (const { from, to, holder } of looks) {
    while ((beats[next]?.at ?? Infinity) < from) next += 1;
    const [before, after] = [beats[next - 1], beats[next]];
    if (before === undefined || after === undefined || after.at < to) continue;
    if (before.tid !== after.tid || holder === undefined) continue;
    if (holder === before.tid) seen.right += 1;
    else seen.wrong += 1;
  }
  expect(seen.wrong).toBe(0);
  expect(seen.right).toBeGreaterThan(20);
}
