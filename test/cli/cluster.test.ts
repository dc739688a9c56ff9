import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { commandOf, ENVIRONMENT } from '../fixtures/command-line.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

let folder: string;
eachInFolder((made) => {
  folder = made;
});

function run(program: string, words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(program, words, {
    ...{ cwd: folder, env: ENVIRONMENT, encoding: 'utf8' },
  });
  return { code: status, stdout, stderr };
}

/** GNU's: another program of that name takes other words. */
const HAS_PARALLEL = String(spawnSync('parallel', ['--version']).stdout).includes('GNU');

describe.skipIf(!HAS_PARALLEL)('GNU parallel', () => {
  it('measures the parts of a sweep, one after the other, which are then merged', () => {
    const flags =
      '--beside --workload sleep --sleep 1 --matrices 4 --threads 1,2 --lock none,gil-held';
    const [program, ...words] = commandOf([
      'sweep',
      ...flags.split(' '),
      '--repeats',
      '2',
      '--warmup',
      '0',
    ]);
    const part = [...words, '--shard', '{}/3', '--save', 'part-{}.gilscope'];
    const placed = run('parallel', [
      '-j1',
      '--halt',
      'now,fail=1',
      program,
      ...part,
      ':::',
      '1',
      '2',
      '3',
    ]);
    expect(placed.code, placed.stderr).toBe(0);

    const [, ...merge] = commandOf([
      'merge',
      ...[1, 2, 3].map((index) => `part-${index}.gilscope`),
    ]);
    const merged = run(program, [...merge, '--save', 'sweep.gilscope']);
    expect(merged.stdout).toBe('3 files: 4 cells, 8 repeats in all\n');
    const [, ...exported] = commandOf(['export', 'sweep.gilscope', '--csv', 'cells.csv']);
    expect(run(program, exported).code).toBe(0);
    const rows = parse<Record<string, string>>(readFileSync(join(folder, 'cells.csv'), 'utf8'), {
      columns: true,
    });
    expect(rows.map(({ lock, threads, repeats }) => [lock, threads, repeats])).toEqual([
      ['none', '1', '2'],
      ['none', '2', '2'],
      ['gil-held', '1', '2'],
      ['gil-held', '2', '2'],
    ]);
  });
});
