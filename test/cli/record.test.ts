import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { describe, expect, it, vi } from 'vitest';
import type { ProcessReport } from '../../src/process/report.js';
import { THREAD_STATES } from '../../src/process/thread-shares.js';
import { gilscope, startWithInput } from '../fixtures/command-line.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

/** Debian's own Python, which is always there. */
const PYTHON = '/usr/bin/python3';

let folder: string;
eachInFolder((made) => {
  folder = made;
});

const file = (name: string) => join(folder, name);
const reportIn = (name: string) => JSON.parse(readFileSync(file(name), 'utf8')) as ProcessReport;

/** Two threads that want the lock all the time, and one that sleeps and says when, on the spans' clock. */
const CONTENTION = `
import json, threading, time
slept = []
def spin():
    end = time.perf_counter_ns() + 400_000_000
    while time.perf_counter_ns() < end:
        pass
def nap():
    start = time.perf_counter_ns()
    time.sleep(0.3)
    slept.extend((start, time.perf_counter_ns()))
threads = [threading.Thread(target=spin, name=f'spin-{i}') for i in (0, 1)]
threads.append(threading.Thread(target=nap, name='nap, "quoted"'))
for thread in threads: thread.start()
for thread in threads: thread.join()
print(json.dumps(slept))
`;

/** Says that it runs and goes on until its input ends. */
const UNTIL_INPUT_ENDS = `
import sys
print('ready', flush=True)
sys.stdin.read()
print('done')
`;

/** How many other processes' memories a process has open, as it has while it records them. */
function memoriesReadBy(pid: number | undefined): number {
  const folder = `/proc/${String(pid)}/fd`;
  const targets = readdirSync(folder).map((fd) => {
    try {
      return readlinkSync(join(folder, fd));
    } catch {
      return 'closed meanwhile';
    }
  });
  return targets.filter((target) => /^\/proc\/\d+\/mem$/.test(target)).length;
}

