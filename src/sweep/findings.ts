import * as v from 'valibot';
import { Count, type Checked } from '../base/schemas.js';
import { LOSSES } from './lost-efficiency.js';
import { ShownFiguresSchema } from './shown-figures.js';

/** What a sweep found as charts and sentences: small, whatever was measured, and checked where it comes from. */

const Interval = v.nullable(v.tuple([v.number(), v.number()]));
const Threads = v.pipe(v.number(), v.minValue(1));
const Line = v.object({ threads: Threads, speedUp: v.number() });
const Cores = v.nullable(v.number());

const SpeedUpPointSchema = v.object({
  cell: Count,
  threads: Threads,
  speedUp: v.number(),
  /** Its whisker: the 95 % interval, or the range of few repeats; null of fewer than three. */
  ci95: Interval,
  /** Why no law is fitted to it, so that it is drawn hollow; null where one is. */
  leftOut: v.nullable(v.string()),
});

const BandPointSchema = v.object({ ...Line.entries, ci95: Interval });

const CurveSeriesSchema = v.object({
  label: v.string(),
  points: v.array(SpeedUpPointSchema),
  /** The fitted law; empty where there is none. */
  law: v.array(BandPointSchema),
  /** What its number of tasks allows at most, whatever the lock. */
  taskBound: v.array(Line),
});

const CurvePanelSchema = v.object({ title: v.string(), series: v.array(CurveSeriesSchema) });

const CurvePanelsSchema = v.object({
  panels: v.array(CurvePanelSchema),
  /** The ends of both axes, of all charts. */
  mostThreads: Threads,
  mostSpeedUp: v.number(),
  /** Numbers of threads at which a line stands: the cores that may be used, and those that are no SMT siblings. */
  cores: Cores,
  physicalCores: Cores,
});

const EfficiencyGroupSchema = v.object({
  label: v.string(),
  bars: v.array(
    v.object({
      cell: Count,
      label: v.string(),
      left: v.number(),
      lost: v.object(v.entriesFromList(LOSSES, v.number())),
    }),
  ),
});

const findings = v.object({
  /** Whole rounds that were measured. */
  rounds: Count,
  /** In the order of the cells. */
  cells: v.array(ShownFiguresSchema),
  curves: CurvePanelsSchema,
  losses: v.array(EfficiencyGroupSchema),
  /** What there is to say of each curve, or of several; the place is empty where there is one curve. */
  says: v.array(
    v.object({
      place: v.string(),
      /** What follows from it, a sentence each. */
      advice: v.array(v.string()),
      /** Which law it follows; null where that is of no single curve. */
      law: v.nullable(v.string()),
    }),
  ),
  /** What to know before trusting it, a line each. */
  warnings: v.array(v.string()),
  /** The machines that it was measured on, a line each. */
  machines: v.array(v.string()),
});

/** A measured point of a curve of speed-ups. */
export type SpeedUpPoint = Checked<typeof SpeedUpPointSchema>;
/** A speed-up that a law or a bound has on so many threads. */
export type LinePoint = Checked<typeof Line>;
/** What a law foretells, with the band that holds it in 95 % of sweeps; null where it is not known. */
export type BandPoint = Checked<typeof BandPointSchema>;
/** A curve as a chart draws it. */
export type CurveSeries = Checked<typeof CurveSeriesSchema>;
/** Curves that share a chart. */
export type CurvePanel = Checked<typeof CurvePanelSchema>;
/** The curves of a sweep as small charts on one scale. */
export type CurvePanels = Checked<typeof CurvePanelsSchema>;
/** The stacked bars of one curve, by threads: what is left of each cell's efficiency, and what is lost to what. */
export type EfficiencyGroup = Checked<typeof EfficiencyGroupSchema>;
/** What there is to say of a curve, or of several. */
export type Saying = SweepFindings['says'][number];
/** What a sweep found, as a window shows it. */
export type SweepFindings = Checked<typeof findings>;

/** Checks what a sweep found that comes from another process. */
export const SweepFindingsSchema: v.GenericSchema<unknown, SweepFindings> = findings;

/** Returns as many threads as speed-up: what lanes that lose nothing would reach. */
export function idealLine({ mostThreads, mostSpeedUp }: CurvePanels): LinePoint[] {
  const end = Math.min(mostThreads, Math.max(mostSpeedUp, 1));
  return [
    { threads: 1, speedUp: 1 },
    { threads: end, speedUp: end },
  ];
}
