import type { LockModeName } from '../../src/experiment/parameters.js';
import { formatDuration } from '../../src/base/units.js';
import { once, wallOf } from '../measure/runs.js';
import type { Section } from '../section.js';

const SLEEPS = 10;

const LOCKS: readonly LockModeName[] = ['gil-released', 'gil-held'];

/** Ten sleeps on ten threads: all at once without the lock, one after the other with it. */
export const sleeping: Section = {
  title: 'Sleeping: ten sleeps on ten threads',
  async measure({ engine, pace: { sleepMs } }) {
    const work = { workload: 'sleep', matrices: SLEEPS, scheduler: 'executor' } as const;
    const figures: { readonly lock: LockModeName; readonly wallNs: number }[] = [];
    for (const lock of LOCKS) {
      const wallNs = await wallOf(engine, once(SLEEPS, { ...work, lock, sleepMs }))();
      figures.push({ lock, wallNs });
    }
    const rows = figures.map(({ lock, wallNs }) => [lock, formatDuration(wallNs)]);
    const headings = ['Lock', `ten sleeps of ${formatDuration(sleepMs * 1e6)}`];
    return { figures: { sleepMs, locks: figures }, tables: [{ headings, rows }], notes: [] };
  },
};
