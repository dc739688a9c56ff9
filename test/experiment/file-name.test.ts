import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { comparisonFileName, runFileName } from '../../src/experiment/file-name.js';
import { LOCK_MODES, SPECIFICATIONS, type Parameters } from '../../src/experiment/parameters.js';
import { CHARTS, PICTURED, PictureName } from '../../src/ipc/picture.js';
import { smallRun } from '../fixtures/parameters.js';

const DAY = new Date(2026, 10, 30, 23, 59);
const WORK: Partial<Parameters> = { matrices: 300, size: 64, threads: 2 };

describe('the name of a file', () => {
  it.each([
    [{ lock: 'gil-held' }, 'gilscope-2026-11-30-gil-held-300x64-2-threads'],
    [{ lock: 'none' }, 'gilscope-2026-11-30-no-lock-300x64-2-threads'],
    [{ lock: 'none', scheduler: 'static' }, 'gilscope-2026-11-30-no-lock-static-300x64-2-threads'],
    [{ lock: 'none', scheduler: 'serial' }, 'gilscope-2026-11-30-no-lock-serial-300x64-1-thread'],
    [
      { workload: 'sleep', sleepMs: 0.5, lock: 'gil-released' },
      'gilscope-2026-11-30-gil-released-300x0.5ms-2-threads',
    ],
  ] as const)('says the day and what tells runs apart: %j', (changes, name) => {
    expect(runFileName(smallRun({ ...WORK, ...changes }), DAY)).toBe(name);
  });

  it('of a comparison says so', () => {
    const name = 'gilscope-2026-11-30-comparison-300x64-2-threads';
    expect(comparisonFileName(smallRun(WORK), DAY)).toBe(name);
  });

  it('has the reader’s own day, with two digits for the month and the day', () => {
    const name = runFileName(smallRun(WORK), new Date(2027, 0, 2, 0, 0));
    expect(name).toMatch(/^gilscope-2027-01-02-/);
  });

  it('is one that pictures may have, whatever the parameters', () => {
    const largest = { matrices: 1_000_000, size: 4096, threads: 256, sleepMs: 59_999.999_999 };
    for (const workload of ['power', 'sleep'] as const) {
      for (const lock of Object.keys(LOCK_MODES) as Parameters['lock'][]) {
        for (const scheduler of Object.keys(
          SPECIFICATIONS.scheduler.options,
        ) as Parameters['scheduler'][]) {
          const name = runFileName(smallRun({ ...largest, workload, lock, scheduler }), DAY);
          for (const chart of CHARTS) {
            const picture = `${name}-${PICTURED[chart].replaceAll(' ', '-')}`;
            expect(v.is(PictureName, picture), picture).toBe(true);
          }
        }
      }
    }
  });
});
