import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/experiment/comparison.js';
import type { Report } from '../../src/experiment/report.js';
import {
  commandOf,
  ENVIRONMENT,
  finished,
  gilscope,
  SMALL_RUN,
  startGilscope,
} from '../fixtures/command-line.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

let folder: string;

eachInFolder((made) => {
  folder = made;
});

describe('run', () => {
  it('reports to standard output, and says nothing else where that is no terminal', async () => {
    const { code, stdout, stderr } = await gilscope('run', ...SMALL_RUN);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^Power method: 9 matrices of 12 × 12, seed 42/);
    for (const word of ['Wall time', 'GFLOP/s', 'Lock waiting', 'Hand-offs', 'strict test']) {
      expect(stdout).toContain(word);
    }
  });

  it('with --json - has nothing but the report on standard output', async () => {
    const { code, stdout } = await gilscope(
      'run',
      ...SMALL_RUN,
      '--lock',
      'gil-held',
      '--json',
      '-',
    );
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(report.schema).toBe('gilscope.report/2');
    expect(report.params).toMatchObject({ matrices: 9, lock: 'gil-held', repeats: 2 });
    expect(report.repeats).toHaveLength(2);
    expect(report.results.eigenvalue).toHaveLength(9);
    for (const { wallNs, lanes } of report.repeats) {
      expect(Number.isInteger(wallNs)).toBe(true);
      expect(lanes.reduce((sum, { tasks }) => sum + tasks, 0)).toBe(9);
    }
  });

  it.each(['serial', 'static', 'executor', 'dynamic'])(
    'with --csv leaves each task once a repeat, with %s',
    async (scheduler) => {
      const path = join(folder, 'tasks.csv');
      const json = join(folder, 'report.json');
      const words = ['--scheduler', scheduler, '--csv', path, '--json', json];
      const { code, stdout } = await gilscope('run', ...SMALL_RUN, ...words);
      expect(code).toBe(0);
      expect(stdout).toContain('Wall time');
      const rows = parse<Record<string, string>>(readFileSync(path, 'utf8'), { columns: true });
      const places = rows.map(({ repeat, task }) => `${repeat ?? ''} ${task ?? ''}`);
      expect(places).toEqual(
        [0, 1].flatMap((repeat) => Array.from({ length: 9 }, (_, task) => `${repeat} ${task}`)),
      );
      const { results } = JSON.parse(readFileSync(json, 'utf8')) as Report;
      rows.forEach((row, index) => {
        expect(Number(row['eigenvalue'])).toBe(results.eigenvalue[index % 9]);
        expect(Number(row['end_ns'])).toBeGreaterThanOrEqual(Number(row['start_ns']));
      });
      expect(readdirSync(folder).sort()).toEqual(['report.json', 'tasks.csv']);
    },
  );

  it.skipIf(!existsSync('/dev/stdout'))('with --csv /dev/stdout has only that there', async () => {
    const { code, stdout } = await gilscope('run', ...SMALL_RUN, '--csv', '/dev/stdout');
    expect(code).toBe(0);
    expect(parse(stdout, { columns: true })).toHaveLength(18);
  });

  it('sleeps', async () => {
    const words = ['--workload', 'sleep', '--sleep', '5', '--matrices', '4', '--repeats', '1'];
    const { code, stdout } = await gilscope('run', ...words, '--threads', '2', '--json', '-');
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(report.results.eigenvalue).toEqual([0, 2, 4, 6]);
    expect(report.results.rayleigh).toEqual([null, null, null, null]);
  });

  it('is content with a reader that leaves early', async () => {
    const words = ['--matrices', '3000', '--size', '2', '--max-iterations', '5', '--csv', '-'];
    const child = startGilscope(['run', ...words]);
    const errors = text(child.stderr);
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = (await once(child, 'exit')) as [number | null];
    expect(code).toBe(0);
    expect(await errors).toBe('');
  });
});

