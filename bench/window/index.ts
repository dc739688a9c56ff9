import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { formatNumber } from '../../src/base/units.js';
import { chosen } from '../chosen.js';
import { coresNote, markdownTable } from '../markdown.js';
import { loadLimits } from '../limits.js';
import { spreadOf } from '../measure/ratios.js';
import {
  anyCores,
  WholeCores,
  type TimeBudget,
  type WholeCoresTally,
} from '../measure/whole-cores.js';
import { openReadRates } from '../threads/read-rates.js';
import { measureCost } from './cost.js';
import { spreadFigures, type Figures } from './figures.js';
import { measureSweepMap } from './sweep-map.js';
import { measureFirstSpan, measureKept, measureLive } from './measure.js';

/** What is asked of a figure. */
interface Goal {
  readonly label: string;
  /** The bound, from above or from below; none where the figure is only told. */
  readonly most?: number;
  readonly least?: number;
}

interface Section {
  readonly title: string;
  readonly goals: Readonly<Record<string, Goal>>;
  measure(this: void, cores: WholeCores): Promise<Figures>;
}

/** Cores that are whole where a frame's script is measured: the page's, and one for the others. */
const CORES = 2;
/** How long to wait for that. */
const PATIENCE: TimeBudget = { inAllMs: 240_000, atOnceMs: 60_000 };

const MOVING: Readonly<Record<string, Goal>> = {
  panScriptP95Ms: { label: 'pan: script of a frame, 95th percentile, ms', most: 8 },
  panScriptCpuP95Ms: { label: 'pan: the same while it had a core, 95th percentile, ms' },
  panBusyP95Ms: { label: 'pan: whole page thread of a frame, 95th percentile, ms' },
  zoomScriptP95Ms: { label: 'zoom: script of a frame, 95th percentile, ms', most: 8 },
  zoomScriptCpuP95Ms: { label: 'zoom: the same while it had a core, 95th percentile, ms' },
  zoomBusyP95Ms: { label: 'zoom: whole page thread of a frame, 95th percentile, ms' },
};

function costGoals(name: string): Readonly<Record<string, Goal>> {
  const ofCores = '% of all cores’ time';
  return {
    [name]: { label: 'wall time in the window over the command line’s, in turn', most: 1.02 },
    [`${name}Process`]: { label: 'of that the process: without a window over the command line' },
    [`${name}Window`]: { label: 'of that the window: with it over without' },
    [`${name}Delay`]: {
      label: 'lanes kept waiting for a core, over that without a window, % of their time',
      most: 2,
    },
    [`${name}Page`]: { label: `the page’s process, ${ofCores}` },
    [`${name}Compositor`]: { label: `the process that puts the window together, ${ofCores}` },
    [`${name}MainThread`]: { label: `the main process’s own thread, ${ofCores}` },
    [`${name}BareThread`]: { label: `the same without a window, ${ofCores}` },
  };
}

