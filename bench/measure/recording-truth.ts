import type { ProcessRecording } from '../../src/process/recording.js';
import { decodeSpans, type Span } from '../../src/recording/spans.js';
import type { MixLog, PureLog } from '../python/logging-program.js';

/** What a recording says, against what the program logged itself on the same clock. */

/** From when to when a thread ran, in ns. */
interface Stretch {
  readonly tid: number;
  readonly startNs: number;
  readonly endNs: number;
}

/** Beats of a thread that does not always want the lock are no further apart while it has it. */
const BEAT_GAP_NS = 300_000;

/** An edge that is seen two samples late lies so far from where it was. */
const EDGE_NS = 500_000;

/** How far a recording of threads of pure Python is from the truth. */
export interface PureAgreement {
  /** Greatest difference of a thread's share of the time, in points. */
  readonly holdPoints: number;
  readonly waitPoints: number;
  /** Share of the held time for which another thread had the lock than the recording says, away from edges. */
  readonly wrongHolderShare: number;
  /** Greatest difference of a function's share of the held time, in points. */
  readonly functionPoints: number;
}

/** Sets a recording of threads of pure Python, which want the lock all the time, against their log. */
export function pureAgreement(recording: ProcessRecording, log: PureLog): PureAgreement {
  const { threads } = log;
  const turns = turnsOf(threads.map(({ tid, beats }) => ({ tid, beats })));
  const spans = spansByThread(recording);
  const differences = threads.map(({ tid, beats }) => {
    const life = { startNs: beats[0] ?? 0, endNs: beats.at(-1) ?? 0 };
    const shareOf = (ranges: readonly Range[]) =>
      sum(ranges.map((range) => overlap(range, life))) / (life.endNs - life.startNs);
    const own = spans.get(tid) ?? [];
    const truth = shareOf(turns.filter((turn) => turn.tid === tid));
    const hold = shareOf(own.filter(({ kind }) => kind === 'hold'));
    // Whoever does not run wants to.
    const wait = shareOf(own.filter(({ kind }) => kind === 'wait' || kind === 'queued'));
    return { hold: Math.abs(hold - truth), wait: Math.abs(wait - (1 - truth)) };
  });
  return {
    holdPoints: 100 * Math.max(...differences.map(({ hold }) => hold)),
    waitPoints: 100 * Math.max(...differences.map(({ wait }) => wait)),
    wrongHolderShare: wrongHolderShare(turns, spans),
    functionPoints: sharesApart(functionTimes(log), recordedFunctionTimes(recording)),
  };
}

/**
 * Who had the lock when, by the beats of all threads: a turn is of beats that no other's lie between. A thread that
 * wants the lock all the time has it even while it has no core; of others, beats are no further apart than `gapNs`.
 */
function turnsOf(
  threads: readonly { readonly tid: number; readonly beats: readonly number[] }[],
  gapNs = Infinity,
): Stretch[] {
  const beats = threads
    .flatMap(({ tid, beats: own }) => own.map((at) => ({ tid, at })))
    .sort((a, b) => a.at - b.at);
  const turns: Stretch[] = [];
  for (const { tid, at } of beats) {
    const last = turns.at(-1);
    if (last?.tid === tid && at - last.endNs < gapNs) {
      turns[turns.length - 1] = { ...last, endNs: at };
    } else {
      turns.push({ tid, startNs: at, endNs: at });
    }
  }
  return turns;
}

/** Of the time that is recorded as held, that within another thread's turn, but for its edges. */
function wrongHolderShare(
  turns: readonly Stretch[],
  spans: ReadonlyMap<number, readonly RecordedSpan[]>,
): number {
  let held = 0;
  let wrong = 0;
  for (const [tid, own] of spans) {
    const others = turns
      .filter((turn) => turn.tid !== tid)
      .map(({ startNs, endNs }) => ({ startNs: startNs + EDGE_NS, endNs: endNs - EDGE_NS }));
    let next = 0;
    for (const span of own.filter(({ kind }) => kind === 'hold')) {
      held += span.endNs - span.startNs;
      while ((others[next]?.endNs ?? Infinity) < span.startNs) next += 1;
      for (let at = next; (others[at]?.startNs ?? Infinity) < span.endNs; at += 1) {
        const other = others[at];
        if (other !== undefined) wrong += overlap(span, other);
      }
    }
  }
  return wrong / held;
}

