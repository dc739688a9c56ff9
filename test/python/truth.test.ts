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
    program.send();
    const logs = v.parse(Logs, await program.json());
    expectFunctions(looks, logs);
    if (!freeThreaded) expectHolders(looks, logs);
  });
});

const clock = (): number => Number(process.hrtime.bigint());

const LOOKS = 1500;
const SWITCHES = 10;

/** Looks at the threads as fast as it can, until they have computed for a while, the lock passing between them. */
function watch(python: PythonProcess): Look[] {
  const looks: Look[] = [];
  const [lock] = python.gils();
  if (lock === undefined) throw new Error('There is no lock.');
  const threads = python.threads();
  lock.poll();
  const switches = lock.switchNumber;
  let computing = 0;
  const isEnough = (): boolean =>
    computing >= LOOKS && (!lock.enabled || lock.switchNumber >= switches + SWITCHES);
  while (!isEnough() && python.isAlive()) {
    const from = clock();
    lock.poll();
    const holder = threads.find(({ address }) => address === lock.holder)?.tid;
    const functions = new Map(
      threads.map(({ tid, address }) => [tid, python.placeOf(address)?.code.function]),
    );
    looks.push({ from, to: clock(), holder, functions });
    if ([...functions.values()].includes('first')) computing += 1;
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
  expect(seen).toEqual({ ...seen, wrong: 0 });
  expect(seen.right).toBeGreaterThan(100);
  expect(seen.missing).toBeLessThan(seen.right / 50);
}

/**
 * The other thread may take the lock without a beat and lose it again where it gets no core meanwhile, but not
 * before a switch interval of 5 ms has passed.
 */
const MAX_SILENCE_NS = 4e6;

/** Each look that lies among beats of one thread alone must have seen it hold the lock. */
function expectHolders(looks: readonly Look[], logs: Logs): void {
  const beats = logs
    .flatMap(({ tid, beats: times }) => times.map((at) => ({ tid, at })))
    .sort((a, b) => a.at - b.at);
  const seen = { right: 0, wrong: 0 };
  let first = 0;
  for (const { from, to, holder } of looks) {
    while ((beats[first]?.at ?? Infinity) < from) first += 1;
    let end = first;
    while ((beats[end]?.at ?? Infinity) < to) end += 1;
    const around = beats.slice(Math.max(0, first - 1), end + 1);
    const [beating, ...others] = new Set(around.map(({ tid }) => tid));
    const silenceNs = (beats[end]?.at ?? Infinity) - (beats[first - 1]?.at ?? -Infinity);
    if (beating === undefined || others.length > 0 || holder === undefined) continue;
    if (silenceNs > MAX_SILENCE_NS) continue;
    if (holder === beating) seen.right += 1;
    else seen.wrong += 1;
  }
  // Where others keep the cores busy, no look may lie among beats.
  expect(seen).toEqual({ right: seen.right, wrong: 0 });
}
