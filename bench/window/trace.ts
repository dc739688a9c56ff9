import { readFile, rm } from 'node:fs/promises';
import type { ElectronApplication } from '@playwright/test';

/** What the page's main thread did in each frame. */
export interface TracedFrames {
  /** The frames' starts, in ms. */
  readonly startsMs: readonly number[];
  /** For each frame, the time that scripts took until the next one, in ms. */
  readonly scriptMs: readonly number[];
  /** Of that, the time that the thread had a core, in ms. */
  readonly scriptCpuMs: readonly number[];
  /** For each frame, the time of all of the thread's tasks, in ms: with style, layout and paint. */
  readonly busyMs: readonly number[];
}

/** Events of Chromium's tracing that run scripts. */
const SCRIPT_EVENTS = new Set([
  'FireAnimationFrame',
  'EventDispatch',
  'FunctionCall',
  'EvaluateScript',
  'RunMicrotasks',
  'TimerFire',
  'MajorGC',
  'MinorGC',
]);
const TASK_EVENT = 'RunTask';
/** Ends a frame on the page's main thread. */
const FRAME_EVENT = 'BeginCommitCompositorFrame';

/** Records Chromium's trace while something goes on, and gives the page's frames in it. */
export async function traceFrames(
  app: ElectronApplication,
  action: () => Promise<void>,
): Promise<TracedFrames> {
  await app.evaluate(({ contentTracing }) =>
    contentTracing.startRecording({
      included_categories: [
        'devtools.timeline',
        'disabled-by-default-devtools.timeline',
        'devtools.timeline.frame',
        '__metadata',
      ],
    }),
  );
  await action();
  const file = await app.evaluate(({ contentTracing }) => contentTracing.stopRecording());
  const { traceEvents } = JSON.parse(await readFile(file, 'utf8')) as { traceEvents: TraceEvent[] };
  await rm(file);
  return framesOf(traceEvents);
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  /** Microseconds that it lasted, and of those, that the thread had a core. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

function framesOf(events: readonly TraceEvent[]): TracedFrames {
  const main = mainThreadOf(events);
  const own = events
    .filter(({ pid, tid }) => pid === main?.pid && tid === main.tid)
    .sort((a, b) => a.ts - b.ts);
  const starts = own.filter(({ name }) => name === FRAME_EVENT).map(({ ts }) => ts);
  const scripts = outermost(own.filter(({ name }) => SCRIPT_EVENTS.has(name)));
  const tasks = outermost(own.filter(({ name }) => name === TASK_EVENT));
  return {
    startsMs: starts.map((ts) => ts / 1000),
    scriptMs: sumByFrame(starts, scripts, 'dur'),
    scriptCpuMs: sumByFrame(starts, scripts, 'tdur'),
    busyMs: sumByFrame(starts, tasks, 'dur'),
  };
}

/** The busiest renderer's main thread: the window's, where tools have opened another. */
function mainThreadOf(events: readonly TraceEvent[]): TraceEvent | undefined {
  const mains = events.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const count = (main: TraceEvent) =>
    events.filter(
      ({ name, pid, tid }) => name === FRAME_EVENT && pid === main.pid && tid === main.tid,
    ).length;
  return mains.sort((a, b) => count(b) - count(a))[0];
}

/** Drops the events that lie within others; they come in order of their starts. */
function outermost(events: readonly TraceEvent[]): TraceEvent[] {
  let end = -Infinity;
  return events.filter(({ ts, dur = 0 }) => {
    const isOutermost = ts + dur > end;
    if (isOutermost) end = ts + dur;
    return isOutermost;
  });
}

/** Sums what events took, in ms, from each start to before the next one. */
function sumByFrame(
  starts: readonly number[],
  events: readonly TraceEvent[],
  duration: 'dur' | 'tdur',
): number[] {
  const sums = starts.map(() => 0);
  let frame = -1;
  for (const event of events) {
    while (frame + 1 < starts.length && (starts[frame + 1] ?? Infinity) <= event.ts) frame += 1;
    if (frame >= 0) sums[frame] = (sums[frame] ?? 0) + (event[duration] ?? 0) / 1000;
  }
  return sums.slice(0, -1);
}
