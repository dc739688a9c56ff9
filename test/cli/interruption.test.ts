import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  commandOf,
  ENVIRONMENT,
  finished,
  SMALL_RUN,
  startGilscope,
} from '../fixtures/command-line.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

let folder: string;

eachInFolder((made) => {
  folder = made;
});

describe('interrupted', () => {
  it.each([
    ['SIGINT', 'run', ['--matrices', '2000', '--size', '128']],
    ['SIGTERM', 'run', ['--workload', 'sleep', '--sleep', '60000']],
    ['SIGHUP', 'run', ['--matrices', '2000', '--size', '128']],
    ['SIGINT', 'compare', ['--matrices', '2000', '--size', '128']],
  ] as const)(
    'by %s, %s %j ends soon with 130, and leaves older files as they were',
    async (signal, command, words) => {
      const csv = join(folder, 'tasks.csv');
      writeFileSync(csv, 'old');
      const child = startGilscope([command, ...words, '--csv', csv], { onTerminal: true });
      const end = finished(child);
      const interruptAtWork = (said: Buffer) => {
        if (!said.toString().includes('warming up 1 of 1')) return;
        child.stderr.off('data', interruptAtWork);
        child.kill(signal);
      };
      child.stderr.on('data', interruptAtWork);
      const { code, stdout, stderr } = await end;
      expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
      // Progress stands before it on its own line, which is emptied.
      expect(stderr.endsWith('\r\u001b[Kgilscope: interrupted\n')).toBe(true);
      expect(readdirSync(folder)).toEqual(['tasks.csv']);
      expect(readFileSync(csv, 'utf8')).toBe('old');
    },
  );

  it.skipIf(process.platform === 'win32')('ends although nobody reads on', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    // Open for both, it waits for nobody.
    const reader = await open(pipe, 'r+');
    const output = openSync(pipe, 'a');
    const rows = '--matrices 2000 --size 2 --max-iterations 5 --csv -'.split(' ');
    const [program, ...words] = commandOf(['run', ...rows]);
    const child = spawn(program, words, { stdio: ['ignore', output, 'ignore'], env: ENVIRONMENT });
    const end = once(child, 'exit');
    // Past the header stands a piece that is longer than what a pipe holds.
    for (let read = 0; read < 1000;) read += (await reader.read(Buffer.alloc(1000))).bytesRead;
    child.kill('SIGINT');
    expect(await end).toEqual([130, null]);
    closeSync(output);
    await reader.close();
  });

  it.skipIf(process.platform === 'win32')('ends although nobody opens a pipe', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const child = startGilscope(['run', ...SMALL_RUN, '--csv', pipe]);
    const end = finished(child);
    // The report comes just before.
    child.stdout.once('data', () => child.kill('SIGINT'));
    expect(await end).toMatchObject({ code: 130, stderr: 'gilscope: interrupted\n' });
  });
});
