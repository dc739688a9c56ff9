import { flopsPerProduct } from '../../src/experiment/plan.js';
import { formatNumber, formatShare } from '../../src/base/units.js';
import { limitLoops } from '../limits.js';
import { ratioSpread, spreadOf, type Spread } from '../measure/ratios.js';
import { roundsOf } from '../measure/rounds.js';
import { once } from '../measure/runs.js';
import { iterations, soloLane } from '../measure/solo-lane.js';
import { perTurn } from '../measure/timing.js';
import { spreadText } from '../markdown.js';
import type { BenchContext, Findings, Section } from '../section.js';
import { loadBuilds, type BuildFigures } from './kernel-builds.js';

const SIZES = [16, 32, 64, 96, 128, 256, 512, 1024];

/** What one size came to. Times are nanoseconds an iteration, shares are of the kernel's time. */
interface SizeFigures {
  readonly size: number;
  readonly iterationNs: Spread;
  readonly gflops: number;
  /** The machine's peak of multiply-adds, in 10⁹ operations a second. */
  readonly peakGflops: number;
  readonly shareOfPeak: Spread;
  /** Reading the matrix once and doing nothing with it. */
  readonly readNs: Spread;
  readonly readGigabytesPerSecond: number;
  /** What the slower of arithmetic and reading would take alone, over what the kernel takes. */
  readonly shareOfLimit: Spread;
  readonly builds: BuildFigures;
}

/** The kernel's speed by size, against what the machine can do, measured in the same minute. */
export const kernel: Section = {
  title: 'Kernel: one lane, one matrix, against the limits of the machine',
  async measure(context) {
    const measureBuilds = await loadBuilds(context);
    const figures: SizeFigures[] = [];
    for (const size of SIZES) {
      figures.push({ ...(await measureSize(size, context)), builds: await measureBuilds(size) });
    }
    return findings(figures, context);
  },
};

async function measureSize(
  size: number,
  { kernel, limits, cores, pace }: BenchContext,
): Promise<Omit<SizeFigures, 'builds'>> {
  const solo = soloLane(kernel, once(1, { size, matrices: 1 }));
  const { layout } = solo.prepared;
  const loops = limitLoops(limits, solo.memory);
  const readEnd = layout.matrices + layout.matrixBytes;
  const iterate = perTurn(iterations(solo.kernel, layout, size), pace.sliceMs);
  const read = perTurn((times) => {
    loops.readStream(layout.matrices, readEnd, times);
  }, pace.sliceMs);
  const multiplyAdd = perTurn((turns) => {
    loops.multiplyAdds(turns, 0.5);
  }, pace.sliceMs);

  const operations = flopsPerProduct(size);
  const turnsPerIteration = operations / loops.operationsPerTurn();
  const rounds = await roundsOf(pace.rounds, cores.own, () => ({
    arithmetic: multiplyAdd() * turnsPerIteration,
    reading: read(),
    iteration: iterate(),
  }));
  const iterationTimes = rounds.map(({ iteration }) => iteration);
  const arithmetic = rounds.map((round) => round.arithmetic);
  const reading = rounds.map((round) => round.reading);
  const slower = rounds.map((round) => Math.max(round.arithmetic, round.reading));
  const iterationNs = spreadOf(iterationTimes);
  const readNs = spreadOf(reading);
  return {
    size,
    iterationNs,
    gflops: operations / iterationNs.median,
    peakGflops: operations / spreadOf(arithmetic).median,
    shareOfPeak: ratioSpread(arithmetic, iterationTimes),
    readNs,
    readGigabytesPerSecond: layout.matrixBytes / readNs.median,
    shareOfLimit: ratioSpread(slower, iterationTimes),
  };
}

function findings(figures: readonly SizeFigures[], { kernel }: BenchContext): Findings {
  const headings = [
    ...['Size', 'ns an iteration', 'GFLOP/s', 'peak GFLOP/s', 'of peak'],
    ...['read alone, ns', 'GB/s read', 'of limit'],
  ];
  const rows = figures.map((row) => [
    String(row.size),
    spreadText(row.iterationNs),
    formatNumber(row.gflops),
    formatNumber(row.peakGflops),
    formatShare(row.shareOfPeak.median),
    formatNumber(row.readNs.median),
    formatNumber(row.readGigabytesPerSecond),
    formatShare(row.shareOfLimit.median),
  ]);
  const builds = figures.map(({ size, builds: { plain, blind } }) => [
    String(size),
    spreadText(plain),
    spreadText(blind),
  ]);
  const notes = [
    `The build with ${kernel.build}. An iteration is a product, a norm and an error; its operations`,
    'are the product’s 2 n². The peak is independent 128-bit multiply-adds in WebAssembly; the',
    'limit is the slower of those and of reading the stored half of the matrix once. The other',
    'builds are without fused multiply-adds, and without looking whether to leave the work.',
  ];
  return {
    figures: { build: kernel.build, sizes: figures },
    tables: [
      { headings, rows },
      { headings: ['Size', 'plain SIMD over it', 'never looking over it'], rows: builds },
    ],
    notes,
  };
}
