import * as v from 'valibot';
import { Count } from '../base/schemas.js';
import { byKind } from '../recording/spans.js';
import type { RangeAnalysis } from './analyse.js';
import { VERDICT_BOUNDS, VERDICT_KINDS } from './verdict.js';

/** A figure that is not a number where there is nothing to work it out from. */
const FigureSchema = v.union([v.number(), v.nan()]);

const SpanFiguresSchema = v.object({
  count: Count,
  sumNs: v.number(),
  p50Ns: FigureSchema,
  p95Ns: FigureSchema,
  maxNs: FigureSchema,
});

const KindFiguresSchema = v.object({
  kinds: v.object(byKind(() => SpanFiguresSchema)),
  idleNs: v.number(),
});

const TASK_COUNTS = {
  counts: v.array(Count),
  count: Count,
  medianNs: v.number(),
  p95Ns: v.number(),
};

/** The shape of an analysis as it crosses from one process to another. */
export const RangeAnalysisSchema: v.GenericSchema<unknown, RangeAnalysis> = v.object({
  figures: v.object({
    range: v.object({ startNs: v.number(), endNs: v.number() }),
    all: KindFiguresSchema,
    lanes: v.array(KindFiguresSchema),
  }),
  verdict: v.object({
    kind: v.picklist(VERDICT_KINDS),
    lanes: Count,
    cores: v.number(),
    tasks: Count,
    handoffs: Count,
    lengthNs: v.number(),
    suspendedNs: v.number(),
    time: v.object({
      coreNs: v.number(),
      crowdedNs: v.number(),
      queuedNs: v.number(),
      sleepNs: v.number(),
      waitNs: v.number(),
      lockNs: v.number(),
      startNs: v.number(),
      tailNs: v.number(),
      heldUpNs: v.number(),
      overheadNs: v.number(),
    }),
    bound: v.object({ leastNs: v.number(), by: v.picklist(VERDICT_BOUNDS) }),
    isBound: v.boolean(),
    used: v.number(),
    gain: v.number(),
  }),
  histogram: v.nullable(
    v.object({
      ...TASK_COUNTS,
      edgesNs: v.array(v.number()),
      isLogarithmic: v.boolean(),
      baseline: v.nullable(v.object(TASK_COUNTS)),
    }),
  ),
});
