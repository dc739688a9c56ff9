import type { Command } from 'commander';
import { openSweep } from '../storage/recording-file.js';
import { estimateOf } from '../sweep/estimate.js';
import { warmupOf, type Portion } from '../sweep/plan.js';
import { portionOf } from '../sweep/shards.js';
import { Exports, sweepExportOptions } from './exports.js';
import { RefusedError } from './failures.js';
import type { FlagValues } from './flags.js';
import { measureSweep, type AskedSweep, type MeasureContext } from './measure-sweep.js';
import { writeToStream } from './standard-streams.js';
import {
  axisOptions,
  budgetFrom,
  givenAxes,
  LIST_HELP,
  planFrom,
  shardFrom,
  sweepOptions,
} from './sweep-flags.js';
import { planText } from './sweep-text.js';
import { SPECIFICATIONS } from '../experiment/parameters.js';

/** What `sweep` needs from outside. */
export interface SweepContext extends MeasureContext {
  readonly usableCores: number;
}

/** Adds `sweep`, which measures every combination of lists of parameters. */
export function addSweepCommand(program: Command, context: SweepContext): void {
  const command = program
    .command('sweep')
    .description('measure every combination of lists of parameters, in rounds in random order')
    .addHelpText('after', LIST_HELP)
    .action((values: FlagValues) => sweep(values, context));
  const options = [...axisOptions(context.usableCores), ...sweepOptions()];
  for (const option of [...options, ...sweepExportOptions()]) command.addOption(option);
}

async function sweep(values: FlagValues, context: SweepContext): Promise<void> {
  const { signal, usableCores } = context;
  const budgetNs = budgetFrom(values);
  const { resume } = values;
  const asked =
    typeof resume === 'string' ? await resumed(resume, values) : begun(values, usableCores);
  const { plan, portion } = asked;
  const estimate = planText(plan, portion, estimateOf(portion, warmupOf(plan.axes), usableCores));
  if (values['list'] === true) {
    await writeToStream('standard output', cellLines(portion), signal);
  } else if (values['dryRun'] === true) {
    await writeToStream('standard output', [estimate], signal);
  } else {
    const save = values['save'] ?? resume;
    const exports = await Exports.prepare(save === undefined ? values : { ...values, save });
    const isBeside = values['beside'] === true;
    await measureSweep(asked, { budgetNs, exports, isBeside, estimate }, context);
  }
}

/** A sweep that the flags describe. */
function begun(values: FlagValues, usableCores: number): AskedSweep {
  const shard = shardFrom(values, process.env);
  const plan = planFrom(values, shard, usableCores);
  const portion = portionOf(plan, shard);
  return { plan, shard, portion, done: [], created: new Date().toISOString() };
}

/** Flags that a sweep out of a file has had already. */
const OF_THE_FILE = ['until', 'shard'] as const;

/**
 * A sweep that a file holds, to go on with.
 *
 * @throws RefusedError where flags say what the file says; ArchiveError or another where it cannot go on
 */
async function resumed(path: string, values: FlagValues): Promise<AskedSweep> {
  const given = [
    ...givenAxes(values).map((name) => SPECIFICATIONS[name].flag),
    ...OF_THE_FILE.filter((name) => values[name] !== undefined).map((name) => `--${name}`),
  ];
  if (given.length > 0) {
    throw new RefusedError([
      `--resume takes everything from its file; leave out ${given.join(', ')}`,
    ]);
  }
  const { recordings, sweep, created } = await openSweep(path);
  const [shard, second] = sweep.parts;
  if (shard === undefined || second !== undefined) {
    throw new Error(
      `cannot go on with ${path}: it was merged from ${sweep.parts.length} parts; go on with each of them`,
    );
  }
  const portion = portionOf(sweep.plan, shard);
  const [first] = recordings;
  const isWhole = portion.cells.every(
    ({ cell }, index) =>
      recordings[index]?.number === cell &&
      recordings[index].repeats.length === first?.repeats.length,
  );
  if (first !== undefined && !isWhole) {
    throw new Error(`cannot go on with ${path}: it does not hold the same rounds of all its cells`);
  }
  return { plan: sweep.plan, shard, portion, done: recordings, created };
}

/** The cells as lines of JSON, each with the repeats that it has. */
function* cellLines({ cells, rounds }: Portion): Generator<string> {
  for (const { cell, parameters } of cells) {
    yield `${JSON.stringify({ cell, ...parameters, repeats: rounds.length })}\n`;
  }
}
