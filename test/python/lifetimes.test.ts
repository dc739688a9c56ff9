import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { openPython } from '../../src/python/open-python.js';
import { PythonRefusal } from '../../src/python/refusal.js';
import { programFile, PythonProgram, pythons, SYSTEM_PYTHON } from '../fixtures/pythons.js';

const CHANGING = programFile('changing.py');

/** Has a program do a step; resolves with the id that it answers with. */
async function idAfter(program: PythonProgram, step: string): Promise<number> {
  program.send(step);
  return v.parse(v.number(), await program.json());
}

describe.each(pythons)('a CPython $name', ({ path, minor }) => {
  test('has threads and interpreters that come, each with its lock', async () => {
    const program = PythonProgram.start(path, CHANGING);
    await program.line();
    const python = openPython(program.pid);
    const tids = (): number[] => python.threads().map(({ tid }) => tid);
    expect(tids()).toEqual([program.pid]);
    const [lock] = python.gils();

    const thread = await idAfter(program, 'thread');
    expect(new Set(tids())).toEqual(new Set([program.pid, thread]));

    const inside = await idAfter(program, 'interpreter');
    const [newest, main] = python.interpreters();
    expect([newest?.id, main?.id]).toEqual([1, 0]);
    // From 3.12 on each interpreter has a lock of its own; the first stays what it was.
    expect(new Set([newest?.gil, main?.gil]).size).toBe(minor < 12 ? 1 : 2);
    expect(python.gils().length).toBe(minor < 12 ? 1 : 2);
    expect(python.gils()[0]).toBe(lock);
    const sub = python.threads().find(({ interpreter }) => interpreter === newest?.address);
    // Before 3.13 the state that an interpreter runs in keeps the id of the thread that made it.
    expect(sub?.tid).toBe(minor < 13 ? program.pid : inside);
    const stack = python.stackOf(sub?.address ?? 0);
    expect(stack.map(({ code }) => code.function)).toEqual(['inside', '<module>']);
    expect(python.namesMissing).toBeNull();
  });

  test('is another process once forked, and another program after exec', async () => {
    const program = PythonProgram.start(path, CHANGING);
    await program.line();
    await idAfter(program, 'thread');
    const parent = openPython(program.pid);
    const locks = parent.gils();
    const child = openPython(await idAfter(program, 'fork'));
    try {
      expect(child.threads().map(({ tid }) => tid)).toEqual([child.pid]);
      const stack = child.stackOf(child.threads()[0]?.address ?? 0);
      expect(stack.map(({ code }) => code.function).slice(-2)).toEqual(['fork', '<module>']);
      expect(child.startTicks).toBeGreaterThanOrEqual(parent.startTicks);
    } finally {
      process.kill(child.pid, 'SIGKILL');
    }

    program.send(`exec ${SYSTEM_PYTHON} -I ${CHANGING}`);
    await program.line();
    expect(parent.isAlive()).toBe(false);
    expect(locks.map((lock) => lock.poll())).toEqual(['gone']);
    const after = openPython(program.pid);
    expect(after.startTicks).toBe(parent.startTicks);
    expect(after.threads().map(({ tid }) => tid)).toEqual([program.pid]);
  });

  test('may be opened at any moment of its start', async () => {
    const program = PythonProgram.start(path, CHANGING);
    const refusals = new Set<string>();
    for (let opened = false; !opened;) {
      try {
        const python = openPython(program.pid);
        expect(python.gils().length).toBe(1);
        opened = true;
        python.close();
      } catch (error) {
        if (!(error instanceof PythonRefusal)) throw error;
        refusals.add(error.reason);
      }
    }
    // Until exec the child is Node.js itself, and until it is loaded it has no library.
    const expected = ['not-python', 'starting'];
    expect([...refusals].filter((reason) => !expected.includes(reason))).toEqual([]);
    await program.line();
  });
});

describe.each(pythons.filter(({ freeThreaded }) => freeThreaded))(
  '$name without a GIL',
  ({ path }) => {
    const SPINNING = `
import gc, json, threading
def spin():
    while True:
        sum(range(1000))
for _ in range(3):
    threading.Thread(target=spin, daemon=True).start()
print(json.dumps('ready'), flush=True)
while True:
    gc.collect()
`;

    test.each([0, 1])('is read with PYTHON_GIL=%i', async (enabled) => {
      const program = PythonProgram.start(path, '-X', `gil=${enabled}`, '-c', SPINNING);
      await program.line();
      const python = openPython(program.pid);
      const [lock] = python.gils();
      expect(lock?.poll()).toBe('changed');
      expect(lock?.enabled).toBe(enabled === 1);
      const threads = python.threads();
      const looks = Array.from({ length: 5000 }, () =>
        threads.map(({ address }) => python.attachmentOf(address)),
      );
      const attached = looks.map((states) => states.filter((state) => state === 'attached').length);
      // With a GIL one thread is attached at a time, but where it changes hands while they are read.
      const ofOneGil = attached.filter((count) => count <= 1).length / looks.length;
      if (enabled === 1) expect(ofOneGil).toBeGreaterThan(0.9);
      else expect(Math.max(...attached)).toBeGreaterThan(2);
      // While one thread collects garbage all others are suspended, also those that wait for a GIL.
      expect(looks.flat()).toContain('suspended');
    });
  },
);
