import type { Machine } from '../recording/machine.js';
import {
  laneName,
  type Description,
  type Recording,
  type Repeat,
  type Source,
  type TaskFacts,
  type TaskTimings,
} from '../recording/recording.js';
import { configurationLabel, workLine } from './labels.js';
import { LOCK_MODES, type Parameters } from './parameters.js';
import { laneCount } from './plan.js';
import { TASK_STATE, type TaskResults } from './task-table.js';

/** What an experiment alone knows of its recording. */
export interface Experiment extends Source {
  readonly kind: 'experiment';
  readonly parameters: Parameters;
  /** What each task computed; the same in every repeat. */
  readonly results: TaskResults;
  /** What its work and its lock cost, measured before the first repeat. */
  readonly costs: MeasuredCosts;
}

/** What work and lock cost in the process that made a run, measured on its lanes (calibration.ts). */
export interface MeasuredCosts {
  /**
   * The shortest time that an iteration of such matrices took in this process, on a lane that had no
   * lock and a core to itself; null where nothing iterates or none was measured.
   */
  readonly iterationNs: number | null;
  /** What a hold costs a lane that had the lock last: taking it, giving it up, recording it. */
  readonly holdNs: number;
  /** What a hold costs a lane that takes the lock over from another while that goes on computing. */
  readonly handOverNs: number;
}

/** A repeat of an experiment, which always has tasks. */
export type ExperimentRepeat = Repeat & { readonly timings: TaskTimings };

/**
 * The recording of a run: what the engine keeps of it. The report, the CSV files and the window's
 * overview are worked out from it; it never leaves the process that ran it. It has fewer repeats than
 * were asked for where the run was stopped.
 */
export interface ExperimentRecording extends Recording<Experiment> {
  readonly repeats: readonly ExperimentRepeat[];
  readonly tasks: TaskFacts;
}

/** Whether a recording is of an experiment. */
export function isExperiment(recording: Recording): recording is ExperimentRecording {
  return recording.source.kind === 'experiment';
}

/** What a run leaves. */
export interface RunYield {
  readonly parameters: Parameters;
  readonly machine: Machine;
  readonly repeats: readonly ExperimentRepeat[];
  readonly results: TaskResults;
  readonly costs: MeasuredCosts;
}

/** Makes the recording of a run under a number. */
export function recordingOf(number: number, run: RunYield): ExperimentRecording {
  const { parameters, machine, repeats, results, costs } = run;
  return {
    number,
    description: describe(parameters),
    machine,
    repeats,
    tasks: taskFacts(parameters, results),
    labels: null,
    source: { kind: 'experiment', parameters, results, costs },
  };
}

/** What a run of these parameters says of itself. */
export function describe(parameters: Parameters): Description {
  return {
    title: configurationLabel(parameters),
    subtitle: workLine(parameters),
    label: `${parameters.scheduler}/${parameters.lock}`,
    lanes: Array.from({ length: laneCount(parameters) }, (_, lane) => laneName(lane)),
    locks: LOCK_MODES[parameters.lock].locks,
  };
}

function taskFacts(parameters: Parameters, results: TaskResults): TaskFacts {
  const { matrices, size, scheduler, lock, seed } = parameters;
  const converged = Uint8Array.from(results.state, (state) =>
    state === TASK_STATE.converged ? 1 : 0,
  );
  return {
    count: matrices,
    shared: { matrices, size, threads: laneCount(parameters), scheduler, lock, seed },
    results: {
      iterations: { type: 'integer', values: results.iterations },
      converged: { type: 'flag', values: converged },
      eigenvalue: { type: 'number', values: results.eigenvalue },
      rayleigh: { type: 'number', values: results.rayleigh },
    },
    more: { residual: { type: 'number', values: results.residual } },
  };
}
