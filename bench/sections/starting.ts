import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { formatDuration } from '../../src/base/units.js';
import { createEngine } from '../../src/engine/index.js';
import type { Section } from '../section.js';

const THREAD_COUNTS = [2, 16, 64, 256];

/** In how fine steps the event loop is watched. */
const RESOLUTION_MS = 1;

/** How long the workers take to start, and how long the thread that starts them stands still. */
export const starting: Section = {
  title: 'Starting: workers, and the thread that starts them',
  async measure({ builtFiles }) {
    const figures: object[] = [];
    const rows: string[][] = [];
    for (const threads of THREAD_COUNTS) {
      const engine = await createEngine(builtFiles);
      const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
      delays.enable();
      const startMs = performance.now();
      await engine.warm(threads);
      const startNs = (performance.now() - startMs) * 1e6;
      delays.disable();
      await engine.close();
      const stallsNs = { longest: delays.max, p99: delays.percentile(99) };
      figures.push({ threads, startNs, stallsNs });
      rows.push([
        String(threads),
        ...[startNs, startNs / threads, stallsNs.longest, stallsNs.p99].map((ns) =>
          formatDuration(ns),
        ),
      ]);
    }
    const headings = ['Threads', 'all are there after', 'each', 'longest stall', '99 % below'];
    return { figures: { counts: figures }, tables: [{ headings, rows }], notes: [] };
  },
};
