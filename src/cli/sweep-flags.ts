import { Option } from 'commander';
import { parseLongTime } from '../base/long-times.js';
import { exactNumber } from '../base/exact-number.js';
import { shortened } from '../base/shortened.js';
import { describeList, readList } from '../experiment/parameter-lists.js';
import {
  defaultParameters,
  describeRange,
  PARAMETER_NAMES,
  SPECIFICATIONS,
  type ParameterName,
} from '../experiment/parameters.js';
import { cellsOf, problemsOf, SINGLE_VALUED, type Axes } from '../sweep/axes.js';
import { hasSpeedUps } from '../sweep/narrow-intervals.js';
import { WHOLE, type Shard, type SweepPlan } from '../sweep/plan.js';
import { PARTS_MAX } from '../sweep/saved-sweep.js';
import { isCutByRounds } from '../sweep/shards.js';
import { RefusedError } from './failures.js';
import { USUAL_THREADS, type FlagValues } from './flags.js';

/** How lists are written, for the end of the help. */
export const LIST_HELP = `
A list is ${describeList(SPECIFICATIONS.threads)};
for --threads also the cores that may be used: cores, 1..cores. Of what is chosen
by name it is ${describeList(SPECIFICATIONS.lock)}. Every combination is a cell; what has no effect
on it, such as threads on serial work, makes no further ones.`;

/** The flags of all parameters, each a list of values. */
export function axisOptions(usableCores: number): Option[] {
  const defaults = defaultParameters(usableCores);
  return PARAMETER_NAMES.map((name) => {
    const { flag, help } = SPECIFICATIONS[name];
    const value = SINGLE_VALUED.includes(name) ? 'value' : 'list';
    const usual = name === 'threads' ? USUAL_THREADS : defaults[name];
    const range = describeRange(SPECIFICATIONS[name]);
    return new Option(`${flag} <${value}>`, `${help}; ${range} (default: ${usual})`);
  });
}

/** The flags that say how far a sweep goes, and which part of it is measured. */
export function sweepOptions(): Option[] {
  return [
    new Option(
      '--budget <time>',
      'begin no round that would end later than this: 90s, 10min, 1h30m',
    ),
    new Option(
      '--until <percent>',
      'go on until the interval of every speed-up is at most that wide; --repeats are then the least',
    ),
    new Option('--dry-run', 'say what would be measured and about how long it takes, and end'),
    new Option('--list', 'write the cells as lines of JSON, and end'),
    new Option('--shard <part>', 'measure one part of several: 3/10, or auto in a Slurm job array'),
    new Option('--resume <file>', 'go on with a saved sweep; everything else is taken from it'),
    new Option('--beside', 'measure although another sweep is running on this machine'),
  ];
}

/**
 * The values of all parameters that the flags list.
 *
 * @throws RefusedError with a line for each list that cannot be read, or one that says what is too much
 */
export function axesFrom(values: FlagValues, usableCores: number): Axes {
  const defaults = defaultParameters(usableCores);
  const problems: string[] = [];
  const entries = PARAMETER_NAMES.map((name) => {
    const text = values[attributeOf(name)];
    if (typeof text !== 'string') return [name, [defaults[name]]] as const;
    const read = readList(name, text, usableCores);
    if (read.ok) return [name, read.values] as const;
    problems.push(`${read.problem} (${SPECIFICATIONS[name].flag})`);
    return [name, []] as const;
  });
  if (problems.length > 0) throw new RefusedError(problems);
  const axes = Object.fromEntries(entries) as unknown as Axes;
  const limits = problemsOf(axes);
  if (limits.length > 0) throw new RefusedError(limits);
  return axes;
}

/** Which parameters' flags were given. */
export function givenAxes(values: FlagValues): ParameterName[] {
  return PARAMETER_NAMES.filter((name) => values[attributeOf(name)] !== undefined);
}

function attributeOf(name: ParameterName): string {
  return new Option(`${SPECIFICATIONS[name].flag} <list>`).attributeName();
}

/**
 * The plan that the flags make.
 *
 * @throws RefusedError as of `axesFrom`, and where --until could never end
 */
export function planFrom(values: FlagValues, shard: Shard, usableCores: number): SweepPlan {
  const plan = { axes: axesFrom(values, usableCores), untilShare: untilFrom(values) };
  if (plan.untilShare === null) return plan;
  if (!hasSpeedUps(cellsOf(plan.axes))) {
    throw new RefusedError([
      'there is no speed-up to narrow; measure on one thread too, or serially (--until)',
    ]);
  }
  if (isCutByRounds(plan, shard)) {
    throw new RefusedError([
      `parts of ${shard.count} are cut by rounds, of which --until does not know the number; ` +
        'take fewer parts than there are curves (--shard)',
    ]);
  }
  return plan;
}

/** @throws RefusedError where it is no share */
function untilFrom({ until }: FlagValues): number | null {
  if (typeof until !== 'string') return null;
  const percent = exactNumber(until.replace(/\s*%$/, ''));
  if (percent !== null && percent > 0 && percent <= 100) return percent / 100;
  throw new RefusedError([
    `until is ${quoted(until)}; it takes per cent, more than 0 and at most 100 (--until)`,
  ]);
}

/** @throws RefusedError where it is no time */
export function budgetFrom({ budget }: FlagValues): number | null {
  if (typeof budget !== 'string') return null;
  const ns = parseLongTime(budget);
  if (ns !== null) return ns;
  throw new RefusedError([
    `budget is ${quoted(budget)}; it takes a time such as 90s, 10min or 1h30m (--budget)`,
  ]);
}

/**
 * The part that is to be measured. `auto` is the task of a Slurm job array.
 *
 * @throws RefusedError where there is no such part
 */
export function shardFrom(
  { shard }: FlagValues,
  environment: Readonly<Record<string, string | undefined>>,
): Shard {
  if (typeof shard !== 'string') return WHOLE;
  if (shard === 'auto') return slurmShard(environment);
  const [, index = NaN, count = NaN] = (/^(\d+)\/(\d+)$/.exec(shard) ?? []).map(Number);
  if (index >= 1 && index <= count && count <= PARTS_MAX) return { index, count };
  throw new RefusedError([
    `shard is ${quoted(shard)}; it takes a part from 1 on of a number of parts, such as 3/10, or auto (--shard)`,
  ]);
}

function slurmShard(environment: Readonly<Record<string, string | undefined>>): Shard {
  const [id, min, max, step] = ['ID', 'MIN', 'MAX', 'STEP'].map((name) => {
    const text = environment[`SLURM_ARRAY_TASK_${name}`] ?? (name === 'STEP' ? '1' : '');
    return exactNumber(text) ?? NaN;
  }) as [number, number, number, number];
  const index = (id - min) / step + 1;
  const count = Math.floor((max - min) / step) + 1;
  if (Number.isInteger(index) && index >= 1 && index <= count) return { index, count };
  throw new RefusedError([
    'shard is auto, and this is no task of a Slurm job array: SLURM_ARRAY_TASK_ID, _MIN and _MAX are not ' +
      'its numbers; give a part such as 3/10 (--shard)',
  ]);
}

function quoted(text: string): string {
  return `"${shortened(text, 40)}"`;
}
