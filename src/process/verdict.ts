import { formatCount, formatCounted, formatRatio, formatShare } from '../base/units.js';
import type { ProgramFacts } from './verdict-facts.js';

/**
 * What a recording of a program means, in one of these; the first whose rule holds. "Active" time is
 * that in which threads held the lock, waited for it, computed without it or were queued for a core.
 *
 * - `convoy`: at least a tenth of the active time is waiting, and the lock passed on more than 1,000 times
 *   a second of which no sample saw at least half. Such passes are of a thread that takes the lock for
 *   microseconds, again and again (https://bugs.python.org/issue7946).
 * - `held-off-core`: at least a tenth of the active time is waiting, and of the time in which the lock was
 *   held at least a fifth had its holder blocked in the system or without a core.
 * - `gil-bound`: at least a tenth of the active time is waiting.
 * - `more-threads-than-cores`: at least a fifth of the active time is queuing for a core, and more threads
 *   than there are cores were active on average; else other programs took the cores.
 * - `inactive`: threads were active for less than a fifth of the recording, all together: they slept, or
 *   were blocked in the system and on locks of their own.
 * - `one-thread`: one thread alone had at least a hundredth of the active time.
 * - `parallel`: at least half of the active time is computing without the lock.
 * - `shared`: none of these: threads took turns and hardly waited.
 */
export const PROGRAM_VERDICTS = [
  'convoy',
  'held-off-core',
  'gil-bound',
  'more-threads-than-cores',
  'inactive',
  'one-thread',
  'parallel',
  'shared',
] as const;
export type ProgramVerdictCode = (typeof PROGRAM_VERDICTS)[number];

export interface ProgramVerdict {
  readonly code: ProgramVerdictCode;
  /** One or two sentences. */
  readonly message: string;
  /** What the rule looked at. */
  readonly figures: Readonly<Record<string, number>>;
}

const LEAST_WAIT_SHARE = 0.1;
const LEAST_CONVOY_RATE = 1000;
const LEAST_HIDDEN_SHARE = 0.5;
const LEAST_HELD_OFF_SHARE = 0.2;
const LEAST_QUEUED_SHARE = 0.2;
const LEAST_ACTIVITY = 0.2;
const LEAST_COMPUTE_SHARE = 0.5;

/** Judges a program. */
export function programVerdict(facts: ProgramFacts): ProgramVerdict {
  const figures = figuresOf(facts);
  const code = codeOf(facts, figures);
  return { code, message: MESSAGES[code](facts, figures), figures };
}

interface VerdictFigures extends Readonly<Record<string, number>> {
  readonly waitShare: number;
  readonly computeShare: number;
  readonly queuedShare: number;
  /** Threads that were active, on average. */
  readonly activity: number;
  readonly heldOffShare: number;
  readonly handoffsPerSecond: number;
  readonly hiddenShare: number;
  /** How many times as fast the program is at most, if the worst function released the lock. */
  readonly gain: number;
}

function figuresOf(facts: ProgramFacts): VerdictFigures {
  const { all, activeNs, lengthNs, handoffs, hiddenHandoffs } = facts;
  return {
    waitShare: ratio(all.wait, activeNs),
    computeShare: ratio(all.compute, activeNs),
    queuedShare: ratio(all.queued, activeNs),
    activity: ratio(activeNs, lengthNs),
    heldOffShare: ratio(facts.heldBlockedNs + facts.heldQueuedNs, all.hold),
    handoffsPerSecond: ratio(handoffs, lengthNs / 1e9),
    hiddenShare: ratio(hiddenHandoffs, handoffs),
    gain: gainOf(facts),
  };
}

/**
 * While the worst function held the lock and others waited, as many as there are cores could have run
 * at a time, itself among them. Nothing else becomes faster, so that this is a bound.
 */
