import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { SweepReport } from '../../src/sweep/sweep.js';
import { gilscope, startGilscope, finished } from '../fixtures/command-line.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

let folder: string;
eachInFolder((made) => {
  folder = made;
});

/** Six cells: two sizes, and static work on one and two threads beside serial work. */
const SMALL_SWEEP = (
  'sweep --beside --matrices 6 --max-iterations 40 --warmup 0 --repeats 2 ' +
  '--size 8,12 --threads 1,2 --scheduler serial,static'
).split(' ');

describe('sweep', () => {
  it('has a table of all cells, and writes them and their repeats as CSV and JSON', async () => {
    const [csv, walls, json] = ['cells.csv', 'walls.csv', 'sweep.json'].map((name) =>
      join(folder, name),
    );
    const { code, stdout, stderr } = await gilscope(
      ...SMALL_SWEEP,
      ...['--csv', csv ?? '', '--walls', walls ?? '', '--json', json ?? ''],
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^6 cells: matrix size 8, 12; threads 1, 2; scheduler serial, static\n/);
    expect(stdout.match(/^ +[1-6] +\d/gm)).toHaveLength(6);

    const cells = parse<Record<string, string>>(readFileSync(csv ?? '', 'utf8'), { columns: true });
    expect(
      cells.map(({ cell, size, scheduler, threads }) => [cell, size, scheduler, threads]),
    ).toEqual([
      ['1', '8', 'serial', '1'],
      ['2', '8', 'static', '1'],
      ['3', '8', 'static', '2'],
      ['4', '12', 'serial', '1'],
      ['5', '12', 'static', '1'],
      ['6', '12', 'static', '2'],
    ]);
    const repeats = parse<Record<string, string>>(readFileSync(walls ?? '', 'utf8'), {
      columns: true,
    });
    expect(repeats.map(({ cell, repeat }) => `${cell ?? ''}.${repeat ?? ''}`)).toEqual(
      [1, 2, 3, 4, 5, 6].flatMap((cell) => [`${cell}.0`, `${cell}.1`]),
    );

    const report = JSON.parse(readFileSync(json ?? '', 'utf8')) as SweepReport;
    expect(report.schema).toBe('gilscope.sweep/1');
    expect(report.axes).toMatchObject({ size: [8, 12], scheduler: ['serial', 'static'] });
    for (const [index, row] of report.rows.entries()) {
      const wallNs = row.summary.wallNs.median;
      expect(String(wallNs)).toBe(cells[index]?.['wall_ns']);
      const base = report.rows[row.params.scheduler === 'serial' ? index : index < 3 ? 1 : 4];
      expect(row.speedup).toBeCloseTo((base?.summary.wallNs.median ?? NaN) / wallNs, 12);
      expect(row.efficiency).toBeCloseTo((row.speedup ?? NaN) / row.params.threads, 12);
    }
  });

  it('says what it would measure, and lists its cells, without measuring', async () => {
    const dry = await gilscope(...SMALL_SWEEP, '--dry-run', '--shard', '1/2');
    expect(dry).toMatchObject({ code: 0, stderr: '' });
    expect(dry.stdout).toMatch(
      /^3 of 6 cells: size 8, 12; threads 1, 2; scheduler serial, static\n2 rounds /,
    );
    expect(dry.stdout).toMatch(/\nabout .* s, at most .* s\n$/);
    const list = await gilscope(...SMALL_SWEEP, '--list', '--shard', '2/2');
    const cells = list.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { size: number });
    expect(cells).toHaveLength(3);
    expect(new Set(cells.map(({ size }) => size)).size).toBe(1);
  });

  it.each([
    [['--threads', '8..1'], 'threads goes down in "8..1"; begin with the least value (--threads)'],
    [['--lock', ''], 'lock is an empty list; give one value or more (--lock)'],
    [
      ['--size', '1..64', '--threads', '1..64', '--lock', 'all'],
      'the sweep has 20,480 cells; it takes at most 4,096',
    ],
    [['--repeats', '1,2'], 'repeats has 2 values; a sweep takes one of it, for all cells alike'],
    [
      ['--shard', '4/3'],
      'shard is "4/3"; it takes a part from 1 on of a number of parts, such as 3/10, or auto (--shard)',
    ],
    [
      ['--budget', '10 parsecs'],
      'budget is "10 parsecs"; it takes a time such as 90s, 10min or 1h30m (--budget)',
    ],
    [['--until', '0'], 'until is "0"; it takes per cent, more than 0 and at most 100 (--until)'],
  ])('refuses %j in a line, before anything runs', async (words, message) => {
    const csv = join(folder, 'cells.csv');
    writeFileSync(csv, 'old');
    const { code, stdout, stderr } = await gilscope('sweep', ...words, '--csv', csv);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `gilscope: ${message}\n`,
    });
    expect(readFileSync(csv, 'utf8')).toBe('old');
  });

  it('ends within its budget, after a whole round', async () => {
    const { code, stdout, stderr } = await gilscope(
      ...'sweep --beside --workload sleep --sleep 5 --matrices 4 --threads 1,2 --repeats 1000 --budget 500ms --walls -'.split(
        ' ',
      ),
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^gilscope: ended after \d+ of 1000 rounds: the next one would exceed the budget\n$/,
    );
    const rows = parse<{ cell: string }>(stdout, { columns: true });
    expect(rows.filter(({ cell }) => cell === '1')).toHaveLength(rows.length / 2);
  });
});

