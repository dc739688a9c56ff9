import { expect, test } from 'vitest';
import { parseMaps } from '../../src/python/maps.js';
import {
  ageOf,
  childrenOf,
  commandLineOf,
  executableOf,
  parseStat,
  readStat,
  taskIds,
} from '../../src/python/proc.js';
import { programFile, PythonProgram, SYSTEM_PYTHON } from '../fixtures/pythons.js';

const STAT = 'S 41 42 42 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 12 0 98765 1000 200 184467';

test.each(['python3', 'a (strange) name', 'two) S 1 1', ''])(
  'a process named "%s" has its state, parent and start',
  (name) => {
    expect(parseStat(`42 (${name}) ${STAT}`)).toEqual({
      state: 'S',
      parent: 41,
      startTicks: 98_765,
    });
  },
);

test.each(['', '42', '42 (python3)', '42 (python3) S', 'nonsense without an end'])(
  'no stat file: "%s"',
  (text) => {
    expect(parseStat(text)).toBeNull();
  },
);

test('a running program has its threads, children, command and age', async () => {
  const program = PythonProgram.start(SYSTEM_PYTHON, programFile('changing.py'));
  await program.line();
  const stat = readStat(program.pid);
  expect(stat?.parent).toBe(process.pid);
  expect(taskIds(program.pid)).toEqual([program.pid]);
  expect(childrenOf(process.pid)).toContain(program.pid);
  expect(commandLineOf(program.pid)).toEqual([SYSTEM_PYTHON, programFile('changing.py')]);
  expect(executableOf(program.pid)).toMatch(/^\/usr\/bin\/python3/);
  const own = readStat(process.pid);
  if (stat === null || own === null) throw new Error('A running process has no stat file.');
  expect(ageOf(stat)).toBeLessThanOrEqual(ageOf(own));
  await program.kill();
  expect(taskIds(program.pid)).toEqual([]);
  expect(executableOf(program.pid)).toBe('');
  expect(commandLineOf(program.pid)).toEqual([]);
});

test('ranges of addresses are parsed, whatever their files are called', () => {
  const maps = parseMaps(
    [
      '00400000-00401000 r--p 00000000 08:01 131  /usr/bin/python3.11',
      '00a00000-00a02000 rw-p 00600000 08:01 131  /opt/my python (deleted)',
      '7f0000000000-7f0000001000 rw-p 00000000 00:00 0 ',
      '7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0  [stack]',
      'ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0  [vsyscall]',
      'nonsense',
      '',
    ].join('\n'),
  );
  expect(maps.map(({ start, writable, offset, path }) => [start, writable, offset, path])).toEqual([
    [0x400000, false, 0, '/usr/bin/python3.11'],
    [0xa00000, true, 0x600000, '/opt/my python'],
    [0x7f0000000000, true, 0, ''],
    [0x7ffc00000000, true, 0, ''],
  ]);
});
