import { describe, expect, test } from 'vitest';
import { BoundedMemory } from '../../src/python/bounded-memory.js';
import { findRuntime } from '../../src/python/find-runtime.js';
import { attach } from '../../src/python/attach.js';
import { hasRightStructures } from '../../src/python/layout-check.js';
import type { Layout } from '../../src/python/layout.js';
import { layoutOf } from '../../src/python/layouts.js';
import { Names } from '../../src/python/names.js';
import { openProcess } from '../../src/python/open-python.js';
import { KnownStructures } from '../../src/python/structures.js';
import { programFile, PythonProgram, pythons } from '../fixtures/pythons.js';

/** Every layout that is known, by a name. */
const LAYOUTS: readonly { readonly name: string; readonly layout: Layout }[] = [
  ...[8, 9, 10, 11, 12, 13, 14, 15].map((minor) => ({ minor, freeThreaded: false })),
  ...[13, 14, 15].map((minor) => ({ minor, freeThreaded: true })),
].flatMap(({ minor, freeThreaded }) => {
  const layout = layoutOf(minor, freeThreaded);
  return layout === undefined ? [] : { name: `3.${minor}${freeThreaded ? 't' : ''}`, layout };
});

describe.each(pythons)('CPython $name', ({ path, minor, freeThreaded }) => {
  test('is read by its own layout and by no other', async () => {
    const program = PythonProgram.start(path, programFile('standing.py'));
    await program.line();
    const readable = openProcess(program.pid);
    const { address } = findRuntime(readable);
    const [gil] = attach(readable).gils();
    const right = LAYOUTS.filter(({ layout }) => {
      const memory = new BoundedMemory(readable.memory);
      const structures = new KnownStructures(memory, address, layout, gil?.address ?? 0);
      const names = new Names(memory, layout, structures, () => null);
      return hasRightStructures(structures, readable.taskIds) && names.areRight;
    });
    const own = `3.${minor}${freeThreaded ? 't' : ''}`;
    // 3.9 and 3.10 differ in what no frame shows: the size of `_PyRuntime` tells them apart.
    const expected = own === '3.9' || own === '3.10' ? ['3.9', '3.10'] : [own];
    expect(right.map(({ name }) => name)).toEqual(expected);
    readable.close();
  });
});
