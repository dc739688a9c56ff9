import * as v from 'valibot';
import { ContentError } from '../base/content-error.js';
import { shortened } from '../base/shortened.js';
import type { Description, TaskFacts, UncheckedRecording } from '../recording/recording.js';
import { ParametersSchema, type Parameters } from './parameters.js';
import { laneCount } from './plan.js';
import {
  recordingOf,
  type ExperimentRecording,
  type ExperimentRepeat,
  type MeasuredCosts,
} from './recording.js';
import { TASK_STATE, type TaskResults } from './task-table.js';

const Cost = v.pipe(v.number(), v.minValue(0));

/** What work and lock cost, as a file has it. */
const CostsSchema = v.object({
  iterationNs: v.nullable(Cost),
  holdNs: Cost,
  handOverNs: Cost,
}) satisfies v.GenericSchema<unknown, MeasuredCosts>;

/** What an experiment's source says in a file. */
const SavedExperimentSchema = v.object({
  kind: v.literal('experiment'),
  parameters: ParametersSchema,
  costs: CostsSchema,
});

/**
 * Makes an experiment's recording of one out of a file.
 *
 * @throws ContentError where its parameters are not valid, or its lanes and tasks are not theirs
 */
export function experimentFrom(read: UncheckedRecording): ExperimentRecording {
  const checked = v.safeParse(SavedExperimentSchema, read.source);
  if (!checked.success) throw new ContentError(shortened(checked.issues[0].message, 200));
  const { parameters, costs } = checked.output;
  const { tasks } = read;
  checkShape(parameters, read);
  if (tasks === null) throw new ContentError('an experiment has tasks');
  return recordingOf(read.number, {
    parameters,
    machine: read.machine,
    repeats: read.repeats.map(withTimings),
    results: resultsOf(tasks),
    costs,
  });
}

/** @throws ContentError where lanes or tasks are not those of the parameters */
export function checkShape(
  parameters: Parameters,
  {
    description,
    tasks,
  }: {
    readonly description: Pick<Description, 'lanes'>;
    readonly tasks: Pick<TaskFacts, 'count'> | null;
  },
): void {
  if (tasks?.count !== parameters.matrices || description.lanes.length !== laneCount(parameters)) {
    throw new ContentError('its tasks or lanes are not those of its parameters');
  }
}

/**
 * Returns what work and lock cost, as a file says it.
 *
 * @throws ContentError where it does not
 */
export function costsFrom(source: UncheckedRecording['source']): MeasuredCosts {
  const checked = v.safeParse(CostsSchema, source['costs']);
  if (!checked.success) throw new ContentError(shortened(checked.issues[0].message, 200));
  return checked.output;
}

function withTimings(repeat: UncheckedRecording['repeats'][number]): ExperimentRepeat {
  const { timings } = repeat;
  if (timings === null) throw new ContentError('a repeat has no times of tasks');
  return { ...repeat, timings };
}

/**
 * Returns the results among the columns of a file.
 *
 * @throws ContentError where one is missing
 */
export function resultsOf({ results, more }: TaskFacts): TaskResults {
  const column = (name: string) => {
    const found = results[name] ?? more[name];
    if (found === undefined) throw new ContentError(`tasks.arrow has no column ${name}`);
    return found.values;
  };
  return {
    eigenvalue: column('eigenvalue') as Float64Array<ArrayBuffer>,
    rayleigh: column('rayleigh') as Float64Array<ArrayBuffer>,
    residual: column('residual') as Float64Array<ArrayBuffer>,
    iterations: column('iterations') as Int32Array<ArrayBuffer>,
    state: Int32Array.from(column('converged'), (flag) =>
      flag === 1 ? TASK_STATE.converged : TASK_STATE.capped,
    ),
  };
}
