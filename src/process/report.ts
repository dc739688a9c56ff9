import { finish } from '../base/cooperative-task.js';
import { hasOneOrder } from '../recording/recording.js';
import { Timeline } from '../recording/timeline.js';
import type { FunctionPair, FunctionTimes } from './functions.js';
import { programMeaning } from './meaning.js';
import type {
  PeriodFigures,
  ProcessRecording,
  ProcessSource,
  ProcessWarning,
  PythonFacts,
} from './recording.js';
import { sharesOf, WHOLE, type StateTimes } from './thread-shares.js';
import type { ProgramVerdict } from './verdict.js';
import { processWarnings } from './warnings.js';

/** The report of a recorded program, as JSON. */
export interface ProcessReport {
  readonly schema: 'gilscope.process/1';
  readonly command: readonly string[];
  readonly startMonotonicNs: number;
  readonly durationNs: number;
  readonly samples: number;
  readonly periodNs: PeriodFigures;
  readonly processes: readonly PythonFacts[];
  readonly threads: readonly ThreadReport[];
  readonly handoffs: number;
  readonly hiddenHandoffs: number;
  /** Whoever kept the others waiting most first. */
  readonly functions: readonly FunctionTimes[];
  readonly verdict: ProgramVerdict;
  readonly warnings: readonly ProcessWarning[];
}

/** A thread with the shares of its own time in each state, which add up to 1. */
export interface ThreadReport extends StateTimes {
  readonly lane: number;
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  readonly native: boolean;
  readonly aliveNs: number;
}

/** What there is to say of a recorded program. */
export interface ProcessFindings {
  readonly report: ProcessReport;
  readonly pairs: readonly FunctionPair[];
}

/** Works out what a recording says. */
export function processFindings(recording: ProcessRecording): ProcessFindings {
  const { source, repeats, labels, machine } = recording;
  const lengthNs = repeats[0]?.wallNs ?? 0;
  const handoffs = repeats[0]?.handoffs ?? 0;
  const cores = machine.usableCores;
  const { threads, functions, pairs, verdict } = finish(
    programMeaning(
      { source, labels, cores, lengthNs, handoffs, range: WHOLE, isWhole: true },
      timelineOf(recording),
    ),
  );
  const report: ProcessReport = {
    schema: 'gilscope.process/1',
    command: source.command,
    startMonotonicNs: source.startMonotonicNs,
    durationNs: lengthNs,
    samples: source.samples,
    periodNs: source.periodNs,
    processes: source.processes,
    threads: threads.map((times, lane) => threadReport(source, lane, times)),
    handoffs,
    hiddenHandoffs: source.hiddenHandoffs,
    functions,
    verdict,
    warnings: processWarnings(source, handoffs),
  };
  return { report, pairs };
}

function threadReport({ threads }: ProcessSource, lane: number, times: StateTimes): ThreadReport {
  const thread = threads[lane];
  if (thread === undefined) throw new RangeError(`there is no thread of lane ${lane}`);
  const { pid, tid, name, native, aliveNs } = thread;
  return { lane, pid, tid, name, native, aliveNs, ...sharesOf(times) };
}

function timelineOf({ description, repeats }: ProcessRecording): Timeline {
  const timeline = new Timeline(description.lanes.length, hasOneOrder(description.locks));
  for (const words of repeats[0]?.spans ?? []) timeline.append(words);
  return timeline;
}
