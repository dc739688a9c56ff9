import { placeAmongBins, type BinEdges } from '../../analysis/task-histogram.js';
import { ROUND_DIGITS } from '../../base/round-numbers.js';
import { formatDuration } from '../../base/units.js';
import { formatTime } from '../timeline/model/time-ticks.js';

/** A mark on the axis: its place among the bins (2.5 is the middle of the third), and its label. */
export interface BinMark {
  readonly value: number;
  readonly label: string;
}

/** Least room between two labels, in px. */
const GAP_PX = 12;

/**
 * The marks of an axis so wide, whose labels never touch. Where bins divide decades: 1, 2 and 5 times
 * the powers of ten; where there is no room for all of them the powers alone, or every second, and so
 * on, or 2 or 5 times these where that leaves two marks. Else edges at round times, or evenly spread
 * ones, the first among them, where no two are. There are always two, so that the scale can be read; they may touch only on an axis that is
 * hardly wider than both.
 *
 * @param widthOf how wide a label is, in px
 */
export function binMarks(
  bins: BinEdges,
  widthPx: number,
  widthOf: (label: string) => number,
): BinMark[] {
  const pxPerBin = widthPx / (bins.edgesNs.length - 1);
  const fits = (marks: readonly BinMark[]) =>
    marks.every(({ value, label }, index) => {
      const next = marks[index + 1];
      if (next === undefined) return true;
      const widest = (widthOf(label) + widthOf(next.label)) / 2;
      return (next.value - value) * pxPerBin >= widest + GAP_PX;
    });
  let last: readonly BinMark[] = [];
  for (const marks of bins.isLogarithmic ? roundMarks(bins) : edgeMarks(bins)) {
    if (marks.length < 2) continue;
    if (fits(marks)) return [...marks];
    last = marks;
  }
  return [...last.slice(0, 1), ...last.slice(-1)];
}

/** A bin of task times in words: `1.20 ms to 1.40 ms`. */
export function binText(bins: BinEdges, bin: number): string {
  return `${edgeText(bins, bin)} to ${edgeText(bins, bin + 1)}`;
}

/** Ways to mark the edges, from the densest one on: those at round times, else evenly spread ones. */
function* edgeMarks(bins: BinEdges): Generator<BinMark[]> {
  const { edgesNs } = bins;
  const marks = edgesNs.map((_, edge) => ({ value: edge, label: edgeText(bins, edge) }));
  const [first = NaN, second = NaN] = edgesNs;
  const lengthNs = (edgesNs.at(-1) ?? NaN) - first;
  for (let power = 10 ** Math.floor(Math.log10(second - first)); power <= lengthNs; power *= 10) {
    for (const digit of ROUND_DIGITS) {
      yield marks.filter(({ value }) => isMultiple(edgesNs[value] ?? NaN, digit * power));
    }
  }
  for (let every = 1; every < marks.length; every += 1) yield everyNth(marks, every);
}

/** Ways to mark round times, from the densest one on. */
function* roundMarks(bins: BinEdges): Generator<BinMark[]> {
  const first = bins.edgesNs[0] ?? NaN;
  const last = bins.edgesNs.at(-1) ?? NaN;
  const decades: number[] = [];
  for (let power = Math.floor(Math.log10(first)); 10 ** power <= last; power += 1) {
    decades.push(10 ** power);
  }
  const marksOf = (digits: readonly number[]) =>
    decades
      .flatMap((decade) => digits.map((digit) => ({ decade, timeNs: digit * decade })))
      // Edges are powers of ten but for their rounding.
      .filter(({ timeNs }) => timeNs >= first * (1 - 1e-9) && timeNs <= last * (1 + 1e-9))
      .map(({ decade, timeNs }) => ({
        value: placeAmongBins(bins, timeNs),
        label: formatTime(timeNs, decade),
      }));
  yield marksOf(ROUND_DIGITS);
  for (let every = 1; every < decades.length; every += 1) {
    for (const digit of ROUND_DIGITS) yield everyNth(marksOf([digit]), every);
  }
  // No two marks of one digit have room; those that lie farthest apart may have.
  const all = marksOf(ROUND_DIGITS);
  yield [...all.slice(0, 1), ...all.slice(-1)];
}

function isMultiple(timeNs: number, stepNs: number): boolean {
  const steps = timeNs / stepNs;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}

function everyNth(marks: readonly BinMark[], every: number): BinMark[] {
  return marks.filter((_, index) => index % every === 0);
}

/** An edge of the bins, with as many digits as distinguish it from its neighbours, at least three. */
function edgeText({ edgesNs }: BinEdges, edge: number): string {
  const timeNs = edgesNs[edge] ?? NaN;
  const [before = NaN, after = NaN] = [edgesNs[edge - 1], edgesNs[edge + 1]];
  const widthNs = Math.min(
    ...[timeNs - before, after - timeNs].filter((width) => Number.isFinite(width)),
  );
  return widthNs < timeNs / 100 ? formatTime(timeNs, widthNs) : formatDuration(timeNs);
}
