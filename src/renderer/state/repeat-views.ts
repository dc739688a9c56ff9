import type { About, Pace, StreamMessage } from '../../ipc/index.js';
import { Timeline } from '../../recording/timeline.js';
import { hasOneOrder, labelText } from '../../recording/recording.js';
import { formatDuration, formatShare } from '../../base/units.js';
import { baselineEntry, entryOf, lastRepeat, type RunEntry, type RunState } from './run-state.js';

/** The spans of one repeat, as far as they have come. */
export interface RepeatView {
  readonly run: number;
  readonly repeat: number;
  /** It is an uncounted repeat, of which nothing is kept. */
  readonly warmup: boolean;
  readonly timeline: Timeline;
  /** Null until all spans are here. */
  readonly wallNs: number | null;
  readonly dropped: number;
  /** Until when its spans are kept, where there were more than memory for them; else null. */
  readonly keptUntilNs: number | null;
  /** How many spans it will have; null where that is not known yet. */
  readonly expected: number | null;
  /** Its spans are of a program that is or was live: long ones came in pieces, and come whole later. */
  readonly isInPieces: boolean;
  /** How often its run is told of while that is on; else null. */
  readonly pace: Pace | null;
}

/**
 * Whether a repeat was stopped before its end. Such a one is on view only where the run has no whole
 * one; its spans are as complete as they will be.
 */
export function isCutShort(entry: RunEntry, { wallNs }: RepeatView): boolean {
  return entry.outcome !== 'running' && entry.repeats.length === 0 && wallNs === null;
}

/**
 * Whether spans may come to a run's picture: also where its repeat is whole, as long as the run is on,
 * since the picture has the next repeat before the window follows.
 */
export function mayGrow(entry: RunEntry | undefined, view: RepeatView | undefined): boolean {
  return entry?.outcome === 'running' || view?.wallNs === null;
}

/**
 * Which of the views a picture's timeline is: the one that the window has followed to, or one that
 * only has been added to the picture as yet.
 */
export function paintedView(
  timeline: Timeline,
  followed: RepeatView | undefined,
  added: RepeatView | null,
): RepeatView | undefined {
  return added?.timeline === timeline && followed?.timeline !== timeline ? added : followed;
}

/** Which repeat it is: `Repeat 2`, `Warm-up, cut short`. */
export function repeatName(entry: RunEntry, view: RepeatView): string {
  const name = view.warmup ? 'Warm-up' : `Repeat ${view.repeat + 1}`;
  return isCutShort(entry, view) ? `${name}, cut short` : name;
}

/** Time between two drawings of a repeat that is loading, in ms. */
const LOADING_PACE_MS = 150;

/** How much of a view is here, where it is loading; empty of others. */
export function loadingText({ timeline, wallNs, expected }: RepeatView): string {
  const isLoading = wallNs === null && expected !== null;
  return isLoading ? `Loading, ${formatShare(timeline.spanCount / expected)}` : '';
}

/** That a view is told seldom, and why, where that is so; else empty. */
export function coarserText({ wallNs, pace }: RepeatView): string {
  if (wallNs !== null || pace?.crowded !== true) return '';
  const { beatMs } = pace;
  const lag = beatMs <= UNSEEN_BEAT_MS ? '' : `, up to ${formatDuration(beatMs * 1e6)} late`;
  return `Drawn coarser${lag}: the lanes need every core`;
}

/** A picture that moves so often moves at once, to the eye. */
const UNSEEN_BEAT_MS = 70;

/** Where a repeat of so many tasks will end if it goes on as it began, in ns; so far where there are none. */
export function foreseenEnd(timeline: Timeline, tasks: number | null): number {
  if (tasks === null) return timeline.endNs;
  let done = 0;
  for (let lane = 0; lane < timeline.lanes; lane += 1) done += timeline.lane(lane).task.length;
  return done === 0 ? timeline.endNs : (timeline.endNs * tasks) / done;
}

/**
 * The timelines at hand: the live run's, the shown run's and the baseline's, one repeat each. Others are let go;
 * the main process keeps them and streams them again when they are asked for.
 */
export class RepeatViews {
  readonly #views = new Map<number, RepeatView>();
  readonly #now: () => number;
  /** When a view that is loading was last said to have changed. */
  #toldMs = -Infinity;
  /** The run of which no repeat has been seen to begin: its spans, if any come, are not all of one. */
  #awaited: number | null = null;
  /** That of the run that is on. */
  #pace: Pace | null = null;

  /** @param now a clock in ms */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** A stream begins: what it tells of all runs so far takes the place of what is at hand. */
  restart(history: readonly StreamMessage[], state: RunState): void {
    this.#views.clear();
    for (const message of history) this.receive(message, state);
    this.prune(state);
  }

  /** Takes a message in; says whether that changed a view so that it should be drawn. */
  receive(message: StreamMessage, state: RunState): boolean {
    switch (message.type) {
      case 'started':
        return this.#expect(message);
      case 'described':
        return this.#describe(message);
      case 'progress':
      case 'sampled':
        // How seldom exactly it is told need not be drawn at once.
        this.#setPace(message.run, message.pace);
        return false;
      case 'ended':
        return this.#end(message.run);
      case 'timeline':
        return this.#begin(message, state);
      case 'spans':
        return this.#append(message);
      case 'timelineEnd':
        return this.#finish(message);
      default:
        return false;
    }
  }

