import { formatCount, formatDuration, formatShare } from '../base/units.js';
import type { ProcessSource, ProcessWarning } from './recording.js';

/** Hand-offs that no sample saw are told from this share on. */
const TOLD_HIDDEN_SHARE = 0.05;
/** Samples that come so many times later than asked for are told. */
const TOLD_LATENESS = 2;
/** Threads with less time than so many periods have rough shares. */
const FEW_PERIODS = 20;

/** The warnings of a recording with so many hand-offs: what was noted while it was made, and what its figures say. */
export function processWarnings(source: ProcessSource, handoffs: number): ProcessWarning[] {
  const found = [hiddenHandoffs(source, handoffs), lateSamples(source), shortThreads(source)];
  return [...source.warnings, ...found.filter((warning) => warning !== null)];
}

function hiddenHandoffs(source: ProcessSource, handoffs: number): ProcessWarning | null {
  const { hiddenHandoffs: hidden } = source;
  if (hidden === 0 || hidden < TOLD_HIDDEN_SHARE * handoffs) return null;
  return {
    code: 'hidden-handoffs',
    message:
      `${formatCount(hidden)} of ${formatCount(handoffs)} hand-offs came between two samples: who held ` +
      'the lock so briefly is seen as shares of the time, not as spans',
    figures: { hidden, handoffs },
  };
}

function lateSamples({ periodNs, askedPeriodNs }: ProcessSource): ProcessWarning | null {
  if (periodNs.p95 < TOLD_LATENESS * askedPeriodNs) return null;
  return {
    code: 'late-samples',
    message:
      `one in twenty samples came ${formatDuration(periodNs.p95)} or more after the one before, where ` +
      `${formatDuration(askedPeriodNs)} was asked for: the machine was busy, or there is too much to look at`,
    figures: { p95Ns: periodNs.p95, askedNs: askedPeriodNs },
  };
}

function shortThreads({ threads, periodNs }: ProcessSource): ProcessWarning | null {
  const short = threads.filter(({ aliveNs }) => aliveNs < FEW_PERIODS * periodNs.median).length;
  if (short === 0) return null;
  return {
    code: 'short-threads',
    message:
      `${formatCount(short)} of ${formatCount(threads.length)} threads were there for fewer than ` +
      `${FEW_PERIODS} samples (${formatShare(short / threads.length)}): their shares are rough`,
    figures: { short, threads: threads.length },
  };
}
