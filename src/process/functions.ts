import type { Label } from '../recording/recording.js';
import type { Contention, LabelTimes } from './contention.js';
import type { ProcessRecording } from './recording.js';

/** What a function did with the lock, and without it; times in ns. */
export interface FunctionTimes {
  readonly function: string;
  readonly file: string;
  /** The line on which it held the lock longest, where that is known; else its first. */
  readonly line: number;
  readonly heldNs: number;
  readonly causedWaitNs: number;
  readonly longestNs: number;
  readonly computeNs: number;
}

/** How long one function kept another waiting. */
export interface FunctionPair {
  readonly holder: string;
  readonly waiter: string;
  readonly waitNs: number;
}

/** What stands for a function that is not known. */
const UNKNOWN = '?';

/** The functions of a recording, whoever kept the others waiting most first. */
export function functionsOf(
  { labels, source }: Pick<ProcessRecording, 'labels' | 'source'>,
  contention: Contention,
): FunctionTimes[] {
  return contention.labels.flatMap((times) => {
    const label = labels?.[times.label];
    return label?.file == null ? [] : [timesOf(label, label.file, source.hotLines, times)];
  });
}

function timesOf(
  { name, line }: Label,
  file: string,
  hotLines: readonly (number | null)[],
  { label, heldNs, causedWaitNs, longestNs, computeNs }: LabelTimes,
): FunctionTimes {
  return {
    function: name,
    file,
    line: hotLines[label] ?? line ?? 0,
    heldNs,
    causedWaitNs,
    longestNs,
    computeNs,
  };
}

/** Who kept whom waiting, by their names, the longest first. */
export function functionPairs(
  { labels }: Pick<ProcessRecording, 'labels'>,
  { pairs }: Contention,
): FunctionPair[] {
  const nameOf = (label: number) => labels?.[label]?.name ?? UNKNOWN;
  return pairs.map(({ holder, waiter, waitNs }) => ({
    holder: nameOf(holder),
    waiter: nameOf(waiter),
    waitNs,
  }));
}
