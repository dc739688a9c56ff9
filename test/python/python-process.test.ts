import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { openPython } from '../../src/python/open-python.js';
import type { PythonProcess } from '../../src/python/python-process.js';
import { programFile, PythonProgram, pythons } from '../fixtures/pythons.js';

/** What standing.py prints of itself. */
const Standing = v.object({
  version: v.string(),
  freeThreaded: v.boolean(),
  threads: v.array(
    v.object({
      tid: v.number(),
      ident: v.number(),
      name: v.string(),
      stack: v.array(v.tuple([v.string(), v.string(), v.number(), v.number()])),
    }),
  ),
});
type Standing = v.InferOutput<typeof Standing>;

describe.each(pythons)('a CPython $name', ({ path, minor }) => {
  test('is read as it is, without a word to it', async () => {
    const program = PythonProgram.start(path, programFile('standing.py'));
    const standing = v.parse(Standing, await program.json());
    const python = openPython(program.pid);
    expectSelf(python, standing, minor);
    expectThreads(python, standing);
    expectStacks(python, standing, minor);
    expectNames(python, standing);
    await expectChanges(python, program);
    await program.kill();
    expectEnd(python);
  });
});

function expectSelf(python: PythonProcess, standing: Standing, minor: number): void {
  const { version, freeThreaded } = standing;
  expect(python.version?.text).toBe(minor < 11 ? `3.${minor}` : version);
  expect(python.freeThreaded).toBe(freeThreaded);
  expect(python.namesMissing).toBeNull();
  expect(python.isAlive()).toBe(true);
  expect(python.interpreters().map(({ id }) => id)).toEqual([0]);
}

function expectThreads(python: PythonProcess, { threads, freeThreaded }: Standing): void {
  const found = python.threads().map(({ tid, ident }) => ({ tid, ident }));
  expect(found.reverse()).toEqual(threads.map(({ tid, ident }) => ({ tid, ident })));
  const attachments = new Set(python.threads().map(({ attachment }) => attachment));
  expect(attachments).toEqual(new Set([freeThreaded ? 'detached' : null]));
}

/** What threads execute is what CPython itself says; the main one has gone on since. */
function expectStacks(python: PythonProcess, { threads }: Standing, minor: number): void {
  const addresses = new Map(python.threads().map(({ tid, address }) => [tid, address]));
  for (const { tid, name, stack } of threads) {
    const address = addresses.get(tid) ?? 0;
    const found = python
      .stackOf(address)
      .map(({ code, line }) => [code.function, code.file, code.firstLine, line]);
    if (name === 'MainThread') {
      expect(found.map(([code]) => code).at(-1)).toBe('<module>');
      continue;
    }
    expect(found, name).toEqual(stack);
    expect(python.placeOf(address)).toBe(python.stackOf(address)[0]);
    // From 3.11 on code knows its columns.
    expect(python.placeOf(address)?.text).toBe(minor < 11 ? null : 'gate.acquire()');
  }
}

function expectNames(python: PythonProcess, { threads }: Standing): void {
  expect(allNames(python)).toEqual(new Map(threads.map(({ tid, name }) => [tid, name])));
}

/** The names after as many calls as the search for them may take. */
function allNames(python: PythonProcess): ReadonlyMap<number, string> {
  let names = python.threadNames();
  for (let call = 0; call < 50; call += 1) names = python.threadNames();
  return names;
}

async function expectChanges(python: PythonProcess, program: PythonProgram): Promise<void> {
  const [gil, ...others] = python.gils();
  if (gil === undefined) throw new Error('There is no lock.');
  expect(others).toEqual([]);
  expect(gil.poll()).toBe('changed');
  expect(gil.intervalUs).toBe(5000);
  program.send('interval 0.001');
  await program.line();
  gil.poll();
  expect(gil.intervalUs).toBe(1000);
  expect(python.gils()[0]).toBe(gil);
  program.send('rename');
  await program.line();
  expect([...allNames(python).values()]).toContain('renamed');
}

/** After its end nothing is read, and nothing fails. */
function expectEnd(python: PythonProcess): void {
  const threads = python.threads();
  expect(threads.length).toBeGreaterThan(1);
  expect(python.isAlive()).toBe(false);
  expect(threads.map(({ address }) => python.placeOf(address))).toEqual(threads.map(() => null));
  expect(threads.flatMap(({ address }) => python.stackOf(address))).toEqual([]);
  expect(python.gils().map((gil) => gil.poll())).toEqual(['gone']);
  python.close();
  expect(python.isAlive()).toBe(false);
}