  /** The run's view, if it is at hand. */
  of(run: number): RepeatView | undefined {
    return this.#views.get(run);
  }

  /** Whether a repeat of a run is at hand, or on its way, with its spans whole. */
  has(run: number, repeat: number): boolean {
    const view = this.#views.get(run);
    return view?.repeat === repeat && !view.isInPieces;
  }

  /** Lets go of all runs but the live one, the shown one and the baseline. */
  prune({ live, selected, baseline }: RunState): void {
    for (const run of this.#views.keys()) {
      if (run !== live && run !== selected?.run && run !== baseline) this.#views.delete(run);
    }
  }

  /** A run begins: its chart is there before the lanes have done anything. */
  #expect({ run, about, pace }: StreamMessage & { type: 'started' }): boolean {
    this.#pace = pace;
    this.#awaited = run;
    const { description, source } = about;
    const { lanes: names, locks } = description;
    const timeline = new Timeline(names.length, hasOneOrder(locks), names);
    name(timeline, about);
    const warmup = source.kind === 'experiment' && source.parameters.warmup > 0;
    this.#views.set(run, { ...EMPTY, run, repeat: 0, warmup, timeline, pace });
    return true;
  }

  /** More is known of what a recording that goes on is of. */
  #describe({ run, about }: StreamMessage & { type: 'described' }): boolean {
    const view = this.#views.get(run);
    if (view === undefined) return false;
    const { lanes, locks } = about.description;
    view.timeline.grow(lanes, hasOneOrder(locks));
    name(view.timeline, about);
    // Another one, so that whoever shows its lanes follows.
    this.#views.set(run, { ...view });
    return true;
  }

  #begin(message: StreamMessage & { type: 'timeline' }, state: RunState): boolean {
    const { run, repeat, lanes, warmup, spans } = message;
    if (run === this.#awaited) this.#awaited = null;
    if (run !== state.live && !isWanted(run, repeat, state)) return this.#views.delete(run);
    const entry = entryOf(state, run);
    const timeline = new Timeline(
      lanes,
      entry === undefined || hasOneOrder(entry.description.locks),
      entry?.description.lanes,
    );
    if (entry !== undefined) name(timeline, entry);
    const pace = run === state.live ? this.#pace : null;
    const expected = spans ?? null;
    const isInPieces = run === state.live && entry?.source.kind === 'process';
    this.#views.set(run, { ...EMPTY, run, repeat, warmup, timeline, expected, isInPieces, pace });
    return true;
  }

  /** A run has ended; what has no spans by now is nothing to be seen. */
  #end(run: number): boolean {
    if (this.#views.get(run)?.timeline.spanCount === 0) this.#views.delete(run);
    return this.#setPace(run, null);
  }

  /** A run is told at another pace from now on; says whether it is on view. */
  #setPace(run: number, pace: Pace | null): boolean {
    this.#pace = pace;
    const view = this.#views.get(run);
    if (view !== undefined) this.#views.set(run, { ...view, pace });
    return view !== undefined;
  }

  #append({ run, words }: StreamMessage & { type: 'spans' }): boolean {
    const view = this.#views.get(run);
    if (view === undefined || run === this.#awaited) return false;
    view.timeline.append(words);
    if (view.expected === null) return true;
    // What is only loading is drawn seldom, as the drawing is what it would wait for.
    const isDue = this.#now() >= this.#toldMs + LOADING_PACE_MS;
    if (isDue) this.#toldMs = this.#now();
    return isDue;
  }

  #finish(message: StreamMessage & { type: 'timelineEnd' }): boolean {
    const { run, repeat, wallNs, keptUntilNs, interruptions, dropped } = message;
    const view = this.#views.get(run);
    if (view?.repeat !== repeat || run === this.#awaited) return false;
    view.timeline.interruptions = interruptions;
    this.#views.set(run, { ...view, wallNs, keptUntilNs, dropped });
    return true;
  }
}

const EMPTY = {
  wallNs: null,
  dropped: 0,
  keptUntilNs: null,
  expected: null,
  isInPieces: false,
} as const;

/** Gives the spans of a timeline their labels: functions with the names of their files, and a line. */
function name(timeline: Timeline, { labels, source }: Pick<About, 'labels' | 'source'>): void {
  const brief = labels?.map((label) => ({ ...label, file: label.file && basename(label.file) }));
  const hotLines = source.kind === 'process' ? source.hotLines : [];
  timeline.labels = brief?.map(labelText) ?? null;
  timeline.holderLabels =
    brief?.map((label, index) => labelText({ ...label, line: hotLines[index] ?? label.line })) ??
    null;
}

/** The name of a file without its folder. */
function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a repeat that was streamed again is still asked for. */
function isWanted(run: number, repeat: number, state: RunState): boolean {
  const { selected } = state;
  if (selected?.run === run) return selected.repeat === repeat;
  const baseline = baselineEntry(state);
  return baseline?.run === run && lastRepeat(baseline) === repeat;
}
