import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/experiment/report.js';
import { finished, startGilscope } from '../fixtures/command-line.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

let folder: string;

eachInFolder((made) => {
  folder = made;
});

const codes = ({ summary }: Report) => summary.warnings.map(({ code }) => code);

/** Computes until it is ended, and says when it has begun. */
const BUSY = 'process.stdout.write("busy"); for (;;);';

describe.runIf(process.platform === 'linux')('a run', () => {
  it('that shares its one core with another process tells of it by lane, and warns', async () => {
    const own = /Cpus_allowed_list:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    const pinned = (program: string, words: readonly string[]) =>
      spawn('taskset', ['-c', own ?? '0', program, ...words], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    const busy = pinned(process.execPath, ['-e', BUSY]);
    try {
      await once(busy.stdout, 'data');
      const json = join(folder, 'report.json');
      const words = `--matrices 40 --size 96 --threads 1 --repeats 1 --warmup 0 --json ${json}`;
      const run = startGilscope(['run', ...words.split(' ')], {
        within: ['taskset', '-c', own ?? '0'],
      });
      expect(await finished(run)).toMatchObject({ code: 0 });
      const report = JSON.parse(readFileSync(json, 'utf8')) as Report;
      expect(report.machine).toMatchObject({ logicalCores: 1, usableCores: 1 });
      const [lane] = report.repeats[0]?.lanes ?? [];
      // Two that share a core have a half of it each, about.
      expect(lane?.queuedNs ?? 0).toBeGreaterThan(0.1 * (lane?.computeNs ?? NaN));
      expect(report.summary.queuedShare).toBeGreaterThan(0.1);
      expect(codes(report)).toContain('queued');
    } finally {
      busy.kill('SIGKILL');
    }
  });

  it('that is stopped and goes on says when it was suspended, and counts it as nothing else', async () => {
    const json = join(folder, 'report.json');
    const words = `--workload sleep --sleep 10 --matrices 60 --threads 2 --repeats 1 --warmup 0 --json ${json}`;
    const child = startGilscope(['run', ...words.split(' ')], { onTerminal: true });
    const end = finished(child);
    const stopAtWork = (said: Buffer) => {
      if (!said.toString().includes('repeating 1 of 1')) return;
      child.stderr.off('data', stopAtWork);
      child.kill('SIGSTOP');
      setTimeout(() => child.kill('SIGCONT'), 700);
    };
    child.stderr.on('data', stopAtWork);
    expect(await end).toMatchObject({ code: 0 });
    const report = JSON.parse(readFileSync(json, 'utf8')) as Report;
    const [repeat] = report.repeats;
    const [suspension, ...others] = repeat?.suspensions ?? [];
    expect(others).toEqual([]);
    expect(suspension?.startNs).toBeGreaterThanOrEqual(0);
    expect(suspension?.endNs).toBeLessThanOrEqual(repeat?.wallNs ?? NaN);
    expect(report.summary.suspendedNs).toBeGreaterThan(500e6);
    expect(codes(report)).toContain('suspended');
  });
});
