import { finish } from '../base/cooperative-task.js';
import { hasOneOrder } from '../recording/recording.js';
import { Timeline } from '../recording/timeline.js';
import { contentionIn, type Contention } from './contention.js';
import { functionsOf, type FunctionTimes } from './functions.js';
import type { PeriodFigures, ProcessRecording, ProcessWarning, PythonFacts } from './recording.js';
import { sharesOf, stateTimes, type StateTimes } from './thread-shares.js';
import { programFacts } from './verdict-facts.js';
import { programVerdict, type ProgramVerdict } from './verdict.js';
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
  readonly contention: Contention;
}

/** Works out what a recording says. */
export function processFindings(recording: ProcessRecording): ProcessFindings {
  const { source, repeats } = recording;
  const [repeat] = repeats;
  const timeline = timelineOf(recording);
  const times = source.threads.map((_, lane) => stateTimes(timeline.lane(lane)));
  const contention = finish(
    contentionIn(
      timeline,
      source.threads.map(({ lock }) => lock),
    ),
  );
  const functions = functionsOf(recording, contention);
  const verdict = programVerdict(programFacts(recording, times, contention, functions));
  const report: ProcessReport = {
    schema: 'gilscope.process/1',
    command: source.command,
    startMonotonicNs: source.startMonotonicNs,
    durationNs: repeat?.wallNs ?? 0,
    samples: source.samples,
    periodNs: source.periodNs,
    processes: source.processes,
    threads: source.threads.map(({ pid, tid, name, native, aliveNs }, lane) => {
      const shares = sharesOf(times[lane] ?? stateTimes(timeline.lane(lane)));
      return { lane, pid, tid, name, native, aliveNs, ...shares };
    }),
    handoffs: repeat?.handoffs ?? 0,
    hiddenHandoffs: source.hiddenHandoffs,
    functions,
    verdict,
    warnings: processWarnings(recording),
  };
  return { report, contention };
}

function timelineOf({ description, repeats }: ProcessRecording): Timeline {
  const timeline = new Timeline(description.lanes.length, hasOneOrder(description.locks));
  for (const words of repeats[0]?.spans ?? []) timeline.append(words);
  return timeline;
}
