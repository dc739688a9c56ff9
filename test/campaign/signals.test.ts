import { spawn, type ChildProcess } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SMALL_RUN, startGilscope } from '../fixtures/command-line.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

/**
 * Signals at every moment of a short run, 20 ms apart: the command line ends, with a status that says
 * how, and leaves no part of a file. GILSCOPE_SIGNALS_UNTIL_MS goes further than a start takes.
 */

const STEP_MS = 20;
const UNTIL_MS = Number(process.env['GILSCOPE_SIGNALS_UNTIL_MS'] ?? 400);
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

let folder: string;

eachInFolder((made) => {
  folder = made;
});

/** How a process ended: its status, or the signal where it had not yet begun to listen to any. */
type End = number | NodeJS.Signals | null;

function endOf(child: ChildProcess): Promise<End> {
  child.stdout?.resume();
  child.stderr?.resume();
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      resolve(code ?? signal);
    });
  });
}

/** Starts the command line as npm does, set-up included, on a Node.js in Electron's place. */
function startScript(words: readonly string[]): ChildProcess {
  const electron = join(folder, 'electron');
  mkdirSync(electron, { recursive: true });
  symlinkSync(process.execPath, join(electron, 'electron'));
  return spawn(process.execPath, [resolve('scripts/gilscope.mjs'), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      XDG_CACHE_HOME: join(folder, 'cache'),
      ELECTRON_OVERRIDE_DIST_PATH: electron,
    },
  });
}

const moments = Array.from({ length: UNTIL_MS / STEP_MS }, (_, step) => ({
  afterMs: step * STEP_MS,
  signal: SIGNALS[step % SIGNALS.length] ?? 'SIGINT',
}));

describe.skipIf(process.platform === 'win32')('a signal', () => {
  it.each([
    ['the command line', startGilscope],
    ['the script that sets it up', startScript],
  ])('at any moment of a start ends %s', async (name, start) => {
    const ends = new Map<End, number>();
    for (const { afterMs, signal } of moments) {
      const target = join(folder, `${signal} after ${afterMs} ms`);
      mkdirSync(target);
      const csv = join(target, 'tasks.csv');
      writeFileSync(csv, 'old');
      rmSync(join(folder, 'electron'), { recursive: true, force: true });
      const child = start(['run', ...SMALL_RUN, '--csv', csv]);
      const end = endOf(child);
      await sleep(afterMs);
      child.kill(signal);
      const how = await end;
      // Before it listens to signals these end it by themselves; set-up ends with a shell's status.
      expect([0, 130, signal, 128 + constants.signals[signal]]).toContain(how);
      // An export that was done before has taken the old file's place; none is there in part.
      const text = readFileSync(csv, 'utf8');
      if (text !== 'old') expect(text.split('\r\n')).toHaveLength(1 + 18 + 1);
      if (how === 0) expect(text).not.toBe('old');
      expect(readdirSync(target)).toEqual(['tasks.csv']);
      ends.set(how, (ends.get(how) ?? 0) + 1);
    }
    console.info(`signals to ${name} during a start:`, Object.fromEntries(ends));
  });

  it(`at any moment of an export ends it, every ${STEP_MS} ms, and leaves the old file`, async () => {
    const words = '--matrices 2000 --size 4 --max-iterations 60 --repeats 4 --warmup 0'.split(' ');
    const ends = new Map<End, number>();
    for (const { afterMs, signal } of moments.slice(0, 9)) {
      const spans = join(folder, 'spans.csv');
      writeFileSync(spans, 'old');
      const child = startGilscope(['run', ...words, '--lock', 'gil-released', '--spans', spans]);
      const end = endOf(child);
      const begun = new Promise<void>((resolve) => {
        const watcher = watch(folder, () => {
          if (readdirSync(folder).length < 2) return;
          watcher.close();
          resolve();
        });
      });
      await begun;
      await sleep(afterMs);
      child.kill(signal);
      const how = await end;
      expect([0, 130]).toContain(how);
      if (how === 130) expect(readFileSync(spans, 'utf8')).toBe('old');
      expect(readdirSync(folder)).toEqual(['spans.csv']);
      ends.set(how, (ends.get(how) ?? 0) + 1);
    }
    console.info('signals during an export:', Object.fromEntries(ends));
    expect(ends.get(130) ?? 0).toBeGreaterThan(0);
  });
});
