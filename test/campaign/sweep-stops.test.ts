import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { pcg64Draws } from '../../src/base/pcg64.js';
import { finished, gilscope, startGilscope } from '../fixtures/command-line.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

/**
 * A sweep that is interrupted at seeded moments leaves whole files, from which it goes on to the same
 * cells. GILSCOPE_SWEEP_STOPS=50 tries more moments; what it met is printed.
 */

const STOPS = Number(process.env['GILSCOPE_SWEEP_STOPS'] ?? 3);

/** From before the first task to after the last one. */
const LATEST_MS = 2000;

const SWEEP = 'sweep --beside --workload sleep --sleep 5 --matrices 8 --threads 1,2,4 --repeats 12';
const CELLS = ['1', '2', '4'].map((threads) => ({ threads, repeats: '12' }));

let folder: string;
eachInFolder((made) => {
  folder = made;
});

it.skipIf(process.platform === 'win32')(
  'a sweep that is interrupted leaves whole files, and goes on to the same cells',
  async () => {
    const draw = pcg64Draws(2026);
    const ends = new Map<string, number>();
    let longestMs = 0;
    for (let stop = 0; stop < STOPS; stop += 1) {
      const name = `stop-${stop}`;
      const saved = join(folder, `${name}.gilscope`);
      const csv = join(folder, `${name}.csv`);
      const child = startGilscope([...SWEEP.split(' '), '--save', saved, '--csv', csv]);
      const end = finished(child);
      await sleep(draw() * LATEST_MS);
      const stoppedAt = performance.now();
      child.kill('SIGINT');
      const { code } = await end;
      longestMs = Math.max(longestMs, performance.now() - stoppedAt);
      const what = `${code ?? 'before it listened'}${existsSync(csv) ? ', with rounds' : ''}`;
      ends.set(what, (ends.get(what) ?? 0) + 1);
      expect([0, 130, null]).toContain(code);
      expect(readdirSync(folder).filter((file) => file.includes('part'))).toEqual([]);
      // Before it listens to signals, or has looked at its files, there is nothing to save.
      if (!existsSync(saved)) continue;
      const resumed = await gilscope('sweep', '--beside', '--resume', saved, '--csv', '-');
      expect(resumed.code, resumed.stderr).toBe(0);
      const cells = parse<Record<string, string>>(resumed.stdout, { columns: true });
      expect(cells.map(({ threads, repeats }) => ({ threads, repeats }))).toEqual(CELLS);
    }
    process.stdout.write(
      `${STOPS} interruptions, the longest took ${longestMs.toFixed(0)} ms: ` +
        `${[...ends].map(([end, count]) => `${count} × ${end}`).join('; ')}\n`,
    );
  },
  STOPS * 20_000,
);
