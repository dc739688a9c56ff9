import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordingBytes } from '../../src/storage/recording-file.js';
import { ABOUT, gathered } from '../fixtures/archives.js';
import { recordWith } from '../fixtures/nested-records.js';
import { pythons } from '../fixtures/pythons.js';

/** How each library makes columns, as lists of plain values, of the open file `file`. */
const READERS = {
  pandas: 'import pandas; columns = pandas.read_feather(file).to_dict("list")',
  pyarrow: 'import pyarrow.ipc; columns = pyarrow.ipc.open_file(file).read_all().to_pydict()',
  polars: 'import polars; columns = polars.read_ipc(file.read()).to_dict(as_series=False)',
  // It reads Arrow by pyarrow's tables.
  duckdb: `
import duckdb, pyarrow.ipc
arrow_table = pyarrow.ipc.open_file(file).read_all()
found = duckdb.sql("select * from arrow_table")
columns = dict(zip(found.columns, map(list, zip(*found.fetchall()))))`,
} as const;
type Library = keyof typeof READERS;
const LIBRARIES = Object.keys(READERS) as Library[];

const RECORD = recordWith(
  2,
  [
    [
      { lane: 0, kind: 'hold', task: 0, startNs: 5, endNs: 9 },
      { lane: 0, kind: 'task', task: 0, startNs: 0, endNs: 2 ** 33 },
      { lane: 1, kind: 'wait', task: 1, startNs: 0, endNs: 4 },
    ],
  ],
  { lock: 'gil-held', matrices: 2 },
);

/** An interpreter that has a library, and all that DuckDB needs. */
const found = new Map<Library, string>();
for (const { path } of pythons) {
  const script = `
import importlib.util
print(*[name for name in ${JSON.stringify(LIBRARIES)} if importlib.util.find_spec(name)])`;
  const there = execFileSync(path, ['-c', script], { encoding: 'utf8' }).trim().split(' ');
  for (const library of LIBRARIES) {
    const needed = library === 'polars' ? [library] : [library, 'pyarrow'];
    if (needed.every((name) => there.includes(name))) found.set(library, path);
  }
}

let folder: string;
let path: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gilscope-test-'));
  path = join(folder, 'saved.gilscope');
  writeFileSync(path, await gathered(recordingBytes({ recordings: [RECORD], ...ABOUT })));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The columns of a table inside the saved file, as a library reads them. */
function columnsBy(library: Library, name: string): Record<string, unknown[]> {
  const script = `
import io, json, sys, zipfile
file = io.BytesIO(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))
${READERS[library]}
print(json.dumps(columns))`;
  const output = execFileSync(found.get(library) ?? '', ['-c', script, path, name]);
  return JSON.parse(output.toString()) as Record<string, unknown[]>;
}

describe.each(LIBRARIES)('the tables of a saved recording, read by %s', (library) => {
  it('are those of the recording', ({ skip }) => {
    if (!found.has(library)) skip(`no Python here has ${library}; GILSCOPE_PYTHONS lists others`);
    expect(columnsBy(library, 'runs/1/spans.arrow')).toEqual({
      run: [1, 1, 1],
      repeat: [0, 0, 0],
      lane: [0, 0, 1],
      kind: ['hold', 'task', 'wait'],
      task: [0, 0, 1],
      start_ns: [5, 0, 0],
      end_ns: [9, 2 ** 33, 4],
    });
    const { results } = RECORD.source;
    expect(columnsBy(library, 'runs/1/tasks.arrow')).toMatchObject({
      task: [0, 1],
      lock: ['gil-held', 'gil-held'],
      eigenvalue: Array.from(results.eigenvalue),
      iterations: Array.from(results.iterations),
      residual: Array.from(results.residual),
    });
  });
});
