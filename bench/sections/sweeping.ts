import { runSweep, type Engine } from '../../src/engine/index.js';
import { intervalLabel } from '../../src/base/interval-text.js';
import { formatDuration, formatNumber, systemClock, toNanoseconds } from '../../src/base/units.js';
import {
  defaultParameters,
  PARAMETER_NAMES,
  type Parameters,
} from '../../src/experiment/parameters.js';
import type { Axes } from '../../src/sweep/axes.js';
import { fitSentence } from '../../src/sweep/fit-sentence.js';
import { WHOLE } from '../../src/sweep/plan.js';
import { sweepOf, type Sweep } from '../../src/sweep/sweep.js';
import { whereLabel } from '../../src/sweep/where-label.js';
import type { Section } from '../section.js';

/** The values of some parameters; the others have their defaults. */
type Given = { readonly [Name in keyof Parameters]?: Axes[Name] };

const SLEEPS: Given = {
  workload: ['sleep'],
  sleepMs: [10],
  matrices: [64],
  threads: [1, 2, 4, 8, 16],
  lock: ['none', 'gil-held'],
  repeats: [6],
};

const COMPUTING: Given = {
  matrices: [100],
  size: [32, 64],
  maxIterations: [1000],
  threads: [1, 2, 4],
  lock: ['none', 'gil-held'],
  repeats: [10],
};

/** Sweeps of real runs: what they find where it is known what there is to find, and what sweeping costs. */
export const sweeping: Section = {
  title: 'Sweeping: what sweeps find of sleeps and of work under a lock, and what they cost',
  async measure({ engine }) {
    const sweeps = [await measured(engine, SLEEPS), await measured(engine, COMPUTING)];
    const laws = sweeps.flatMap(({ sweep }) =>
      sweep.fits.map((fit) => [
        `${sweep.axes.workload.join()}, ${whereLabel(fit.where)}`,
        fitSentence(fit),
        fit.leftOut.map(({ threads, reason }) => `${threads}: ${reason}`).join('; '),
      ]),
    );
    const cells = sweeps.flatMap(({ sweep }) =>
      sweep.rows.map(({ overview: { params, summary }, speedup, speedupCi95 }) => [
        `${params.workload} ${params.workload === 'sleep' ? '' : params.size} ${params.lock}`,
        String(params.threads),
        formatDuration(summary.wallNs.median),
        formatNumber(speedup ?? NaN),
        intervalLabel(speedupCi95, formatNumber),
      ]),
    );
    const costs = sweeps.map(({ sweep, wallNs, repeatsNs, generationNs }) => [
      sweep.axes.workload.join(),
      formatDuration(wallNs),
      formatDuration(repeatsNs),
      formatDuration(generationNs),
      formatNumber(wallNs / (repeatsNs + generationNs), 4),
    ]);
    return {
      figures: sweeps.map(({ sweep, ...times }) => ({ ...times, fits: sweep.fits })),
      tables: [
        { headings: ['Sweep', 'wall time', 'its repeats', 'its matrices', 'ratio'], rows: costs },
        { headings: ['Curve', 'law', 'left out'], rows: laws },
        { headings: ['Cell', 'threads', 'wall time', 'speed-up', 'interval'], rows: cells },
      ],
      notes: ['The wall time is over that of its repeats and of making its matrices; no warm-up.'],
    };
  },
};

/** What a sweep found, and how long it, its repeats, and making its matrices took, in ns. */
interface Measured {
  readonly sweep: Sweep;
  readonly wallNs: number;
  readonly repeatsNs: number;
  readonly generationNs: number;
}

async function measured(engine: Engine, given: Given): Promise<Measured> {
  const defaults = { ...defaultParameters(2), warmup: 0 };
  const entries = PARAMETER_NAMES.map((name) => [name, given[name] ?? [defaults[name]]]);
  const axes = Object.fromEntries(entries) as Axes;
  let generationNs = 0;
  const watched: Pick<Engine, 'machine' | 'reserve' | 'run' | 'stop'> = {
    machine: engine.machine,
    reserve: (runs) => engine.reserve(runs),
    run: (parameters, listener, options) => {
      const onGenerated = (run: number, ns: number) => {
        generationNs += ns;
        listener?.onGenerated?.(run, ns);
      };
      return engine.run(parameters, { ...listener, onGenerated }, options);
    },
    stop: () => {
      engine.stop();
    },
  };
  const began = systemClock();
  const { signal } = new AbortController();
  const task = { plan: { axes, untilShare: null }, shard: WHOLE, done: [] };
  const { recordings } = await runSweep(watched, task, { signal });
  const wallNs = toNanoseconds(systemClock() - began);
  const walls = recordings.flatMap(({ repeats }) => repeats.map((repeat) => repeat.wallNs));
  const repeatsNs = walls.reduce((sum, ns) => sum + ns, 0);
  return { sweep: sweepOf(axes, recordings), wallNs, repeatsNs, generationNs };
}
