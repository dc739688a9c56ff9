import type { AnyRecording } from '../../storage/recording-file.js';
import { isExperiment, type ExperimentRecording } from '../../experiment/recording.js';
import {
  meaningOfRepeats,
  type RangeAnalysis,
  type RepeatsMeaning,
  type WholeRepeat,
} from '../../analysis/analyse.js';
import { SPANS_A_SLICE, type CooperativeTask } from '../../base/cooperative-task.js';
import { histogramOf } from '../../analysis/task-histogram.js';
import type { TaskResult } from '../../ipc/index.js';
import { hasConverged } from '../../experiment/task-table.js';
import { Timeline } from '../../recording/timeline.js';
import { unknownCosts } from '../../analysis/work-costs.js';
import { workCostsOf } from '../../experiment/work-costs.js';
import { hasOneOrder, type Recording, type Repeat } from '../../recording/recording.js';
import { inSlices } from './in-slices.js';

/**
 * Analyses all repeats of a run together, a few milliseconds at a time. It is made here, where the
 * spans are, so that none has to go to the window.
 */
export class RunAnalyses {
  /**
   * What was worked out of each record, and let go with its spans: 8 bytes for each task of each
   * repeat, which are not in the budget that the kept runs' spans have.
   */
  readonly #meanings = new WeakMap<AnyRecording, RepeatsMeaning>();

  /**
   * The analysis of a run. Its spans are gone through once, whatever baselines it is set against.
   *
   * @param baseline the run whose tasks are counted beside its own, from their table, which is kept
   *   where spans are not
   * @param isCancelled asked between two slices
   * @throws Error where the run's spans were let go, and where it was called off
   */
  async of(
    record: AnyRecording,
    baseline: AnyRecording | null,
    isCancelled: () => boolean,
  ): Promise<RangeAnalysis> {
    if (record.repeats.some(({ spans }) => spans.length === 0)) {
      throw new Error('The spans of the run were let go to save memory.');
    }
    return inSlices(this.#analysis(record, baseline), () => {
      if (isCancelled()) throw new Error('The analysis of the run was called off.');
    });
  }

  *#analysis(record: AnyRecording, baseline: AnyRecording | null): CooperativeTask<RangeAnalysis> {
    const baselineTimes = baseline === null ? null : yield* taskTimesOf(baseline);
    const { taskTimes, ...ofRange } = yield* this.#meaningOf(record);
    return { ...ofRange, histogram: yield* histogramOf(taskTimes, baselineTimes) };
  }

  *#meaningOf(record: AnyRecording): CooperativeTask<RepeatsMeaning> {
    const known = this.#meanings.get(record);
    if (known !== undefined) return known;
    const costs = isExperiment(record)
      ? workCostsOf(record.source)
      : unknownCosts(record.description.locks);
    const meaning = yield* meaningOfRepeats(
      record.repeats.map((repeat) => () => wholeRepeat(record, repeat)),
      { cores: record.machine.usableCores, costs },
    );
    this.#meanings.set(record, meaning);
    return meaning;
  }
}

/** How long each task took in each repeat, in ns; empty where nothing was recorded by tasks. */
function* taskTimesOf({ tasks: facts, repeats }: AnyRecording): CooperativeTask<Float64Array> {
  const tasks = facts?.count ?? 0;
  const times = new Float64Array(tasks * repeats.length);
  for (const [repeat, { timings }] of repeats.entries()) {
    if (timings === null) continue;
    const { startNs, endNs } = timings;
    for (let task = 0; task < tasks; task += 1) {
      times[repeat * tasks + task] = (endNs[task] ?? NaN) - (startNs[task] ?? NaN);
      if (task % SPANS_A_SLICE === SPANS_A_SLICE - 1) yield;
    }
  }
  return times;
}

/** What came of a task; null where there is no such task, and where it iterates nothing. */
export function taskResultOf(recording: AnyRecording, task: number): TaskResult | null {
  return isExperiment(recording) ? resultOf(recording, task) : null;
}

function resultOf({ source }: ExperimentRecording, task: number): TaskResult | null {
  const { parameters, results } = source;
  const iterations = results.iterations[task];
  if (parameters.workload !== 'power' || iterations === undefined) return null;
  const eigenvalue = results.eigenvalue[task] ?? NaN;
  return {
    iterations,
    eigenvalue: Number.isFinite(eigenvalue) ? eigenvalue : null,
    converged: hasConverged(results, task),
  };
}

function* wholeRepeat(
  { description, labels }: Recording,
  repeat: Repeat,
): CooperativeTask<WholeRepeat> {
  const timeline = new Timeline(description.lanes.length, hasOneOrder(description.locks));
  for (const words of repeat.spans) {
    timeline.append(words);
    yield;
  }
  timeline.interruptions = repeat.interruptions;
  timeline.labels = labels?.map(({ name }) => name) ?? null;
  const isComplete = repeat.keptUntilNs === null;
  return { timeline, wallNs: repeat.keptUntilNs ?? repeat.wallNs, isComplete };
}
