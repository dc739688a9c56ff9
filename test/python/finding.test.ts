import { describe, expect, test } from 'vitest';
import { attach, type ReadableProcess } from '../../src/python/attach.js';
import { ElfImage } from '../../src/python/elf-image.js';
import { findRuntime } from '../../src/python/find-runtime.js';
import { layoutOf } from '../../src/python/layouts.js';
import { unlessDoubtful } from '../../src/python/memory.js';
import { openProcess, openPython, refuseOtherSystems } from '../../src/python/open-python.js';
import type { PythonProcess } from '../../src/python/python-process.js';
import { PythonRefusal, type RefusalReason } from '../../src/python/refusal.js';
import { SparseMemory } from '../fixtures/process-memories.js';
import { programFile, PythonProgram, pythons } from '../fixtures/pythons.js';

/** The refusal of an opening; it is one line that names the process. */
function refusalOf(open: () => unknown): PythonRefusal {
  try {
    open();
  } catch (error) {
    if (error instanceof PythonRefusal) return error;
    throw error;
  }
  throw new Error('It was not refused.');
}

const BASE = 0x400000;

/** A process of such files, of which the first is its program. */
function processOf(files: readonly string[], header: Uint8Array): ReadableProcess {
  const memory = new SparseMemory();
  const mappings = files.map((path, index) => {
    const start = BASE + index * 0x10000;
    memory.write(start, header);
    return { start, end: start + 4096, writable: false, offset: 0, path };
  });
  return {
    pid: 7,
    startTicks: 1,
    ageSeconds: 100,
    executable: files[0] ?? '',
    label: `process 7 (${files[0] ?? ''})`,
    memory,
    mappings,
    taskIds: () => [7],
    sourceTexts: () => null,
    close: () => undefined,
  };
}

/** The first bytes of an ELF file of so many bits, without anything after them. */
const elf = (bits: 32 | 64): Uint8Array => Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, bits / 32);

const REFUSED: readonly [RefusalReason, string, readonly string[], 32 | 64, RegExp][] = [
  ['not-python', 'another program', ['/bin/bash', '/lib/libc.so.6'], 64, /choose a process that/],
  ['not-python', 'PyPy', ['/opt/pypy3.10', '/opt/libpypy3.10-c.so'], 64, /runs no CPython/],
  ['no-symbols', 'a stripped interpreter', ['/opt/python3.9'], 64, /stripped.*use the Python of/],
  ['no-symbols', 'a library without symbols', ['/opt/app', '/opt/libpython3.12.so.1.0'], 64, /use/],
  ['32-bit', 'a program of 32 bits', ['/usr/bin/python3.11'], 32, /64 bits/],
  ['musl', 'Alpine', ['/usr/bin/python3.11', '/lib/ld-musl-x86_64.so.1'], 64, /built for glibc/],
  ['version', 'Python 2', ['/usr/bin/python2.7'], 64, /Python 2\.7: CPython 3\.8 to 3\.15/],
  ['version', 'Python 3.6', ['/opt/a', '/lib/libpython3.6m.so.1.0'], 64, /3\.6/],
];

