import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SourceFiles } from '../../src/python/source-files.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

let folder = '';
eachInFolder((made) => (folder = made));

const TEXT = `import zlib
def größe(data):
    return zlib.crc32(data) + sum(
        data)
`;

/** Writes a file that was last changed at a time, in ms. */
function fileOf(name: string, text: string, changedMs: number): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  utimesSync(path, changedMs / 1000, changedMs / 1000);
  return path;
}

const range = (line: number, column: number, endColumn: number, endLine = line) => ({
  line,
  column,
  endLine,
  endColumn,
});

describe('the text being executed', () => {
  const { text } = new SourceFiles(process.pid, 2_000_000);

  test.each([
    [range(3, 11, 27), 'zlib.crc32(data)'],
    // Columns count bytes.
    [range(2, 4, 11), 'größe'],
    [range(3, 30, 13, 4), 'sum( …'],
    [range(1, 0, 1000), 'import zlib'],
    [range(1, -1, -1), null],
    [range(1, 200, 300), null],
    [range(99, 0, 4), null],
    [range(0, 0, 4), null],
  ])('of %j is %s', (where, expected) => {
    expect(text(fileOf('source.py', TEXT, 1_000_000), where)).toBe(expected);
  });

  test('is cut where it is long', () => {
    const long = fileOf('long.py', 'x'.repeat(500), 1_000_000);
    expect(text(long, range(1, 0, 500))).toBe(`${'x'.repeat(79)}…`);
  });

  test('is none where the file changed after the program started', () => {
    const changed = fileOf('changed.py', TEXT, 3_000_000);
    expect(text(changed, range(1, 0, 6))).toBeNull();
  });

  test('is none where there is no file, or something else', () => {
    mkdirSync(join(folder, 'a.py'), { recursive: true });
    const others = [
      '<string>',
      '/no/such/file.py',
      join(folder, 'a.py'),
      'a\0b',
      '',
      '/proc/self/stat',
    ];
    expect(others.map((other) => text(other, range(1, 0, 6)))).toEqual(others.map(() => null));
  });
});
