import type { Machine } from '../src/recording/machine.js';
import { formatBytes } from '../src/base/units.js';
import { coresNote, markdownTable } from './markdown.js';
import type { WholeCoresTally } from './measure/whole-cores.js';
import type { Findings } from './section.js';
import type { SectionName } from './sections/index.js';

/** The name and version of the bench's figures. */
const BENCH_SCHEMA = 'gilscope.bench/1';

/** Where and how the figures came about. */
export interface Circumstances {
  /** As in ISO 8601. */
  readonly date: string;
  readonly machine: Machine;
  /** Processes that wanted to run, mean of the minute before the bench. */
  readonly loadBefore: number;
  readonly quick: boolean;
}

/** A section's findings under its name and title. */
export interface NamedFindings extends Findings {
  readonly name: SectionName;
  readonly title: string;
  readonly cores: WholeCoresTally;
}

/** More processes than this wanted to run before the bench: something else was going on. */
const IDLE_LOAD = 0.5;

/** All figures as JSON. */
export function jsonReport(circumstances: Circumstances, found: readonly NamedFindings[]): string {
  const sections = Object.fromEntries(
    found.map(({ name, figures, cores }) => [name, { ...figures, cores }]),
  );
  return `${JSON.stringify({ schema: BENCH_SCHEMA, ...circumstances, sections }, null, 2)}\n`;
}

/** What heads the tables in Markdown: the machine, the date, and what to bear in mind. */
export function markdownHead({ date, machine, loadBefore, quick }: Circumstances): string {
  const { cpu, logicalCores, memoryBytes, os, runtime, kernel } = machine;
  const lines = [
    `${date.slice(0, 10)}, ${cpu}, ${logicalCores} logical cores, ${formatBytes(memoryBytes)}, ` +
      `${os}, ${runtime}, kernel with ${kernel}.`,
  ];
  if (quick) lines.push('Measured with `--quick`: these are not figures to keep.');
  if (loadBefore > IDLE_LOAD) {
    lines.push(`The machine was busy before: a load of ${loadBefore.toFixed(1)}.`);
  }
  return `${lines.join('\n')}\n`;
}

/** A section's tables and notes in Markdown. */
export function markdownSection({ title, tables, notes, cores }: NamedFindings): string {
  const blocks = [`### ${title}`, ...tables.map(markdownTable)];
  const lines = [...notes, ...coresNote('measurements, pair by pair or round by round', cores)];
  if (lines.length > 0) blocks.push(lines.join('\n'));
  return `${blocks.join('\n\n')}\n`;
}
