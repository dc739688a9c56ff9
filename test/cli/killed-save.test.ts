import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openSweep } from '../../src/storage/recording-file.js';
import { finished, gilscope, startGilscope } from '../fixtures/command-line.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

let folder: string;
eachInFolder((made) => {
  folder = made;
});

/** Sixty cells, whose saving takes a while. */
const SWEEP =
  'sweep --beside --workload sleep --sleep 0 --matrices 1..60 --threads 1 --warmup 0 --repeats 1'.split(
    ' ',
  );

/** Bytes of the part that is to replace the file; the first one, of a byte, tries whether it can be written. */
function partBytes(): number {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.part'))
    .reduce(
      (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
}

it('leaves the old file or the new one where it is killed while it saves a sweep', async () => {
  const path = join(folder, 'sweep.gilscope');
  expect((await gilscope(...SWEEP, '--seed', '1', '--save', path)).code).toBe(0);
  let old = readFileSync(path);
  const ends = new Set<number | null>();
  // Sooner and later while the part that is to replace the file is written.
  for (const afterMs of [0, 5, 10, 20, 40, 80]) {
    const child = startGilscope([...SWEEP, '--seed', String(2 + afterMs), '--save', path]);
    const ended = finished(child);
    while (child.exitCode === null && child.signalCode === null) {
      if (partBytes() > 1) {
        await sleep(afterMs);
        child.kill('SIGKILL');
        break;
      }
      await sleep(1);
    }
    ends.add((await ended).code);
    const { recordings, sweep } = await openSweep(path);
    expect(recordings).toHaveLength(60);
    const isOld = readFileSync(path).equals(old);
    expect(isOld || sweep.plan.axes.seed[0] === 2 + afterMs).toBe(true);
    old = readFileSync(path);
    for (const name of readdirSync(folder)) {
      if (name.endsWith('.part')) rmSync(join(folder, name));
    }
  }
  expect(ends).toContain(null);
});
