import { ATTENTION_ADDRESS, vectorsOf } from '../../src/shared/layout.js';
import { flopsPerProduct } from '../../src/shared/plan.js';
import { formatNumber, formatShare } from '../../src/shared/units.js';
import { ratioSpread, spreadOf, type Spread } from '../measure/ratios.js';
import { once } from '../measure/runs.js';
import { soloLane, type SoloLane } from '../measure/solo-lane.js';
import { perTurn, type Loop } from '../measure/timing.js';
import { spreadText } from '../markdown.js';
import type { BenchContext, Findings, Section } from '../section.js';

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
}

/** The kernel's speed by size, against what the machine can do, measured in the same minute. */
export const kernel: Section = {
  title: 'Kernel: one lane, one matrix, against the limits of the machine',
  measure(context) {
    const figures = SIZES.map((size) => measureSize(size, context));
    return Promise.resolve(findings(figures, context));
  },
};

function measureSize(size: number, { kernel, limits, pace }: BenchContext): SizeFigures {
  const solo = soloLane(kernel, once(1, { size, matrices: 1 }));
  const { layout } = solo.prepared;
  const loops = limits.over(solo.memory);
  const readEnd = layout.matrices + layout.matrixBytes;
  const iterate = perTurn(iterations(solo, size), pace.sliceMs);
  const read = perTurn((times) => {
    loops.readStream(layout.matrices, readEnd, times);
  }, pace.sliceMs);
  const multiplyAdd = perTurn((turns) => {
    loops.multiplyAdds(turns, 0.5);
  }, pace.sliceMs);

  const operations = flopsPerProduct(size);
  const turnsPerIteration = operations / loops.operationsPerTurn();
  const rounds = Array.from({ length: pace.rounds }, () => ({
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

/** The power method's own loop on one matrix, never converging. */
function iterations({ kernel, prepared: { layout } }: SoloLane, size: number): Loop {
  const { a, b, c } = vectorsOf(layout, 0);
  kernel.begin(layout.matrices, size, layout.stride, a, b, c, ATTENTION_ADDRESS);
  return (count) => {
    kernel.iterate(0, count, 0);
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
  const notes = [
    `The build with ${kernel.build}. An iteration is a product, a norm and an error; its operations`,
    'are the product’s 2 n². The peak is independent 128-bit multiply-adds in WebAssembly; the',
    'limit is the slower of those and of reading the stored half of the matrix once.',
  ];
  return { figures: { build: kernel.build, sizes: figures }, tables: [{ headings, rows }], notes };
}
