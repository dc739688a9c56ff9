import type { CooperativeTask } from '../base/cooperative-task.js';
import type { Label } from '../recording/recording.js';
import type { TimeRange } from '../recording/span-walk.js';
import type { Timeline } from '../recording/timeline.js';
import { contentionIn } from './contention.js';
import { functionPairs, functionsOf, type FunctionPair, type FunctionTimes } from './functions.js';
import { stateTimes, type StateTimes } from './thread-shares.js';
import { programFacts, type JudgedPart } from './verdict-facts.js';
import { programVerdict, type ProgramVerdict } from './verdict.js';

/** What a recorded program, or a part of its time, says. */
export interface ProgramMeaning {
  /** The times of each lane's thread. */
  readonly threads: readonly StateTimes[];
  /** Whoever kept the others waiting most first. */
  readonly functions: readonly FunctionTimes[];
  /** Who kept whom waiting, the longest first. */
  readonly pairs: readonly FunctionPair[];
  readonly verdict: ProgramVerdict;
}

/** A recording, or a part of it, with what its spans are labelled with. */
export interface MeantPart extends JudgedPart {
  readonly labels: readonly Label[] | null;
  readonly range: TimeRange;
}

/** Works out what the spans of a range say. */
export function* programMeaning(
  part: MeantPart,
  timeline: Timeline,
): CooperativeTask<ProgramMeaning> {
  const { source, range } = part;
  const threads = source.threads.map((_, lane) => stateTimes(timeline.lane(lane), range));
  yield;
  const locks = source.threads.map(({ lock }) => lock);
  const contention = yield* contentionIn(timeline, locks, range);
  const functions = functionsOf(part, contention);
  const verdict = programVerdict(programFacts(part, threads, contention, functions));
  return { threads, functions, pairs: functionPairs(part, contention), verdict };
}