const SECTIONS = {
  kept: {
    title: '1,000,000 spans on 10 lanes',
    goals: {
      openMs: { label: 'asked for to all drawn, ms', most: 1000 },
      openLongestFrameMs: { label: 'longest time without a frame meanwhile, ms' },
      bytesPerSpan: { label: 'memory of the page, bytes a span', most: 64 },
      // A display of 60 frames a second is never met to the frame.
      panFps: { label: 'pan: frames a second', least: 58 },
      zoomFps: { label: 'zoom: frames a second', least: 58 },
      ...MOVING,
    },
    measure: ({ all }) => measureKept(1_000_000, all),
  },
  large: {
    title: '10,000,000 spans on 10 lanes',
    goals: {
      openMs: { label: 'asked for to all drawn, ms' },
      openLongestFrameMs: { label: 'longest time without a frame meanwhile, ms' },
      bytesPerSpan: { label: 'memory of the page, bytes a span', most: 64 },
      panFps: { label: 'pan: frames a second', least: 30 },
      zoomFps: { label: 'zoom: frames a second', least: 30 },
    },
    measure: () => measureKept(10_000_000, anyCores),
  },
  live: {
    title: '10 s of live streaming on 10 lanes, cores free',
    goals: {
      spansPerSecond: { label: 'spans a second', least: 190_000 },
      dropped: { label: 'spans dropped', most: 0 },
      fps: { label: 'frames a second of the window', least: 50 },
      repaintsPerSecond: { label: 'times a second that new spans are drawn' },
      behindMedianMs: { label: 'end of a span to drawn, just before each drawing, median, ms' },
      behindP95Ms: { label: 'the same, 95th percentile, ms', most: 100 },
      behindMaxMs: { label: 'the same, greatest, ms' },
    },
    measure: () => measureLive(10),
  },
  first: {
    title: 'Click on Run to first span drawn, 100 matrices of 64',
    goals: { firstMs: { label: 'ms', most: 150 } },
    measure: async () => spreadFigures('firstMs', spreadOf(await measureFirstSpan(7))),
  },
  map: {
    title: 'Map of a sweep of 64 × 64 cells',
    goals: {
      mapScriptMs: { label: 'repaint: script of the frame, median, ms' },
      mapScriptP95Ms: { label: 'repaint: the same, 95th percentile, ms', most: 16 },
    },
    measure: measureSweepMap,
  },
  cost: {
    title: 'What the window costs a run, with a lane on every core',
    goals: costGoals('busy'),
    measure: () => measureCost('busy', 5, 'dynamic'),
  },
  free: {
    title: 'What the window costs a run, with a core to draw on',
    goals: costGoals('free'),
    measure: () => measureCost('free', 5, 'serial'),
  },
} as const satisfies Readonly<Record<string, Section>>;

const SECTION_NAMES = Object.keys(SECTIONS) as readonly (keyof typeof SECTIONS)[];

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    markdown: { type: 'string' },
  },
});
const names = chosen('--only', values.only, SECTION_NAMES);
await using readRates = openReadRates(
  CORES,
  new URL('./read-rate.js', import.meta.url),
  await loadLimits(new URL('../', import.meta.url), 'SIMD'),
);
const cores = new WholeCores(readRates, PATIENCE);
const found: Record<string, Figures> = {};
const texts: string[] = [];
for (const name of names) {
  const section: Section = SECTIONS[name];
  process.stderr.write(`Measuring ${name}.\n`);
  const figures = await section.measure(cores);
  const tally = cores.takeTally();
  found[name] = { ...figures, ...tallyFigures(tally) };
  const blocks = [`### ${section.title}`, tableOf(section, figures)];
  const text = `${[...blocks, ...coresNote('traces of a moving view', tally)].join('\n\n')}\n`;
  texts.push(text);
  process.stdout.write(`${text}\n`);
}
const results = fileURLToPath(new URL('./results.json', import.meta.url));
const report = {
  schema: 'gilscope.bench-window/1',
  date: new Date().toISOString(),
  sections: found,
};
await writeFile(values.json ?? results, `${JSON.stringify(report, null, 2)}\n`);
if (values.markdown !== undefined) await writeFile(values.markdown, texts.join('\n'));

/** How traces came about, as figures; none where nothing was traced on whole cores. */
function tallyFigures({ whole, shared, discarded, mostRate }: WholeCoresTally): Figures {
  if (whole + shared === 0) return {};
  return {
    tracesOnWholeCores: whole,
    tracesOnSharedCores: shared,
    tracesDiscarded: discarded,
    mostGigabytesPerSecond: mostRate,
  };
}

/** Each figure with what is asked of it, and whether it is so. */
function tableOf({ goals }: Section, figures: Figures): string {
  const rows = Object.entries(goals).map(([name, goal]) => {
    const value = figures[name] ?? NaN;
    const min = figures[`${name}Min`];
    const max = figures[`${name}Max`];
    const spread =
      min === undefined || max === undefined ? '' : ` (${formatNumber(min)}–${formatNumber(max)})`;
    return [goal.label, `${formatNumber(value)}${spread}`, goalText(goal), verdict(goal, value)];
  });
  return markdownTable({ headings: ['', 'measured', 'goal', ''], rows });
}

function goalText({ most, least }: Goal): string {
  if (most !== undefined) return `at most ${most}`;
  return least === undefined ? '' : `at least ${least}`;
}

function verdict({ most, least }: Goal, value: number): string {
  if (most === undefined && least === undefined) return '';
  return value <= (most ?? Infinity) && value >= (least ?? -Infinity) ? 'met' : 'missed';
}