/** How long each function ran, by a program's own log. */
export function functionTimes({ threads }: PureLog): Map<string, number> {
  const turns = turnsOf(threads.map(({ tid, beats }) => ({ tid, beats })));
  const times = new Map<string, number>();
  for (const { tid, calls } of threads) {
    const own = turns.filter((turn) => turn.tid === tid);
    let next = 0;
    for (const [name, startNs, endNs] of calls) {
      while ((own[next]?.endNs ?? Infinity) < startNs) next += 1;
      for (let at = next; (own[at]?.startNs ?? Infinity) < endNs; at += 1) {
        const turn = own[at];
        if (turn !== undefined) add(times, name, overlap({ startNs, endNs }, turn));
      }
    }
  }
  return times;
}

/** How long each function held the lock, by a recording. */
export function recordedFunctionTimes(recording: ProcessRecording): Map<string, number> {
  const times = new Map<string, number>();
  for (const own of spansByThread(recording).values()) {
    for (const { kind, label, startNs, endNs } of own) {
      if (kind === 'hold') add(times, label, endNs - startNs);
    }
  }
  return times;
}

/** Greatest difference of a name's share in two accounts, in points; names of the second alone are left out. */
export function sharesApart(
  truth: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
): number {
  const [all, allOthers] = [truth, other].map((account) =>
    sum(Array.from(truth.keys(), (name) => account.get(name) ?? 0)),
  );
  const apart = Array.from(truth, ([name, value]) =>
    Math.abs(value / (all ?? NaN) - (other.get(name) ?? 0) / (allOthers ?? NaN)),
  );
  return 100 * Math.max(...apart);
}

/** What a thread of a mix may be recorded as, by what it logged that it does. */
const RIGHT: Readonly<Record<MixLog['threads'][number]['kind'], readonly Span['kind'][]>> = {
  pure: ['hold'],
  compute: ['compute', 'queued', 'wait'],
  sleep: ['sleep', 'queued', 'wait'],
  lock: ['blocked', 'queued', 'wait'],
};

/**
 * Share of the time of logged phases that is recorded as what it was. After a phase without the lock comes a wait for it,
 * which the thread cannot log. Of pure Python, the time between beats that follow one another at once is held.
 */
export function mixAgreement(recording: ProcessRecording, { threads }: MixLog): number {
  const spans = spansByThread(recording);
  let right = 0;
  let all = 0;
  for (const { tid, kind, beats, phases } of threads) {
    const stretches =
      kind === 'pure'
        ? turnsOf([{ tid, beats }], BEAT_GAP_NS)
        : phases.map(([startNs, endNs]) => ({ tid, startNs, endNs }));
    const own = spans.get(tid) ?? [];
    let next = 0;
    for (const stretch of stretches) {
      while ((own[next]?.endNs ?? Infinity) < stretch.startNs) next += 1;
      for (let at = next; (own[at]?.startNs ?? Infinity) < stretch.endNs; at += 1) {
        const span = own[at];
        if (span === undefined) continue;
        const shared = overlap(span, stretch);
        all += shared;
        if (RIGHT[kind].includes(span.kind)) right += shared;
      }
    }
  }
  return right / all;
}

/** A span on CLOCK_MONOTONIC, with its label. */
interface RecordedSpan {
  readonly kind: Span['kind'];
  readonly label: string;
  readonly startNs: number;
  readonly endNs: number;
}

/** The spans of each thread in order, by its number. */
function spansByThread({ source, repeats, labels }: ProcessRecording): Map<number, RecordedSpan[]> {
  const byThread = new Map<number, RecordedSpan[]>();
  for (const { lane, kind, task, startNs, endNs } of repeats.flatMap(({ spans }) =>
    spans.flatMap((words) => [...decodeSpans(words)]),
  )) {
    const tid = source.threads[lane]?.tid ?? NaN;
    const own = byThread.get(tid) ?? [];
    byThread.set(tid, own);
    const zero = source.startMonotonicNs;
    const label = labels?.[task]?.name ?? '';
    own.push({ kind, label, startNs: zero + startNs, endNs: zero + endNs });
  }
  for (const own of byThread.values()) own.sort((a, b) => a.startNs - b.startNs);
  return byThread;
}

type Range = Pick<Stretch, 'startNs' | 'endNs'>;

function overlap(one: Range, other: Range): number {
  return Math.max(0, Math.min(one.endNs, other.endNs) - Math.max(one.startNs, other.startNs));
}

function add(account: Map<string, number>, name: string, value: number): void {
  account.set(name, (account.get(name) ?? 0) + value);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
