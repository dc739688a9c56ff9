import { formatDuration, formatRatio, formatShare } from '../base/units.js';
import type { BesideRow } from './python-rows.js';
import { KEEPS_LOCK_UP_TO } from './numpy-lock.js';
import type { Parameters } from './parameters.js';
import type { PythonMeasurements } from './python-measurements.js';
import type { OwnVariant, PythonVariant } from './python-variants.js';

/** Speed-ups that differ by less agree. */
const AGREES = 0.1;

/** Slicing that takes this many times as long costs something. */
const COSTLY = 1.1;

/** Shares of an iteration that differ by more explain other speed-ups. */
const OTHER_SHARE = 0.05;

/** Says what a comparison with a Python means, a sentence each. */
export function pythonConclusion(
  rows: readonly BesideRow[],
  { about, interpreterUs }: PythonMeasurements,
  { size }: Parameters,
): string[] {
  const row = (variant: OwnVariant | PythonVariant) =>
    rows.find((candidate) => candidate.variant === variant);
  const sentences = [
    numbaSentence(row),
    slicingSentence(row('numba-serial'), row('numba-serial-sliced')),
    agreementSentence(
      { name: 'NumPy’s pool', pool: row('numpy-pool'), serial: row('numpy-serial') },
      { pool: row('released'), serial: row('serialReleased') },
      // Smaller products have the lock too, so that all of an iteration does.
      size > KEEPS_LOCK_UP_TO ? interpreterUs : null,
    ),
    agreementSentence(
      { name: 'Plain Python’s pool', pool: row('python-pool'), serial: row('python-serial') },
      { pool: row('switching'), serial: row('serialPlain') },
      null,
    ),
    gilSentence(about),
  ];
  return sentences.filter((sentence) => sentence !== null);
}

type RowOf = (variant: PythonVariant) => BesideRow | undefined;

function numbaSentence(row: RowOf): string | null {
  const [prange, free, held] = [row('numba-prange'), row('numba-pool'), row('numba-pool-gil')];
  if (prange === undefined || free === undefined || held === undefined) return null;
  return (
    `In Numba prange is ${formatRatio(prange.speedup)} as fast as serial, and a thread pool ` +
    `${formatRatio(free.speedup)} without the lock and ${formatRatio(held.speedup)} with it.`
  );
}

/** Numba copies what it does not know to be contiguous before each product. */
function slicingSentence(
  contiguous: BesideRow | undefined,
  sliced: BesideRow | undefined,
): string | null {
  if (contiguous === undefined || sliced === undefined) return null;
  const times = sliced.wallNs.median / contiguous.wallNs.median;
  return times > COSTLY
    ? `Sliced as in the post, h[i, :, :], a matrix takes ${formatRatio(times)} as long: Numba copies it for each product; h[i] is not copied.`
    : `Slicing as in the post, h[i, :, :], costs little here: ${formatRatio(times)} the time of h[i].`;
}

/** A pool and what its speed-up is over. */
interface Pair {
  readonly pool: BesideRow | undefined;
  readonly serial: BesideRow | undefined;
}

/** Says whether the threads gain alike in a Python and under the lock that is like its own; where not, why. */
function agreementSentence(
  { name, pool: theirs, serial: theirSerial }: Pair & { readonly name: string },
  { pool: ours, serial: ourSerial }: Pair,
  interpreterUs: number | null,
): string | null {
  if (theirs === undefined || theirSerial === undefined) return null;
  if (ours === undefined || ourSerial === undefined) return null;
  const apart = Math.abs(ours.speedup / theirs.speedup - 1);
  const both = `${name} is ${formatRatio(theirs.speedup)} as fast as serial, Gilscope’s ${formatRatio(ours.speedup)}`;
  if (apart <= AGREES) return `${both}: they agree to ${formatShare(apart)}.`;
  return `${both}: ${formatShare(apart)} apart. ${reasonOf(theirs, theirSerial, ours, ourSerial, interpreterUs)}`;
}

function reasonOf(
  theirs: BesideRow,
  theirSerial: BesideRow,
  ours: BesideRow,
  ourSerial: BesideRow,
  interpreterUs: number | null,
): string {
  if (isOverlapping(theirs, ours)) {
    return 'Their intervals overlap: repeat more often, or on a quieter machine.';
  }
  const [theirNs, ourNs] = [theirSerial.iterationNs, ourSerial.iterationNs];
  if (interpreterUs !== null && theirNs !== null && ourNs !== null) {
    const [theirShare, ourShare] = [theirNs, ourNs].map((ns) => (1000 * interpreterUs) / ns);
    if (Math.abs((theirShare ?? 0) - (ourShare ?? 0)) > OTHER_SHARE) {
      return (
        `An iteration takes ${formatDuration(theirNs)} there and ${formatDuration(ourNs)} here, as the products differ; ` +
        `so the interpreter, which needs the lock, has ${shareText(theirShare)} of it there and ${shareText(ourShare)} here.`
      );
    }
  }
  return 'Work and lock are alike; what is left is what a hand-over of the lock costs either side.';
}

/** No more than all: the interpreter's time was measured apart. */
function shareText(share = 0): string {
  return formatShare(Math.min(1, share));
}

function isOverlapping(one: BesideRow, other: BesideRow): boolean {
  const [low, high] = one.speedupCi95 ?? [one.speedup, one.speedup];
  const [otherLow, otherHigh] = other.speedupCi95 ?? [other.speedup, other.speedup];
  return low <= otherHigh && otherLow <= high;
}

function gilSentence({ isFreeThreaded, hasGil }: PythonMeasurements['about']): string | null {
  if (!isFreeThreaded) return null;
  return hasGil
    ? 'This Python was built without a GIL, which one of its packages has enabled again.'
    : 'This Python has no GIL: nogil=False and plain Python run on all cores there.';
}
