import { formatBytes, formatShare } from '../../src/base/units.js';
import { makeMixedRuns, memoryNow, MIXED_ROUND, type Memory } from '../measure/growth.js';
import type { Section } from '../section.js';

const RUNS = 1000;

/** Runs after which V8 has compiled what it will, and has its heap as large as it lets it become. */
const SETTLED = 20 * MIXED_ROUND;

const KINDS = {
  heldBytes: 'objects and buffers',
  residentBytes: 'pages of the process',
} as const satisfies Record<keyof Memory, string>;

/** What a thousand mixed runs leave in memory, beyond what those before them have left. */
export const growth: Section = {
  title: `Growth: memory over ${RUNS} mixed runs`,
  async measure({ engine, pace: { scale } }) {
    const runs = Math.round(RUNS * scale);
    await makeMixedRuns(engine, 0, SETTLED);
    const before = await memoryNow();
    await makeMixedRuns(engine, SETTLED, runs);
    const after = await memoryNow();
    const rows = (Object.keys(KINDS) as (keyof Memory)[]).map((kind) => [
      KINDS[kind],
      formatBytes(before[kind]),
      formatBytes(after[kind]),
      formatShare(after[kind] / before[kind] - 1),
    ]);
    const headings = ['Memory', `after ${SETTLED} runs`, `after ${runs} more`, 'growth'];
    return { figures: { runs, before, after }, tables: [{ headings, rows }], notes: [] };
  },
};
