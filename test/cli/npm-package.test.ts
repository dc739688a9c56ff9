import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SMALL_RUN } from '../fixtures/command-line.js';

/** What `npm pack` makes may be this large, in bytes. */
const LARGEST = 5_000_000;

/** This Node.js, and those that GILSCOPE_NODES names, with `:` between them. */
const NODES = [
  process.execPath,
  ...(process.env['GILSCOPE_NODES'] ?? '').split(delimiter).filter((path) => path !== ''),
];

let folder: string;
let entry: string;

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly bin: string;
  readonly man: string;
  readonly scripts: Readonly<Record<string, string>>;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gilscope-'));
  const words = ['pack', '--ignore-scripts', '--pack-destination', folder];
  execFileSync('npm', words, { stdio: 'ignore', shell: process.platform === 'win32' });
  // Laid out as a global install does it, with what it depends on beside it.
  const modules = join(folder, 'lib/node_modules');
  mkdirSync(modules, { recursive: true });
  execFileSync('tar', ['-xzf', archive(), '-C', modules]);
  symlinkSync(resolve('node_modules/piscina'), join(modules, 'piscina'), 'junction');
  entry = join(modules, 'package', 'out/main/cli.js');
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function archive(): string {
  const name = readdirSync(folder).find((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error('npm pack made no archive');
  return join(folder, name);
}

function manifest(): Manifest {
  const file = join(folder, 'lib/node_modules/package/package.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}

describe('the package of `npm pack`', () => {
  it('is small', () => {
    expect(statSync(archive()).size).toBeLessThan(LARGEST);
  });

  it('depends on piscina alone, and runs nothing when it is installed', () => {
    expect(Object.keys(manifest().dependencies)).toEqual(['piscina']);
    for (const step of ['preinstall', 'install', 'postinstall', 'prepare']) {
      expect(manifest().scripts[step]).toBeUndefined();
    }
  });

  it('holds the command, the licences of what is bundled, and nothing of the window', () => {
    const files = readdirSync(join(folder, 'lib/node_modules/package'), { recursive: true });
    expect(files).toEqual(expect.arrayContaining([manifest().bin, 'out/licences.json', 'LICENSE']));
    expect(
      files.filter((file) => /renderer|preload|^(src|test|docs)\b/.test(String(file))),
    ).toEqual([]);
  });
});

describe.each(NODES)('on %s', (node) => {
  /** Runs the installed command. */
  function run(...words: string[]) {
    const env = { ...process.env, NODE_OPTIONS: '' };
    return spawnSync(node, [entry, ...words], { cwd: folder, encoding: 'utf8', env });
  }

  it('each command works', () => {
    const outcomes = [
      ['--version'],
      [
        'run',
        ...SMALL_RUN,
        '--save',
        'one.gilscope',
        '--json',
        'one.json',
        '--trace',
        'one-trace.json',
      ],
      ['run', ...SMALL_RUN, '--lock', 'gil-switching', '--save', 'other.gilscope'],
      ['compare', ...SMALL_RUN, '--markdown', 'table.md'],
      ['sweep', ...SMALL_RUN, '--lock', 'none,gil-held', '--beside', '--save', 'sweep.gilscope'],
      ['merge', 'sweep.gilscope', '--save', 'merged.gilscope'],
      ['show', 'one.gilscope', 'sweep.gilscope'],
      ['export', 'one.gilscope', '--csv', 'tasks.csv'],
      ['diff', 'one.gilscope', 'other.gilscope'],
      ['completion', 'bash'],
      ['man'],
      ['help', 'record'],
    ].map((words) => ({ words, ...run(...words) }));
    for (const { words, status, stderr } of outcomes) {
      expect({ command: words[0], status, stderr }).toMatchObject({ status: 0, stderr: '' });
    }
  });

  it('records a Python program, to standard output too', (context) => {
    const isPossible =
      process.platform === 'linux' && spawnSync('python3', ['--version']).status === 0;
    if (!isPossible) context.skip('there is no Python to record');
    const program = 'import time\nend = time.monotonic() + 0.5\nwhile time.monotonic() < end: pass';
    const { status, stdout, stderr } = spawnSync(
      node,
      [entry, 'record', '--save', '-', '--', 'python3', '-c', program],
      { cwd: folder, maxBuffer: 1e8 },
    );
    expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
    // It is a zip.
    expect(stdout.subarray(0, 2).toString()).toBe('PK');
  });
});