describe('compare', () => {
  it('has one table and a sentence', async () => {
    const { code, stdout, stderr } = await gilscope('compare', ...SMALL_RUN);
    expect(code).toBe(0);
    expect(stderr).toBe('');
    const rows = stdout.split('\n').filter((line) => /^(Serial|Static|Executor), /.test(line));
    expect(rows.filter((row) => !row.includes('Wall times'))).toHaveLength(4);
    expect(stdout).toContain('Without a lock 2 threads are');
  });

  it('with --json - has each row’s report and speed-up', async () => {
    const csv = join(folder, 'tasks.csv');
    const three = SMALL_RUN.join(' ').replace('--repeats 2', '--repeats 3').split(' ');
    const { code, stdout } = await gilscope('compare', ...three, '--json', '-', '--csv', csv);
    expect(code).toBe(0);
    const comparison = JSON.parse(stdout) as Comparison;
    expect(comparison.schema).toBe('gilscope.compare/1');
    expect(comparison.rows.map(({ params }) => `${params.scheduler}/${params.lock}`)).toEqual([
      'serial/none',
      'static/none',
      'executor/none',
      'executor/gil-held',
    ]);
    expect(comparison.order.map((round) => [...round].sort())).toEqual(
      Array.from({ length: 3 }, () => [0, 1, 2, 3]),
    );
    const [serial] = comparison.rows;
    for (const row of comparison.rows) {
      expect(row.repeats).toHaveLength(3);
      expect(row.params.repeats).toBe(3);
      expect(row.results).toEqual(serial?.results);
      const [low, high] = row.speedupCi95 ?? [NaN, NaN];
      expect(row.speedup).toBeGreaterThanOrEqual(low);
      expect(row.speedup).toBeLessThanOrEqual(high);
    }
    const rows = parse<Record<string, string>>(readFileSync(csv, 'utf8'), { columns: true });
    const tasks = new Set(rows.map(({ run, repeat, task }) => [run, repeat, task].join(' ')));
    expect(tasks.size).toBe(4 * 3 * 9);
    expect(rows).toHaveLength(4 * 3 * 9);
  });
});

describe('compare with --markdown', () => {
  it('has nothing but the table and its texts on standard output', async () => {
    const { code, stdout, stderr } = await gilscope('compare', ...SMALL_RUN, '--markdown');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Power method: 9 matrices/);
    const rows = stdout.split('\n').filter((line) => line.startsWith('| '));
    expect(rows).toHaveLength(2 + 4);
    for (const row of rows) expect(row.split(' | ')).toHaveLength(7);
    expect(stdout).not.toContain('Wall time ');
  });

  it('writes it to a file', async () => {
    const path = join(folder, 'table.md');
    const { code, stdout } = await gilscope('compare', ...SMALL_RUN, '--markdown', path);
    expect(code).toBe(0);
    expect(stdout).toContain('Wall time');
    expect(readFileSync(path, 'utf8')).toContain('| Executor, 2 threads, lock: GIL held |');
  });
});

