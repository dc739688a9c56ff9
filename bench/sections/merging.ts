import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatBytes, formatCount, formatDuration } from '../../src/base/units.js';
import { defaultParameters, PARAMETER_NAMES } from '../../src/experiment/parameters.js';
import type { ExperimentRecording } from '../../src/experiment/recording.js';
import { writePieces } from '../../src/files/files.js';
import { recordingBytes } from '../../src/storage/recording-file.js';
import { cellsOf, type Axes } from '../../src/sweep/axes.js';
import { recordOf } from '../measure/runs.js';
import type { BenchContext, Section } from '../section.js';

const PARTS = 1000;

/** A hundred cells of twelve short tasks, in as many rounds as there are parts. */
const VARIED = {
  ...{ matrices: [12], size: [8, 16], lock: ['none', 'gil-held'], maxIterations: [50] },
  ...{ threads: Array.from({ length: 25 }, (_, place) => place + 1) },
  ...{ repeats: [PARTS], warmup: [0] },
} as const;

/** What the merging process reports. */
interface Merged {
  readonly ms: number;
  readonly repeats: number;
  readonly peakBytes: number;
}

/** What merging a thousand parts of a hundred cells takes, in a process of its own. */
export const merging: Section = {
  title: `Merging: ${formatCount(PARTS)} parts of 100 cells`,
  async measure({ engine, threadFiles, pace: { scale } }) {
    const folder = await mkdtemp(join(tmpdir(), 'gilscope-bench-'));
    try {
      const paths = await writeParts(engine, folder, Math.round(PARTS * scale));
      const child = fork(fileURLToPath(threadFiles.merge), [
        join(folder, 'whole.gilscope'),
        ...paths,
      ]);
      const [found] = (await once(child, 'message')) as [Merged];
      const row = [
        formatCount(paths.length),
        formatCount(found.repeats),
        formatDuration(found.ms * 1e6),
        formatBytes(found.peakBytes),
      ];
      const headings = ['Parts', 'repeats', 'time', 'most memory'];
      return { figures: found, tables: [{ headings, rows: [row] }], notes: [] };
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

/** Measures each cell once, and writes parts that all say so. */
async function writeParts(
  engine: BenchContext['engine'],
  folder: string,
  count: number,
): Promise<string[]> {
  const defaults = defaultParameters(1);
  const given: Partial<Record<string, readonly unknown[]>> = VARIED;
  const entries = PARAMETER_NAMES.map((name) => [name, given[name] ?? [defaults[name]]]);
  const plan = { axes: Object.fromEntries(entries) as Axes, untilShare: null };
  const recordings: ExperimentRecording[] = [];
  for (const { cell, parameters } of cellsOf(plan.axes)) {
    const recording = await recordOf(engine, { ...parameters, repeats: 1 });
    recordings.push({ ...recording, number: cell });
  }
  const paths: string[] = [];
  for (let index = 1; index <= count; index += 1) {
    const path = join(folder, `part-${index}.gilscope`);
    const sweep = { plan, parts: [{ index, count: PARTS }] };
    const about = { created: '2026-11-30T12:00:00.000Z', note: '', version: '0' };
    const file = { ...about, kind: 'sweep', recordings, machine: engine.machine, sweep } as const;
    await writePieces(path, recordingBytes(file));
    paths.push(path);
  }
  return paths;
}
