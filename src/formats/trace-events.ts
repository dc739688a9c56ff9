import { hasOneOrder, type Recording, type Repeat } from '../recording/recording.js';
import { LockTrack } from '../recording/lock-track.js';
import { SpanTrack } from '../recording/span-track.js';
import type { TimeRange } from '../recording/span-walk.js';
import { labelOf, laneLabel, repeatLabel } from './labels.js';
import { spansByLane } from './lane-spans.js';
import { nestedInStretches } from './nested-spans.js';
import { inPieces } from './pieces.js';
import { ALL_SPANS, repeatsIn, type SpanPart } from './span-part.js';

/** No run has more repeats; and no lane has so high a tid, so that no thread bears its process's. */
const PIDS_PER_RUN = 1000;

/** How finely a microsecond is divided (see `exactMicroseconds`). */
const STEPS_PER_MICROSECOND = 2 ** 20;

/** A thread of the trace. */
interface Thread {
  readonly pid: number;
  readonly tid: number;
}

/**
 * The spans of runs as Chrome's Trace Event JSON ("Trace Event Format", the JSON Object Format),
 * as Perfetto and other viewers of traces read it.
 *
 * - Each repeat is a process of its own, all from 0: pid = 1000 x run + repeat.
 * - Each lane is a thread, tid = lane + 1. Its spans are complete events (`X`), named by their kind,
 *   an outer one before those inside it; their category is the task, and not an argument, since
 *   viewers that add up what is alike go by name and arguments. A label is an argument.
 * - The process-wide lock is the thread after the last lane, where it was held at all: its events
 *   are the holds of all lanes in order of time, named by the holder. Locks that were held side by
 *   side have no such thread.
 *
 * Times are microseconds with decimals from the start of the repeat, exact to the nanosecond.
 * The text comes in pieces, made as they are asked for.
 */
export function traceEvents(
  records: readonly Recording[],
  part: SpanPart = ALL_SPANS,
): Generator<string> {
  return inPieces(fileTexts(records, part));
}

function* fileTexts(records: readonly Recording[], part: SpanPart): Generator<string> {
  yield '{"traceEvents":[';
  let separator = '\n';
  for (const event of eventTexts(records, part)) {
    yield separator + event;
    separator = ',\n';
  }
  yield '\n]}\n';
}

function* eventTexts(records: readonly Recording[], part: SpanPart): Generator<string> {
  for (const record of records) {
    for (const [number, repeat] of repeatsIn(record, part)) {
      const pid = PIDS_PER_RUN * record.number + number;
      const firstThread = { pid, tid: 1 };
      yield metadata('process_name', firstThread, {
        name: repeatLabel(record, number, part.range),
      });
      yield metadata('process_sort_index', firstThread, { sort_index: pid });
      yield* repeatEvents(pid, record, repeat, part.range);
    }
  }
}

function* repeatEvents(
  pid: number,
  record: Recording,
  repeat: Repeat,
  range: TimeRange | null,
): Generator<string> {
  const { lanes, locks } = record.description;
  const holds: SpanTrack[] = [];
  for (const stretches of spansByLane(repeat, range)) {
    const hold = new SpanTrack();
    yield* laneEvents({ pid, tid: holds.length + 1 }, record, stretches, hold);
    holds.push(hold);
  }
  // With a lock for each object there is no one holder to show.
  if (hasOneOrder(locks)) {
    yield* lockEvents({ pid, tid: lanes.length + 1 }, holds, (lane) => laneLabel(record, lane));
  }
}

/** One lane's thread. Its holds are added to `holds` on the way. */
function* laneEvents(
  thread: Thread,
  record: Recording,
  stretches: Iterable<Float64Array>,
  holds: SpanTrack,
): Generator<string> {
  yield* threadMetadata(thread, laneLabel(record, thread.tid - 1));
  for (const span of nestedInStretches(stretches)) {
    const { kind, task, startNs, endNs } = span;
    if (kind === 'hold') holds.push(startNs, endNs, task);
    if (record.labels === null) {
      yield completeEvent(thread, kind, `task ${task}`, startNs, endNs);
    } else {
      const label = labelOf(record.labels, span);
      yield completeEvent(thread, kind, 'thread', startNs, endNs, label && { label: label.name });
    }
  }
}

function* lockEvents(
  thread: Thread,
  holds: readonly SpanTrack[],
  nameOf: (lane: number) => string,
): Generator<string> {
  const lock = new LockTrack().update(holds.map((hold) => ({ hold })));
  if (lock.length === 0) return;
  yield* threadMetadata(thread, 'lock');
  let freeAt = 0;
  for (let index = 0; index < lock.length; index += 1) {
    // Lanes may read the clock a little differently, but a lock has one holder at a time.
    const startNs = Math.max(freeAt, lock.startNs(index));
    const endNs = Math.max(startNs, lock.endNs(index));
    yield completeEvent(thread, nameOf(lock.tag(index)), 'lock', startNs, endNs);
    freeAt = endNs;
  }
}

function* threadMetadata(thread: Thread, name: string): Generator<string> {
  yield metadata('thread_name', thread, { name });
  yield metadata('thread_sort_index', thread, { sort_index: thread.tid });
}

function metadata(name: string, thread: Thread, args: object): string {
  return JSON.stringify({ ph: 'M', ...thread, name, args });
}

/** An `X` event. The category is a word that JSON has as it is. */
function completeEvent(
  { pid, tid }: Thread,
  name: string,
  category: string,
  startNs: number,
  endNs: number,
  args?: object,
): string {
  const ts = exactMicroseconds(startNs);
  const dur = exactMicroseconds(endNs) - ts;
  const more = args === undefined ? '' : `,"args":${JSON.stringify(args)}`;
  return `{"ph":"X","pid":${pid},"tid":${tid},"ts":${ts},"dur":${dur},"name":${JSON.stringify(name)},"cat":"${category}"${more}}`;
}

/**
 * Whole nanoseconds as microseconds that add up: rounded to 2^-20, so that sums and differences of
 * such times are exact in floating point for the first 2.3 hours of a repeat. Readers work out ends
 * as `ts + dur` and compare them with other ends and starts; with decimal fractions, a third of
 * those that are equal would differ in the last bit, and speedscope then loses the nesting. Times
 * and durations are within a thousandth of a nanosecond, so that rounded they are as they were.
 */
function exactMicroseconds(timeNs: number): number {
  return Math.round((timeNs / 1000) * STEPS_PER_MICROSECOND) / STEPS_PER_MICROSECOND;
}