describe('what cannot be is refused with exit code 2, a line each', () => {
  it.each([
    [['run', '--size', '0'], 'size is 0; it takes a whole number from 1 to 4,096 (--size)'],
    [
      ['run', '--threads', '12abc'],
      'threads is "12abc"; it takes a whole number from 1 to 256 (--threads)',
    ],
    [
      ['run', '--epsilon', 'NaN'],
      'epsilon is "NaN"; it takes a finite number greater than 0 (--epsilon)',
    ],
    [
      ['run', '--seed', 'a\nb\u001b[31m\u009b'],
      'seed is "a\\nb\\u001b[31m\\x9b"; it takes a whole number from 0 to 9,007,199,254,740,991 (--seed)',
    ],
    [['run', '--colour\n'], "unknown option '--colour\\n'"],
    [['run', '--colour', 'red'], "unknown option '--colour'"],
    [['run', '--size'], "option '--size <value>' argument missing"],
    [['run', 'faster'], "too many arguments for 'run'. Expected 0 arguments but got 1."],
    [['jump'], "unknown command 'jump'"],
    [['compare', '--lock', 'none'], "unknown option '--lock'"],
    [['run', '--markdown'], "unknown option '--markdown'"],
    [['help', 'nope'], "unknown command 'nope'"],
    [['nope', '--help'], "unknown command 'nope'"],
    [['help', 'run', 'more'], "too many arguments for 'help'. Expected 1 argument but got 2."],
    [['run', '--size', '4', '--size', '4'], "option '--size <value>' is given twice"],
    [['run', '--size=4', '--seed', '1', '--size', '8'], "option '--size <value>' is given twice"],
    [['run', '--csv', 'a', '--csv', 'b'], "option '--csv <file>' is given twice"],
    [['compare', '--markdown', '--markdown', 'a'], "option '--markdown [file]' is given twice"],
    [['run', '--repeat', '1'], '--repeat needs one of --spans, --trace, --speedscope'],
    [
      ['run', '--trace', 'a', '--repeat', '9'],
      'repeat is 9; it takes a whole number from 0 to 2 (--repeat)',
    ],
    [['run', '--csv', ''], '--csv needs the path of a file'],
    [
      ['compare', '--markdown', '--json', '-'],
      '--json and --markdown cannot both go to standard output',
    ],
    [['run', '--json', '-', '--csv', '-'], '--json and --csv cannot both go to standard output'],
    [
      ['run', '--json', 'a', '--csv', '-', '--trace', '-'],
      '--csv and --trace cannot both go to standard output',
    ],
  ])('%j', async (words, line) => {
    const { code, stdout, stderr } = await gilscope(...words);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `gilscope: ${line}\n`,
    });
  });

  it('all of them at once', async () => {
    const { code, stderr } = await gilscope('run', '--size', '0', '--seed', '-1');
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  });

  it('a run that does not fit says what it needs, what there is, and what would fit', async () => {
    const { code, stdout, stderr } = await gilscope('run', '--matrices', '1e6', '--size', '4096');
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/needs 67\.2 TB .* there are \S+ [GM]B\. Take at most \d+ matrices/);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('a comparison whose records do not fit, before its first run', async () => {
    // Each round fits; what is kept of a thousand of them does not.
    const words = '--workload sleep --sleep 0 --matrices 1e6 --repeats 1000'.split(' ');
    const { code, stdout, stderr } = await finished(
      startGilscope(['compare', ...words], { onTerminal: true }),
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^gilscope: The run needs \S+ GB [^\r]*\n$/);
  });
});

it('serial runs have one thread, whatever is asked for', async () => {
  const csv = join(folder, 'tasks.csv');
  const words = ['--scheduler', 'serial', '--json', '-', '--csv', csv];
  const { stdout } = await gilscope('run', ...SMALL_RUN, ...words);
  const report = JSON.parse(stdout) as Report;
  expect(report.params.threads).toBe(1);
  const rows = parse<Record<string, string>>(readFileSync(csv, 'utf8'), { columns: true });
  expect(new Set(rows.map(({ threads }) => threads))).toEqual(new Set(['1']));
});

