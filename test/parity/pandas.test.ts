import type { ExperimentRecording } from '../../src/experiment/recording.js';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/index.js';
import { spanCsv } from '../../src/formats/span-csv.js';
import { taskCsv } from '../../src/formats/task-csv.js';
import { TASK_STATE } from '../../src/experiment/task-table.js';
import { builtEngine } from '../fixtures/engine.js';
import { smallRun } from '../fixtures/parameters.js';
import { spansOf } from '../fixtures/span-laws.js';
import { findPandas, readWithPandas, type PandasTable } from './pandas.js';

const python = findPandas();
const title =
  python === undefined ? 'CSV in pandas (skipped: pandas is not installed)' : 'CSV in pandas';

describe.skipIf(python === undefined)(title, () => {
  let engine: Engine;
  let folder: string;
  const records: ExperimentRecording[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gilscope-pandas-'));
    engine = await builtEngine();
    const power = smallRun({ lock: 'gil-switching', threads: 3, maxIterations: 2000 });
    const sleep = smallRun({ workload: 'sleep', sleepMs: 1 });
    for (const parameters of [power, sleep]) {
      const { record } = await engine.run(parameters);
      if (record !== null) records.push(record);
    }
  }, 60_000);

  afterAll(async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  });

  function read(pieces: Iterable<string>): PandasTable {
    const path = join(folder, 'table.csv');
    writeFileSync(path, [...pieces].join(''));
    return readWithPandas(python ?? '', path);
  }

  it('tasks: a row for each task of each repeat, whole numbers, truths and doubles', () => {
    const [power, sleep] = records;
    if (power === undefined || sleep === undefined) throw new Error('both runs have a record');
    const table = read(taskCsv([power]));
    const { scheduler, lock, converged, eigenvalue, rayleigh, ...whole } = table.dtypes;
    expect(table.rows).toBe(power.source.parameters.matrices * power.repeats.length);
    expect({ scheduler, lock }).toEqual({ scheduler: 'object', lock: 'object' });
    expect({ converged, eigenvalue, rayleigh }).toEqual({
      converged: 'bool',
      eigenvalue: 'float64',
      rayleigh: 'float64',
    });
    expect(new Set(Object.values(whole))).toEqual(new Set(['int64']));
    expect(new Set(Object.values(table.missing))).toEqual(new Set([0]));
    const { iterations, state } = power.source.results;
    const convergedTasks = state.filter((value) => value === TASK_STATE.converged).length;
    expect(table.sums['iterations']).toBe(sum(iterations) * power.repeats.length);
    expect(table.sums['converged']).toBe(convergedTasks * power.repeats.length);
    const computed = power.repeats.map(({ timings }) => sum(timings.computeNs));
    expect(table.sums['compute_ns']).toBe(sum(computed));
    // A sleep has an eigenvalue, twice its number, and no Rayleigh quotient.
    const slept = read(taskCsv([sleep]));
    expect(slept.missing).toMatchObject({ eigenvalue: 0, rayleigh: slept.rows });
  });

  it('spans: a row for each span, whole numbers but for the kind', () => {
    const table = read(spanCsv(records));
    const spans = records.flatMap((record) =>
      record.repeats.flatMap((_, repeat) => spansOf(record, repeat)),
    );
    const { kind, ...whole } = table.dtypes;
    expect(table.rows).toBe(spans.length);
    expect(kind).toBe('object');
    expect(new Set(Object.values(whole))).toEqual(new Set(['int64']));
    expect(new Set(Object.values(table.missing))).toEqual(new Set([0]));
    expect(table.sums['end_ns']).toBe(sum(spans.map(({ endNs }) => endNs)));
  });
});

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}
