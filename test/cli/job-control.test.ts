import { resolve } from 'node:path';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInForeground } from '../../src/cli/job-control.js';
import { commandOf, ENVIRONMENT } from '../fixtures/command-line.js';
import { eventually, HAS_TERMINALS, isStopped, Shell, ticksOf } from '../fixtures/shell.js';

describe('a process draws on the terminal', () => {
  const JOB = { parent: 1, group: 7, terminal: 34816, foreground: 7 };
  const jobs =
    (own: Partial<typeof JOB>, parent: Partial<typeof JOB> = {}) =>
    (pid: number) => ({ ...JOB, ...(pid === process.pid ? own : parent) });

  it.each([
    ['where it is in the foreground', jobs({}), true],
    ['not where it is in the background', jobs({ foreground: 8 }), false],
    ['as its parent would, from another session', jobs({ terminal: 0, foreground: -1 }), true],
    ['nor for a parent in the background', jobs({ terminal: 0 }, { foreground: 8 }), false],
    ['where there is no job control', jobs({ terminal: 0 }, { terminal: 0 }), true],
    ['where nothing is known', () => null, true],
  ])('%s', (_, readJob, isSo) => {
    expect(isInForeground(readJob)).toBe(isSo);
  });
});

/** Work that goes on until it is interrupted. */
const LONG = 'run --matrices 100 --size 64 --repeats 1000 --warmup 0'.split(' ');

const direct = commandOf(LONG);
const entry = resolve('out/main/cli.js');
const launched = [process.execPath, resolve('test/fixtures/launching.mjs'), entry, ...LONG];

describe.skipIf(!HAS_TERMINALS).each([
  ['as a command', direct],
  ['by the project’s scripts', launched],
] as const)('in a shell, %s', (way, command) => {
  let shell: Shell;
  const line = command.map((word) => `'${word}'`).join(' ');
  const PROGRESS = /(?:starting|generating|repeating)/;

  beforeEach(async () => {
    shell = new Shell(ENVIRONMENT);
    await shell.prompt();
  });

  afterEach(async () => {
    await shell.close();
  });

  /** The process that computes, of the shell's only job. */
  async function workerOf(): Promise<number> {
    const job = Number((await shell.run('jobs -p')).trim());
    if (way === 'as a command') return job;
    const children = () => readFileSync(`/proc/${job}/task/${job}/children`, 'utf8').trim();
    await eventually(() => children() !== '');
    return Number(children());
  }

  it('Ctrl+Z stops the work, fg goes on with it, and nothing is drawn over the prompt', async () => {
    shell.type(`${line}\r`);
    await shell.until(/repeating \d+ of 1000/);
    shell.type('\u001a');
    await shell.until(/Stopped/);
    await shell.prompt();
    const worker = await workerOf();
    await eventually(() => isStopped(worker));
    const ticks = ticksOf(worker);
    expect(await shell.run('echo $((6 * 7))')).toBe('42\r\n');
    expect(ticksOf(worker)).toBe(ticks);

    shell.type('fg\r');
    await shell.until(/repeating \d+ of 1000/);
    shell.type('\u001a');
    await shell.until(/Stopped/);
    await shell.prompt();
    expect(await shell.run('bg')).not.toMatch(PROGRESS);
    const before = ticksOf(worker);
    await eventually(() => ticksOf(worker) > before + 20);
    expect(await shell.run('echo $((6 * 7))')).toBe('42\r\n');

    shell.type('fg\r');
    await shell.until(/repeating \d+ of 1000/);
    shell.type('\u0003');
    const shown = await shell.until(/interrupted/);
    expect(shown.endsWith('\r\u001b[Kgilscope: interrupted')).toBe(true);
    await shell.prompt();
    expect(await shell.run('echo $?')).toBe('130\r\n');
  });

  it('in the background it computes and draws nothing, also where that would stop it', async () => {
    await shell.run('stty tostop');
    await shell.run(`${line} &`);
    await shell.run('true');
    const worker = await workerOf();
    const before = ticksOf(worker);
    await eventually(() => ticksOf(worker) > before + 50);
    expect(isStopped(worker)).toBe(false);
    expect(await shell.run('echo $((6 * 7))')).toBe('42\r\n');
    shell.type('stty -tostop; kill -INT %1; wait\r');
    await shell.until(/gilscope: interrupted/);
  });
});
