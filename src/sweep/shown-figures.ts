import * as v from 'valibot';
import { Count, type Checked } from '../base/schemas.js';
import type { SweepRow } from './sweep.js';

const Interval = v.nullable(v.tuple([v.number(), v.number()]));

export const ShownFiguresSchema = v.object({
  cell: v.pipe(Count, v.minValue(1)),
  /** The place of its machine in the sweep's, from 0. */
  machine: Count,
  repeats: Count,
  medianNs: v.number(),
  /** An interval of the wall time, as `Summary` has it. */
  ci95: Interval,
  /** Waiting for the lock as a share of all lanes' wall time. */
  waitShare: v.number(),
  speedup: v.nullable(v.number()),
  speedupCi95: Interval,
  efficiency: v.nullable(v.number()),
});

/** What maps, curves and the window's table show of a measured cell. */
export type ShownFigures = Checked<typeof ShownFiguresSchema>;

/** Returns of a cell what is shown. */
export function shownFigures({
  cell,
  machine,
  overview,
  speedup,
  speedupCi95,
  efficiency,
}: SweepRow): ShownFigures {
  const { wallNs, waitShare } = overview.summary;
  return {
    ...{ cell, machine, repeats: overview.repeats.length },
    ...{ medianNs: wallNs.median, ci95: wallNs.ci95, waitShare },
    ...{ speedup, speedupCi95, efficiency },
  };
}
