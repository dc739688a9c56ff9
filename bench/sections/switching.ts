import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { median } from '../../src/shared/statistics.js';
import { formatNumber } from '../../src/shared/units.js';
import { forcedHolds, runLengths } from '../measure/holds.js';
import { quantileOf } from '../measure/ratios.js';
import { once } from '../measure/runs.js';
import { findPython, scriptPath } from '../python/child.js';
import { readTakeovers } from '../python/protocol.js';
import type { BenchContext, Findings, Section } from '../section.js';

const THREAD_COUNTS = [2, 4, 10];

const INTERVAL_MS = 5;

/** Lengths of holds in ms, and how many there were. */
interface Holds {
  readonly threads: number;
  readonly count: number;
  readonly medianMs: number;
  readonly p5Ms: number;
  readonly p95Ms: number;
}

/** How long the lock is held where lanes ask for it, against the interval and against CPython. */
export const switching: Section = {
  title: `Switching: how long the lock is held, with an interval of ${INTERVAL_MS} ms`,
  async measure(context) {
    const ours: Holds[] = [];
    for (const threads of THREAD_COUNTS) ours.push(await measureOurs(threads, context));
    const cpython = await measureCPython(context);
    return findings(ours, cpython);
  },
};

/** Has lanes contend for a while; the run has far more work than it is given time for. */
async function measureOurs(threads: number, { engine, pace }: BenchContext): Promise<Holds> {
  const work = { matrices: 40 * threads, size: 256, maxIterations: 100_000, epsilon: 1e-300 };
  const lock = { lock: 'gil-switching', switchIntervalMs: INTERVAL_MS } as const;
  const spans: Float64Array[] = [];
  let began: Promise<void> | undefined;
  const { outcome } = await engine.run(once(threads, { ...work, ...lock, scheduler: 'dynamic' }), {
    onTimeline() {
      began = sleep(pace.contentionMs).then(() => {
        engine.stop();
      });
    },
    onSpans(_, words) {
      spans.push(words);
    },
  });
  // A run that ended by itself must not have its stop reach the next one.
  await began;
  if (outcome !== 'stopped') throw new Error('the lanes ran out of work before their time was up');
  return holdsOf(threads, forcedHolds(spans));
}

/** CPython's own, by a script; what stands in the way where it cannot be had. */
async function measureCPython({ pace }: BenchContext): Promise<CPythonHolds> {
  const python = findPython([]);
  if (python === undefined) return { skipped: 'there is no Python' };
  const holds: Holds[] = [];
  let version = '';
  for (const threads of THREAD_COUNTS) {
    const seconds = String(pace.contentionMs / 1000);
    const args = [scriptPath('cpython_gil.py'), String(threads), seconds];
    const found = readTakeovers((await promisify(execFile)(python, args)).stdout);
    if ('skipped' in found) return found;
    version = found.python;
    holds.push(holdsOf(threads, runLengths(found.takeovers)));
  }
  return { python: version, holds };
}

type CPythonHolds =
  { readonly skipped: string } | { readonly python: string; readonly holds: readonly Holds[] };

function holdsOf(threads: number, lengthsNs: readonly number[]): Holds {
  const lengths = lengthsNs.map((length) => length / 1e6);
  return {
    threads,
    count: lengths.length,
    medianMs: median(lengths),
    p5Ms: quantileOf(lengths, 0.05),
    p95Ms: quantileOf(lengths, 0.95),
  };
}

function findings(ours: readonly Holds[], cpython: CPythonHolds): Findings {
  const rows = ours.map((holds) => cells('Gilscope', holds));
  const notes = ['The median over the interval is what counts: within 5 % of 1.'];
  if ('skipped' in cpython) notes.push(`CPython skipped: ${cpython.skipped}.`);
  else rows.push(...cpython.holds.map((holds) => cells(`CPython ${cpython.python}`, holds)));
  const headings = ['Lock of', 'threads', 'holds', 'median ms', 'p5', 'p95', 'over interval'];
  return {
    figures: { intervalMs: INTERVAL_MS, gilscope: ours, cpython },
    tables: [{ headings, rows }],
    notes,
  };
}

function cells(whose: string, { threads, count, medianMs, p5Ms, p95Ms }: Holds): string[] {
  const lengths = [medianMs, p5Ms, p95Ms, medianMs / INTERVAL_MS].map(formatNumber);
  return [whose, String(threads), String(count), ...lengths];
}