describe('a saved sweep', () => {
  it('has all cells’ recordings, which are shown and exported as the sweep was', async () => {
    const saved = join(folder, 'sweep.gilscope');
    const csv = join(folder, 'cells.csv');
    const swept = await gilscope(...SMALL_SWEEP, '--save', saved, '--csv', csv);
    const shown = await gilscope('show', saved);
    expect(shown.stdout.split('\n').slice(1).join('\n')).toBe(swept.stdout);
    const again = await gilscope('export', saved, '--csv', '-');
    expect(again.stdout).toBe(readFileSync(csv, 'utf8'));
    const spans = await gilscope('export', saved, '--run', '6', '--spans', '-');
    const lanes = parse<{ lane: string; run: string }>(spans.stdout, { columns: true });
    expect(new Set(lanes.map(({ run, lane }) => `${run} ${lane}`))).toEqual(
      new Set(['6 0', '6 1']),
    );
  });

  it('goes on where it was interrupted, to the same cells', async () => {
    const saved = join(folder, 'sweep.gilscope');
    const words =
      'sweep --beside --workload sleep --sleep 5 --matrices 4 --threads 1,2,4 --repeats 8';
    const child = startGilscope([...words.split(' '), '--save', saved], { onTerminal: true });
    const end = finished(child);
    const interruptInRound = (said: Buffer) => {
      if (!said.toString().includes('round 4 of 8, cell 2')) return;
      child.stderr.off('data', interruptInRound);
      child.kill('SIGINT');
    };
    child.stderr.on('data', interruptInRound);
    const stopped = await end;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr.endsWith('gilscope: interrupted\n')).toBe(true);
    expect(stopped.stdout).toContain('The run was stopped after 3 of 8 repeats.');
    expect(readdirSync(folder)).toEqual(['sweep.gilscope']);

    const resumed = await gilscope('sweep', '--beside', '--resume', saved, '--csv', '-');
    expect(resumed.code).toBe(0);
    const rows = parse<Record<string, string>>(resumed.stdout, { columns: true });
    expect(rows.map(({ threads, repeats }) => [threads, repeats])).toEqual([
      ['1', '8'],
      ['2', '8'],
      ['4', '8'],
    ]);
    const shown = await gilscope('export', saved, '--csv', '-');
    expect(shown.stdout).toBe(resumed.stdout);
  });

  it('can be gone on with where no round was over', async () => {
    const saved = join(folder, 'sweep.gilscope');
    const words = 'sweep --beside --workload sleep --sleep 60000 --matrices 1 --threads 1,2'.split(
      ' ',
    );
    const child = startGilscope([...words, '--save', saved, '--csv', join(folder, 'c.csv')], {
      onTerminal: true,
    });
    const end = finished(child);
    const interruptAtWork = (said: Buffer) => {
      if (!said.toString().includes('warming up')) return;
      child.stderr.off('data', interruptAtWork);
      child.kill('SIGINT');
    };
    child.stderr.on('data', interruptAtWork);
    const { code, stdout } = await end;
    expect({ code, stdout }).toEqual({
      code: 130,
      stdout: 'No round of the sweep is over: nothing is measured.\n',
    });
    expect(readdirSync(folder)).toEqual(['sweep.gilscope']);
    const list = await gilscope('sweep', '--resume', saved, '--list');
    expect(list.stdout.trim().split('\n')).toHaveLength(2);
  });

  it('takes everything from its file, which must be a sweep’s', async () => {
    const run = join(folder, 'run.gilscope');
    await gilscope('run', ...'--matrices 2 --size 4 --repeats 1 --warmup 0 --save'.split(' '), run);
    expect(await gilscope('sweep', '--resume', run)).toMatchObject({
      code: 1,
      stderr: `gilscope: cannot open ${run}: it holds a run, not a sweep\n`,
    });
    expect(await gilscope('sweep', '--resume', run, '--size', '8', '--shard', '1/2')).toMatchObject(
      {
        code: 2,
        stderr: 'gilscope: --resume takes everything from its file; leave out --size, --shard\n',
      },
    );
  });
});

describe('merge', () => {
  /** Measures a part of the small sweep. */
  async function measurePart(shard: string): Promise<string> {
    const path = join(folder, `${shard.replace('/', '-of-')}.gilscope`);
    const { code } = await gilscope(...SMALL_SWEEP, '--shard', shard, '--save', path);
    expect(code).toBe(0);
    return path;
  }

  it('joins parts to the sweep that they are of', async () => {
    const parts = await Promise.all(['1/2', '2/2'].map(measurePart));
    const whole = join(folder, 'whole.gilscope');
    const { code, stdout } = await gilscope('merge', ...parts.reverse(), '--save', whole);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '2 files: 6 cells, 12 repeats in all\n' });
    const cells = await gilscope('export', whole, '--csv', '-');
    const rows = parse<Record<string, string>>(cells.stdout, { columns: true });
    expect(rows.map(({ cell, repeats }) => `${cell ?? ''}: ${repeats ?? ''}`)).toEqual(
      [1, 2, 3, 4, 5, 6].map((cell) => `${cell}: 2`),
    );
    const resumed = await gilscope('sweep', '--resume', whole);
    expect(resumed).toMatchObject({
      code: 1,
      stderr: `gilscope: cannot go on with ${whole}: it was merged from 2 parts; go on with each of them\n`,
    });
    const again = await gilscope('merge', whole, parts[0] ?? '', '--save', whole);
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/^gilscope: part 2\/2 is in .*: take it once\n$/);
  });

  it('says which parts are missing, and needs somewhere to write to', async () => {
    const part = await measurePart('3/3');
    const { stdout } = await gilscope('merge', part, '--save', join(folder, 'some.gilscope'));
    expect(stdout).toContain('Missing: 2 of 3 parts (1, 2)\n');
    expect(await gilscope('merge', part)).toMatchObject({
      code: 2,
      stderr: 'gilscope: there is nowhere to write the sweep to; give --save FILE\n',
    });
  });
});
