/** The wall times at one number of threads, in ns, in the order of the rounds. */
export interface TimedPoint {
  readonly threads: number;
  readonly wallsNs: readonly number[];
}

/** A sum of squared errors and its degrees of freedom. */
export interface Squares {
  readonly sum: number;
  readonly freedom: number;
}

/** What a fit needs of all times: the means of their logarithms, and how they vary about these. */
export interface Observations {
  readonly threads: readonly number[];
  readonly meanLogs: readonly number[];
  readonly counts: readonly number[];
  /** How the repeats of a point vary among themselves. */
  readonly repeats: Squares;
}

/**
 * Sums up wall times. Where every point has a time of every round, what befell a whole round cancels
 * out: only what is left, when the round's and the point's means are taken away, is an error.
 */
export function observe(points: readonly TimedPoint[]): Observations {
  const logs = points.map(({ wallsNs }) => wallsNs.map(Math.log));
  const meanLogs = logs.map(mean);
  const counts = logs.map(({ length }) => length);
  return {
    threads: points.map(({ threads }) => threads),
    meanLogs,
    counts,
    repeats: withinRounds(logs, meanLogs) ?? withinPoints(logs, meanLogs),
  };
}

/** Errors about the means of points and rounds (a two-way layout); null where rounds are not whole. */
function withinRounds(
  logs: readonly (readonly number[])[],
  means: readonly number[],
): Squares | null {
  const rounds = logs[0]?.length ?? 0;
  if (!logs.every(({ length }) => length === rounds)) return null;
  const whole = mean(means);
  let sum = 0;
  for (let round = 0; round < rounds; round += 1) {
    const errors = logs.map((point, index) => (point[round] ?? NaN) - (means[index] ?? NaN));
    const shift = mean(logs.map((point) => point[round] ?? NaN)) - whole;
    sum += total(errors.map((error) => (error - shift) ** 2));
  }
  return { sum, freedom: (rounds - 1) * (logs.length - 1) };
}

/** Errors about the means of points alone. */
function withinPoints(logs: readonly (readonly number[])[], means: readonly number[]): Squares {
  const squares = logs.flatMap((point, index) =>
    point.map((log) => (log - (means[index] ?? NaN)) ** 2),
  );
  return { sum: total(squares), freedom: squares.length - logs.length };
}

function mean(values: readonly number[]): number {
  return total(values) / values.length;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