describe.runIf(process.platform === 'linux')('record', () => {
  it('tells who holds the lock, who waits, and which function keeps the others waiting', async () => {
    const exports = ['json', 'spans', 'trace', 'speedscope', 'save'];
    const flags = exports.flatMap((kind) => [`--${kind}`, file(kind)]);
    const { code, stdout, stderr } = await gilscope(
      'record',
      ...flags,
      '--',
      PYTHON,
      '-c',
      CONTENTION,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

    const report = reportIn('json');
    expect(report.command).toEqual([PYTHON, '-c', CONTENTION]);
    expect(report.processes).toMatchObject([{ gil: 'enabled' }]);
    for (const thread of report.threads) {
      expect(THREAD_STATES.reduce((sum, state) => sum + thread[state], 0)).toBeCloseTo(1, 9);
    }
    const named = (name: string) => report.threads.find((thread) => thread.name === name);
    const spinning = [named('spin-0'), named('spin-1')];
    for (const thread of spinning) {
      expect((thread?.hold ?? 0) + (thread?.wait ?? 0)).toBeGreaterThan(0.6);
    }
    // One lock has one holder at a time.
    const held = spinning.reduce(
      (sum, thread) => sum + (thread?.hold ?? 0) * (thread?.aliveNs ?? 0),
      0,
    );
    expect(held).toBeLessThan(1.05 * report.durationNs);
    expect(report.functions[0]).toMatchObject({ function: 'spin', file: '<string>' });
    expect(['gil-bound', 'held-off-core']).toContain(report.verdict.code);

    // The program's own word for when it slept, on the same clock.
    const [line = ''] = stdout.split('\n');
    const [fromNs = 0, toNs = 0] = JSON.parse(line) as number[];
    const rows = parse<Record<string, string>>(readFileSync(file('spans')), { columns: true });
    const sleptNs = rows
      .filter(({ kind, lane_name }) => kind === 'sleep' && lane_name === 'nap, "quoted"')
      .map(({ start_ns, end_ns }) =>
        [start_ns, end_ns].map((ns) => Number(ns) + report.startMonotonicNs),
      )
      .reduce(
        (sum, [start = 0, end = 0]) => sum + Math.min(end, toNs) - Math.max(start, fromNs),
        0,
      );
    // It slept, and then waited for the lock; on a busy machine samples come late.
    expect(sleptNs / (toNs - fromNs)).toBeGreaterThan(0.3);
    expect(sleptNs / (toNs - fromNs)).toBeLessThanOrEqual(1);
    expect(stdout).toContain('Who kept the others waiting');

    const again = exports.filter((kind) => kind !== 'save');
    await gilscope(
      'export',
      file('save'),
      ...again.flatMap((kind) => [`--${kind}`, file(`${kind}-2`)]),
    );
    for (const kind of again) {
      expect(readFileSync(file(`${kind}-2`)).equals(readFileSync(file(kind))), kind).toBe(true);
    }
    const shown = await gilscope('show', file('save'));
    expect(stdout).toBe(`${line}\n${shown.stdout.split('\n').slice(1).join('\n')}`);
  });

  it('leaves a program its streams and its exit status', async () => {
    const program = `
import sys, time
print('heard', sys.stdin.read())
print('told', file=sys.stderr)
# Long enough to be found on a busy machine.
time.sleep(0.3)
sys.exit(7)
`;
    const child = startWithInput(['record', '--json', file('json'), '--', PYTHON, '-c', program]);
    child.stdin.end('this');
    const [stdout, stderr, [status]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number]>,
    ]);
    expect(stdout.split('\n')[0]).toBe('heard this');
    expect({ stderr, status }).toEqual({ stderr: 'told\n', status: 7 });
    expect(reportIn('json').threads[0]?.name).toBe('MainThread');
  });

  it('ends by the signal that ended the program, which its own are passed on to', async () => {
    const child = startWithInput(['record', '--', PYTHON, '-u', '-c', 'print("ready"); input()']);
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    const [status, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect({ status, signal }).toEqual({ status: null, signal: 'SIGTERM' });
  });

  it('has a program that handles an interruption end in its own way', async () => {
    const program = `
try:
    print('ready', flush=True)
    input()
except KeyboardInterrupt:
    print('interrupted')
    exit(3)
`;
    const child = startWithInput(['record', '--', PYTHON, '-c', program]);
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => (stdout += piece));
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    const [status] = (await once(child, 'close')) as [number];
    expect(status).toBe(3);
    expect(stdout).toMatch(/^ready\s*interrupted\n.*Threads/s);
  });

  it('finds Pythons behind other programs, one after another and beside one another', async () => {
    const inner = `import subprocess, sys; subprocess.run([sys.executable, '-c', 'input()'])`;
    const shell = ['env', 'sh', '-c', `exec ${PYTHON} -c "${inner}"`];
    const child = startWithInput(['record', '--json', file('json'), '--', ...shell]);
    await vi.waitUntil(() => memoriesReadBy(child.pid) === 2, { timeout: 30_000 });
    child.stdin.end('\n');
    await once(child, 'exit');
    const { processes, threads } = reportIn('json');
    expect(processes).toHaveLength(2);
    expect(new Set(threads.map(({ pid }) => pid)).size).toBe(2);
  });

  it('attaches to a process for a while, and leaves it as it is', async () => {
    const program = spawn(PYTHON, ['-c', UNTIL_INPUT_ENDS]);
    await once(program.stdout, 'data');
    const words = ['--pid', String(program.pid), '--duration', '0.2', '--json', file('json')];
    expect(await gilscope('record', ...words)).toMatchObject({ code: 0, stderr: '' });
    const { threads, command } = reportIn('json');
    expect(command).toEqual([PYTHON, '-c', UNTIL_INPUT_ENDS]);
    expect(threads[0]).toMatchObject({ name: 'MainThread', tid: program.pid });
    expect(threads[0]?.blocked).toBeGreaterThan(0.9);
    const rest = text(program.stdout);
    program.stdin.end();
    expect(await rest).toBe('done\n');
  });

  it('is refused in a line of a process that is no CPython', async () => {
    const other = spawn('cat');
    const { code, stderr } = await gilscope('record', '--pid', String(other.pid));
    other.stdin.end();
    expect(code).toBe(1);
    expect(stderr).toMatch(/^gilscope: [^\n]+ runs no CPython[^\n]+\n$/);
  });

  it.each([
    ['where there is no CPython', ['--', '/bin/true'], 1],
    ['where there is none and the command failed', ['--', 'sh', '-c', 'exit 4'], 4],
    ['where the command cannot be started', ['--', '/no/such/program'], 1],
    ['of a process that is not there', ['--pid', '4194304'], 1],
    ['with no command', [], 2],
    ['with both', ['--pid', '1', '--', 'true'], 2],
    ['at too low a rate', ['--rate', '99', '--', 'true'], 2],
    ['for no time', ['--duration', '0', '--', 'true'], 2],
  ])('is refused in a line %s', async (_, words, status) => {
    const { code, stdout, stderr } = await gilscope('record', ...words);
    expect(stderr).toMatch(/^gilscope: [^\n]+\n$/);
    expect({ code, stdout }).toEqual({ code: status, stdout: '' });
  });
});
