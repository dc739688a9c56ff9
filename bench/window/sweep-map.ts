import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantile } from 'simple-statistics';
import { pcg64Draws } from '../../src/base/pcg64.js';
import { describeMachine } from '../../src/engine/index.js';
import { recordingOf } from '../../src/experiment/recording.js';
import { defaultParameters, PARAMETER_NAMES } from '../../src/experiment/parameters.js';
import { NO_INTERRUPTIONS } from '../../src/recording/interruptions.js';
import { writePieces } from '../../src/files/files.js';
import { recordingBytes, type SweepFile } from '../../src/storage/recording-file.js';
import { cellsOf, type Axes, type Cell } from '../../src/sweep/axes.js';
import { WHOLE } from '../../src/sweep/plan.js';
import type { Figures } from './figures.js';
import { openWindow } from './session.js';
import { traceFrames } from './trace.js';

/** Numbers of threads and sizes of the map, and how often it is repainted. */
const SIDE = 64;
const REPAINTS = 60;
/** How long the file may take to open, which is not measured: intervals of thousands of cells are worked out. */
const OPENING_MS = 120_000;

/** Measures how long the map of a sweep of 64 × 64 made-up cells takes to show something else of them. */
export async function measureSweepMap(): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'gilscope-bench-'));
  try {
    const path = join(folder, 'made-up.gilscope');
    await writePieces(path, recordingBytes(sweepFile()));
    await using session = await openWindow(null);
    const { app, page } = session;
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
    }, path);
    await page.keyboard.press('Control+o');
    await page
      .getByRole('application', { name: /^Map of the sweep/ })
      .waitFor({ timeout: OPENING_MS });
    const frames = await traceFrames(app, () => page.evaluate(repaint, REPAINTS));
    // Between two repaints there are frames in which nothing is done.
    const repainted = frames.scriptMs.filter((ms) => ms > 1);
    return {
      mapScriptMs: quantile(repainted, 0.5),
      mapScriptP95Ms: quantile(repainted, 0.95),
      mapRepaints: repainted.length,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs in the page: chooses what the map shows, again and again, each in a frame of its own. */
async function repaint(times: number): Promise<void> {
  const select = document.querySelector<HTMLSelectElement>('section[aria-label="Map"] select');
  if (select === null) throw new Error('the map has a choice of what it shows');
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  for (let time = 0; time < times; time += 1) {
    select.selectedIndex = (time + 1) % select.options.length;
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await frame();
    await frame();
  }
}

function sweepFile(): SweepFile {
  const machine = describeMachine('relaxed SIMD');
  const axes = axesOf();
  const draw = pcg64Draws(1);
  const recordings = cellsOf(axes).map((cell) => recordingOfCell(cell, machine, draw));
  return {
    ...{ kind: 'sweep', machine, recordings, created: new Date(0).toISOString() },
    ...{ note: '', version: '0', sweep: { plan: { axes, untilShare: null }, parts: [WHOLE] } },
  };
}

function axesOf(): Axes {
  const numbers = Array.from({ length: SIDE }, (_, at) => at + 1);
  const parameters = { ...defaultParameters(1), matrices: 1, repeats: 3, warmup: 0 };
  const entries = PARAMETER_NAMES.map((name) => [name, [parameters[name]]]);
  return { ...(Object.fromEntries(entries) as unknown as Axes), threads: numbers, size: numbers };
}

function recordingOfCell(
  { cell, parameters }: Cell,
  machine: ReturnType<typeof describeMachine>,
  draw: () => number,
) {
  const { threads, size, repeats } = parameters;
  const lanes = Array.from({ length: threads }, () => 0);
  return recordingOf(cell, {
    parameters,
    machine,
    costs: { iterationNs: null, holdNs: 0, handOverNs: 0 },
    results: {
      ...{ eigenvalue: Float64Array.of(1), rayleigh: Float64Array.of(1) },
      ...{ residual: Float64Array.of(0), iterations: Int32Array.of(9), state: Int32Array.of(1) },
    },
    repeats: Array.from({ length: repeats }, () => ({
      wallNs: Math.round(((1e5 * size) / threads + 1e4) * (1 + 0.1 * draw())),
      handoffs: 0,
      otherCpuNs: 0,
      timings: {
        ...{ startNs: Float64Array.of(0), endNs: Float64Array.of(9), waitNs: Float64Array.of(0) },
        ...{ holdNs: Float64Array.of(0), computeNs: Float64Array.of(9) },
        ...{ sleepNs: Float64Array.of(0), lane: Int32Array.of(0) },
      },
      interruptions: NO_INTERRUPTIONS,
      keptUntilNs: null,
      spanCounts: lanes.map(() => ({ kept: 0, dropped: 0 })),
      spans: [],
    })),
  });
}