function gainOf({ worst, lengthNs, cores, activeThreads }: ProgramFacts): number {
  if (worst === null) return 1;
  const atOnce = Math.max(1, Math.min(cores, activeThreads));
  const savedNs = Math.min(worst.contendedNs, lengthNs) * (1 - 1 / atOnce);
  return ratio(lengthNs, lengthNs - savedNs);
}

function codeOf(
  { activeThreads, cores }: ProgramFacts,
  figures: VerdictFigures,
): ProgramVerdictCode {
  if (figures.waitShare >= LEAST_WAIT_SHARE) {
    const isConvoy =
      figures.handoffsPerSecond > LEAST_CONVOY_RATE && figures.hiddenShare >= LEAST_HIDDEN_SHARE;
    if (isConvoy) return 'convoy';
    return figures.heldOffShare >= LEAST_HELD_OFF_SHARE ? 'held-off-core' : 'gil-bound';
  }
  if (figures.queuedShare >= LEAST_QUEUED_SHARE && figures.activity > cores) {
    return 'more-threads-than-cores';
  }
  if (figures.activity < LEAST_ACTIVITY) return 'inactive';
  if (activeThreads <= 1) return 'one-thread';
  return figures.computeShare >= LEAST_COMPUTE_SHARE ? 'parallel' : 'shared';
}

type Message = (facts: ProgramFacts, figures: VerdictFigures) => string;

const MESSAGES: Readonly<Record<ProgramVerdictCode, Message>> = {
  convoy: (facts, { handoffsPerSecond, waitShare }) =>
    `Convoy: the lock passed on ${formatCount(handoffsPerSecond)} times a second, mostly for less than ` +
    `can be seen, and threads waited for ${formatShare(waitShare)} of the time in which they could run. ` +
    `Fewer, larger pieces of work between releases would help.${blame(facts)}`,
  'held-off-core': (facts, { heldOffShare, waitShare }) =>
    `The lock is held while nothing runs: ${formatShare(heldOffShare)} of the time in which it was held, ` +
    `its holder was blocked or had no core, and others waited for ${formatShare(waitShare)} of the time ` +
    `in which they could run.${blame(facts)}`,
  'gil-bound': (facts, { waitShare, gain }) =>
    `GIL-bound: threads wait for the lock for ${formatShare(waitShare)} of the time in which they could ` +
    `run.${blame(facts)}${bound(facts, gain)}`,
  'more-threads-than-cores': ({ activeThreads, cores }, { queuedShare }) =>
    `More threads than cores: ${formatCounted(activeThreads, 'thread')} on ${cores}, queued for a core ` +
    `for ${formatShare(queuedShare)} of the time in which they could run.`,
  inactive: (_, { activity }) =>
    `Waiting for others: all threads together were active for ${formatShare(activity)} of the time; ` +
    `else they slept or were blocked in the system.`,
  'one-thread': ({ isFreeThreaded }, { computeShare }) =>
    `One thread does all the work, so that ${isFreeThreaded ? 'nothing' : 'the lock'} keeps nobody ` +
    `waiting; ${formatShare(computeShare)} of its time is outside of the lock.`,
  parallel: (_, { computeShare, activity }) =>
    `Threads pay off: ${formatShare(computeShare)} of the time in which they could run is work without ` +
    `the lock, and ${activity.toFixed(1)} threads were active on average.`,
  shared: (_, { waitShare, activity }) =>
    `Threads take turns with the lock and wait for it for ${formatShare(waitShare)} of the time in which ` +
    `they could run; ${activity.toFixed(1)} threads were active on average.`,
};

function blame({ worst, all }: ProgramFacts): string {
  if (worst === null) return '';
  const { function: name, file, line, causedWaitNs } = worst.times;
  const place = `${file.slice(file.lastIndexOf('/') + 1)}:${line}`;
  return ` ${name} (${place}) caused ${formatShare(ratio(causedWaitNs, all.wait))} of it.`;
}

function bound({ worst }: ProgramFacts, gain: number): string {
  if (worst === null) return '';
  return ` If it released the lock, the program would be at most ${formatRatio(gain)} as fast.`;
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