it('says its version', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await gilscope('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

it.each([[['help']], [['help', 'run']], [['help', 'compare']]])(
  'says what there is: %j',
  async (words) => {
    const { code, stdout, stderr } = await gilscope(...words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`Usage: gilscope ${words[1] ?? '[options]'}`);
  },
);

it('help is no failure', async () => {
  const { code, stdout } = await gilscope('run', '--help');
  expect(code).toBe(0);
  const flags = ['--switch-interval', '--csv', '--json', '--spans', '--trace', '--speedscope'];
  flags.push('--repeat', '--from', '--to');
  for (const flag of flags) expect(stdout).toContain(flag);
});

describe('an export that fails has exit code 1, and names the file and the reason', () => {
  it.each(['--csv', '--json', '--spans', '--trace', '--speedscope'])(
    'before the run, with %s',
    async (flag) => {
      const path = join(folder, 'none', 'export');
      const { code, stdout, stderr } = await gilscope('run', ...SMALL_RUN, flag, path);
      expect(code).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toBe(`gilscope: cannot write ${path}: no such file or directory (ENOENT)\n`);
    },
  );

  it('with a line for each', async () => {
    const paths = ['a', 'b'].map((name) => join(folder, 'none', name));
    const flags = ['--csv', paths[0] ?? '', '--spans', paths[1] ?? ''];
    const { code, stderr } = await gilscope('run', ...SMALL_RUN, ...flags);
    expect(code).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual(
      paths.map((path) => `gilscope: cannot write ${path}: no such file or directory (ENOENT)`),
    );
  });

  it.skipIf(!existsSync('/dev/full'))(
    'and does not keep the others from being written',
    async () => {
      const spans = join(folder, 'spans.csv');
      const words = ['--csv', '/dev/full', '--spans', spans];
      const { code, stderr } = await gilscope('run', ...SMALL_RUN, ...words);
      expect(code).toBe(1);
      expect(readFileSync(spans, 'utf8')).toContain('compute');
      expect(stderr).toBe('gilscope: cannot write /dev/full: no space left on device (ENOSPC)\n');
    },
  );

  it.skipIf(!existsSync('/dev/full'))('after it', async () => {
    const { code, stdout, stderr } = await gilscope('run', ...SMALL_RUN, '--csv', '/dev/full');
    expect(code).toBe(1);
    expect(stdout).toContain('Wall time');
    expect(stderr).toBe('gilscope: cannot write /dev/full: no space left on device (ENOSPC)\n');
  });

  it.skipIf(process.platform === 'win32')('leaves a pipe that closes early', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = spawn('head', ['-c', '10', pipe]);
    const readerEnd = once(reader, 'exit');
    const words = ['--matrices', '3000', '--size', '2', '--max-iterations', '5'];
    const { code, stderr } = await gilscope('run', ...words, '--csv', pipe);
    expect(await readerEnd).toEqual([0, null]);
    expect(code).toBe(1);
    expect(stderr).toContain(`cannot write ${pipe}: broken pipe (EPIPE)`);
  });
});

describe('where exports go', () => {
  it('is not to one file by two names', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync('real', join(folder, 'linked'));
    const paths = ['real', 'linked'].map((name) => join(folder, name, 'new.csv'));
    const flags = ['--csv', paths[0] ?? '', '--spans', paths[1] ?? ''];
    const { code, stderr } = await gilscope('run', ...SMALL_RUN, ...flags);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^gilscope: --csv and --spans cannot both go to \S+new\.csv\n$/);
  });

  it.skipIf(!existsSync('/dev/null'))('may be nowhere, for several', async () => {
    const words = ['--csv', '/dev/null', '--spans', '/dev/null'];
    const { code, stdout, stderr } = await gilscope('run', ...SMALL_RUN, ...words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Wall time');
  });

  it.skipIf(!existsSync('/dev/full'))('may be standard error, which is no file to replace', () => {
    const path = join(folder, 'errors');
    const command = commandOf(['run', ...SMALL_RUN, '--csv', '/dev/stderr', '--json', '/dev/full']);
    const shell = spawnSync('sh', ['-c', 'exec "$@" 2>"$0"', path, ...command], {
      env: ENVIRONMENT,
    });
    expect(shell.status).toBe(1);
    const lines = readFileSync(path, 'utf8').trimEnd().split(/\r?\n/);
    expect(lines).toHaveLength(1 + 18 + 1);
    expect(lines.at(-1)).toContain('gilscope: cannot write /dev/full');
    expect(readdirSync(folder)).toEqual(['errors']);
  });
});
