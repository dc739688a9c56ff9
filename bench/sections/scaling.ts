import type { Parameters } from '../../src/shared/parameters.js';
import { formatDuration } from '../../src/shared/units.js';
import { measurePairs } from '../measure/pairs.js';
import { ratioSpread, spreadOf } from '../measure/ratios.js';
import { once, wallOf } from '../measure/runs.js';
import { spreadText } from '../markdown.js';
import { THREADS, type Section } from '../section.js';

const WORK: Partial<Parameters> = { matrices: 64, size: 96 };

const SERIAL: Partial<Parameters> = { ...WORK, scheduler: 'serial' };

/** What is set against the serial run. */
const WAYS: readonly Pick<Parameters, 'scheduler' | 'lock'>[] = [
  { scheduler: 'static', lock: 'none' },
  { scheduler: 'dynamic', lock: 'none' },
  { scheduler: 'executor', lock: 'none' },
  { scheduler: 'executor', lock: 'gil-held' },
];

/** What two threads bring under each scheduler, and what a held lock takes. */
export const scaling: Section = {
  title: 'Scaling: one thread to two, 64 matrices of 96',
  async measure({ engine, pace }) {
    const first = wallOf(engine, once(THREADS, SERIAL));
    const pairs = WAYS.map((way) => ({
      first,
      second: wallOf(engine, once(THREADS, { ...WORK, ...way })),
    }));
    await measurePairs(pairs, { rounds: 1 });
    const measured = await measurePairs(pairs, { rounds: pace.rounds });
    const figures = measured.map((values, index) => ({
      ...WAYS[index],
      serialNs: spreadOf(values.first),
      wallNs: spreadOf(values.second),
      speedup: ratioSpread(values.first, values.second),
    }));
    const rows = figures.map(({ scheduler, lock, serialNs, wallNs, speedup }) => [
      `${scheduler ?? ''}, ${lock ?? ''}`,
      formatDuration(serialNs.median),
      formatDuration(wallNs.median),
      spreadText(speedup),
    ]);
    const headings = ['Scheduler, lock', 'serial', 'two threads', 'serial over it'];
    return { figures: { ways: figures }, tables: [{ headings, rows }], notes: [] };
  },
};
