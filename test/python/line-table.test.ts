import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import * as v from 'valibot';
import { type LineTable, sourceRangeAt } from '../../src/python/line-table.js';
import { pythons } from '../fixtures/pythons.js';

/** Prints the tables of some modules' functions, and what CPython itself reads from them. */
const TABLES = `
import dis, json, sys, types
import textwrap, threading

def codes(code):
    yield code
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            yield from codes(const)

def lines_of(code):
    if sys.version_info >= (3, 11):
        return [[i * 2, l or -1, e or -1, -1 if c is None else c, -1 if d is None else d]
                for i, (l, e, c, d) in enumerate(code.co_positions())]
    if sys.version_info >= (3, 10):
        return [[at, line or -1]
                for start, end, line in code.co_lines() for at in range(start, end, 2)]
    starts, line, found = dict(dis.findlinestarts(code)), code.co_firstlineno, []
    for at in range(0, len(code.co_code), 2):
        line = starts.get(at, line)
        found.append([at, line])
    return found

LONG = 'def long():\\n' + ''.join('  x = 1\\n' + '\\n' * (i % 300) for i in range(200))
print(json.dumps([
    [code.co_firstlineno,
     (code.co_linetable if hasattr(code, 'co_linetable') else code.co_lnotab).hex(),
     lines_of(code)]
    for module in (textwrap, threading, None)
    for code in codes(compile(LONG if module is None else open(module.__file__).read(), 'x', 'exec'))
]))
`;

const Tables = v.array(v.tuple([v.number(), v.string(), v.array(v.array(v.number()))]));

describe.each(pythons)('the lines of CPython $name', ({ path, minor }) => {
  const format: LineTable['format'] =
    minor < 10 ? 'lnotab' : minor === 10 ? 'linetable' : 'locations';

  test('are those that CPython itself reads, at every instruction', () => {
    const printed = execFileSync(path, ['-c', TABLES], { encoding: 'utf8', maxBuffer: 1 << 28 });
    const tables = v.parse(Tables, JSON.parse(printed));
    expect(tables.length).toBeGreaterThan(50);
    for (const [firstLine, hex, expected] of tables) {
      const table = { format, bytes: Buffer.from(hex, 'hex'), firstLine };
      expect(expected.map(([at = 0]) => [at, ...read(table, at)])).toEqual(expected);
    }
  });

  /** What is read, as the program prints it: -1 for no line, columns from 3.11 on. */
  function read(table: LineTable, at: number): number[] {
    const { line, endLine, column, endColumn } = sourceRangeAt(table, at);
    const lines = [line, endLine].map((each) => (each === 0 ? -1 : each));
    return minor < 11 ? lines.slice(0, 1) : [...lines, column, endColumn];
  }
});

test('a table that breaks off, or code beyond it, is a doubt', () => {
  const bytes = Uint8Array.of(0xf0, 0x40);
  expect(() => sourceRangeAt({ format: 'locations', bytes, firstLine: 1 }, 0)).toThrow();
  expect(() => sourceRangeAt({ format: 'linetable', bytes, firstLine: 1 }, 1000)).toThrow();
  const endless = new Uint8Array(1000).fill(0xf0);
  expect(() => sourceRangeAt({ format: 'locations', bytes: endless, firstLine: 1 }, 0)).toThrow();
});