describe('a process is refused', () => {
  test.each(REFUSED)('as %s: %s', (reason, _name, files, bits, message) => {
    const refusal = refusalOf(() => attach(processOf(files, elf(bits))));
    expect(refusal.reason).toBe(reason);
    expect(refusal.message).toMatch(/^process 7 \([^\n]*$/);
    expect(refusal.message).toMatch(message);
  });

  test('for good, but for what is still being loaded', () => {
    const linker = '/lib64/ld-linux-x86-64.so.2';
    const refused = (files: readonly string[], ageSeconds = 100): string => {
      const refusal = refusalOf(() => attach({ ...processOf(files, elf(64)), ageSeconds }));
      return `${refusal.reason}${refusal.isFinal ? ' for good' : ''}`;
    };
    const libc = '/lib/x86_64-linux-gnu/libc.so.6';
    expect(refused(['/bin/app', linker, libc])).toBe('not-python for good');
    expect(refused(['/bin/app', linker])).toBe('not-python');
    // A frozen program loads its Python once it runs.
    expect(refused(['/bin/app', linker, libc], 1)).toBe('not-python');
    expect(refused(['/opt/python3.11', linker])).toBe('starting');
    expect(refused(['/opt/python3.11', linker, '/lib/libc-2.31.so'], 1)).toBe(
      'no-symbols for good',
    );
    expect(refused(['/opt/static-python3.11'], 1)).toBe('not-python');
    expect(refused(['/opt/python3.11'], 1)).toBe('no-symbols for good');
  });

  test('that runs something else', () => {
    const refusal = refusalOf(() => openPython(process.pid));
    expect(refusal.reason).toBe('not-python');
    expect(refusal.message).toContain(`process ${process.pid} (${process.execPath})`);
  });

  test('that has ended, also while its parent has not noticed', async () => {
    const [python] = pythons;
    const program = PythonProgram.start(python?.path ?? '', programFile('changing.py'));
    await program.line();
    await program.kill();
    expect(refusalOf(() => openPython(program.pid)).reason).toBe('gone');
    expect(refusalOf(() => openPython(2 ** 30)).reason).toBe('gone');
  });

  test.each([
    ['darwin', 'arm64'],
    ['win32', 'x64'],
    ['linux', 'riscv64'],
  ])('on %s with %s', (platform, processor) => {
    const refusal = refusalOf(() => {
      refuseOtherSystems(platform, processor);
    });
    expect(refusal.reason).toBe('platform');
    expect(refusal.message).toContain(`this is ${platform} on ${processor}`);
  });
});

describe.each(pythons)('a CPython $name that is not quite as it was', ({ path, minor }) => {
  test('is found, refused, or read without names', async () => {
    const program = PythonProgram.start(path, programFile('standing.py'));
    await program.line();
    const readable = openProcess(program.pid);
    const aged = { ...readable, ageSeconds: 100 };
    expectUnknownVersion(aged, minor);
    expectWithoutSymbols(aged, minor);
    expectWithoutLock(aged);
    expectBeforeStart(aged);
    readable.close();
  });
});

/** A process with changes to its memory. */
function changed(
  readable: ReadableProcess,
  change: (memory: SparseMemory) => void,
): ReadableProcess {
  const memory = SparseMemory.over(readable.memory);
  change(memory);
  return { ...readable, memory };
}

/** A version of the future has its lock and threads, and says why there are no names. */
function expectUnknownVersion(readable: ReadableProcess, minor: number): void {
  // Up to 3.10 nothing but the size of `_PyRuntime` says the version.
  if (minor < 11) return;
  const future = 0x03_10_00_f0;
  const { address } = findRuntime(readable);
  const python = attach(
    changed(readable, (memory) => {
      if (minor >= 13) memory.writeWord(address + 8, future);
      memory.writeWord(symbolIn(readable, 'Py_Version'), future);
    }),
  );
  expect(python.version?.text).toBe('3.16.0');
  expect(python.namesMissing).toBe(
    'CPython 3.16.0 is none of 3.8 to 3.15: functions have no names.',
  );
  const known = attach(readable);
  expect(python.gils().map((gil) => gil.address)).toEqual(known.gils().map((gil) => gil.address));
  const idsOf = (of: PythonProcess): unknown =>
    of.threads().map((each) => [each.tid, each.address]);
  expect(idsOf(python)).toEqual(idsOf(known));
  expect(python.threads().map((each) => python.placeOf(each.address))).not.toContainEqual(
    expect.anything(),
  );
  expect(python.threadNames()).toEqual(new Map());
}

/** From 3.13 on CPython describes itself where there are no symbols. */
function expectWithoutSymbols(readable: ReadableProcess, minor: number): void {
  const stripped = changed(readable, (memory) => {
    for (const { offset, start } of readable.mappings) {
      if (offset === 0) memory.write(start, new Uint8Array(16));
    }
  });
  if (minor < 13) {
    expect(refusalOf(() => attach(stripped)).reason).toBe('no-symbols');
  } else {
    const python = attach(stripped);
    expect(python.namesMissing).toBeNull();
    expect(python.version).toEqual(attach(readable).version);
  }
}

/** A lock that is none may be one that is to come, but not for long. */
function expectWithoutLock(readable: ReadableProcess): void {
  const [lock] = attach(readable).gils();
  const broken = changed(readable, (memory) => {
    for (let at = 0; at < 32; at += 8) memory.writeWord((lock?.address ?? 0) + at, 7e9);
  });
  const refusal = refusalOf(() => attach(broken));
  expect(refusal.reason).toBe('no-gil');
  expect(refusal.message).toMatch(/has no GIL where CPython 3\.\d+[^ ]* has it: use a CPython of/);
  expect(refusalOf(() => attach({ ...broken, ageSeconds: 1 })).reason).toBe('starting');
}

/** A program may start its interpreter as late as it likes. */
function expectBeforeStart(readable: ReadableProcess): void {
  const { address, version, description } = findRuntime(readable);
  const layout = layoutOf(version?.minor ?? 0, description?.freeThreaded ?? false);
  const unset = changed(readable, (memory) => {
    for (const gil of attach(readable).gils()) memory.write(gil.address, new Uint8Array(32));
    memory.writeWord(address + (layout?.runtime.interpreters ?? NaN), 0);
  });
  expect(refusalOf(() => attach(unset)).reason).toBe('starting');
}

function symbolIn({ memory, mappings }: ReadableProcess, name: string): number {
  for (const { offset, start } of mappings) {
    if (offset !== 0) continue;
    const symbol = unlessDoubtful(() => new ElfImage(memory, start).symbol(name), null);
    if (symbol !== null) return symbol.address;
  }
  throw new Error(`There is no ${name}.`);
}
