import type { Timeline } from '../../../recording/timeline.js';
import type { Move, WheelAction } from './commands.js';
import { hitTest, type Hit } from './hit-test.js';
import { laneTop, rowAt, scrollTo } from './lane-rows.js';
import { moved } from './motion.js';
import type { Scene } from '../paint/scene.js';
import type { TimelineCanvases } from '../paint/timeline-canvases.js';
import { timeOf, type TimeRange } from './time-window.js';
import {
  around,
  durationOf,
  isMisfit,
  newest,
  panned,
  revealed,
  steadyEnd,
  wholeRange,
  within,
  zoomed,
} from './view.js';

/** What is to be shown. */
export interface ViewedTimeline {
  /** The run that the timeline is of. */
  readonly run: number;
  readonly timeline: Timeline;
  /** Counts the changes of `timeline`, which is changed in place. */
  readonly version: number;
  /** How far time goes at least, in ns. */
  readonly endNs: number;
  /**
   * Where it will end, as far as can be foreseen, in ns, while it grows: it is then drawn as a whole
   * seldom, and what is new is added to that. Null where it grows no more.
   */
  readonly foreseenNs: number | null;
}

/** The part of time in view, and all of it. */
export interface Sight {
  readonly range: TimeRange;
  readonly whole: TimeRange;
  readonly isWhole: boolean;
  /** The timeline grows, so that its newest time can be followed. */
  readonly canFollow: boolean;
  /** The newest time stays in view, whatever comes. */
  readonly follows: boolean;
}

/** Events of the view. */
export interface ViewEvents {
  /** Another part of time is in view. */
  onSight(sight: Sight): void;
}

/** What is at a place of the canvas. */
export interface Place {
  /** The lanes' names left of the plot, the axis above it, or the plot, also beside its lanes. */
  readonly part: 'names' | 'axis' | 'plot';
  readonly row: number | 'lock' | null;
  readonly timeNs: number;
  readonly nsPerPx: number;
  readonly hit: Hit | null;
}

/** What is in view of a timeline and how it moves; its canvases follow. */
export class TimelineView {
  readonly canvases: TimelineCanvases;
  readonly #scene: Scene;
  readonly #events: ViewEvents;
  /** All of time: from 0 to the end of the timeline, or a little later while that grows. */
  #whole = wholeRange(0);
  /** Nobody has zoomed or panned, so that the view follows the whole. */
  #isWhole = true;
  /** How much of time is in view while it follows the newest, in ns; null where it does not. */
  #followedNs: number | null = null;
  #run = 0;

  constructor(canvases: TimelineCanvases, events: ViewEvents) {
    this.canvases = canvases;
    this.#scene = canvases.scene;
    this.#events = events;
  }

  get timeline(): Timeline {
    return this.#scene.timeline;
  }

  get sight(): Sight {
    return {
      range: this.#scene.range,
      whole: this.#whole,
      isWhole: this.#isWhole,
      canFollow: this.canvases.isGrowing,
      follows: this.#followedNs !== null,
    };
  }

  get pins(): readonly number[] {
    return this.#scene.pins;
  }

  /** Shows a timeline as far as it has come. */
  show({ run, timeline, endNs, foreseenNs }: ViewedTimeline): void {
    // What follows one repeat of a run follows the next one too.
    if (foreseenNs === null || run !== this.#run) this.#followedNs = null;
    this.#run = run;
    this.canvases.isGrowing = foreseenNs !== null;
    if (timeline !== this.#scene.timeline) {
      this.canvases.forgetMarks();
      // The next repeat has the same lanes, and the pins are meant for it too.
      if (timeline.lanes !== this.#scene.timeline.lanes) this.#scene.pins = [];
      this.#scene.timeline = timeline;
      this.#scene.scroll = 0;
      this.#isWhole = this.#followedNs === null;
    }
    const end = Math.max(endNs, timeline.endNs);
    const wholeNs = foreseenNs === null ? end : steadyEnd(this.#whole.endNs, end, foreseenNs);
    this.#whole = wholeRange(wholeNs);
    if (this.#followedNs !== null) this.#showNewest(this.#followedNs);
    else this.#setRange(this.#isWhole ? this.#whole : within(this.#scene.range, this.#whole));
  }

  /**
   * Adds what a timeline that grows has got since to the picture, which is cheap; of a repeat that
   * is new too, where the picture shows the whole. Where it cannot be, all is shown again.
   */
  add(subject: ViewedTimeline): void {
    const { timeline } = subject;
    const scene = this.#scene;
    const isNew = timeline !== scene.timeline;
    const isInView = timeline.endNs <= this.#whole.endNs && subject.endNs <= this.#whole.endNs;
    const { foreseenNs } = subject;
    // What was foreseen from the first task or two may be far off.
    const isOff = foreseenNs !== null && isMisfit(this.#whole.endNs, timeline.endNs, foreseenNs);
    const canBegin = this.#isWhole && timeline.lanes === scene.timeline.lanes;
    const leftBehind = this.#followedNs !== null && (isNew || timeline.endNs > scene.range.endNs);
    if (!this.canvases.isGrowing || !isInView || isOff || leftBehind || (isNew && !canBegin)) {
      this.show(subject);
      return;
    }
    if (isNew) {
      if (this.canvases.forgetMarks()) this.canvases.request(false);
      scene.timeline = timeline;
      this.canvases.clearNewest();
    }
    this.canvases.addNewest();
  }

  /**
   * Keeps the newest time in view from now on, as much of time as is in view now, or lets it go by;
   * only while the timeline grows. Moving the view by hand lets it go by too, zooming does not.
   */
  toggleFollow(): void {
    if (!this.canvases.isGrowing) return;
    if (this.#followedNs === null) this.#showNewest(durationOf(this.#scene.range));
    else this.go(this.#scene.range);
  }

  /** Shows all of it. */
  fit(): void {
    this.#followedNs = null;
    this.#isWhole = true;
    this.#scene.scroll = 0;
    this.#setRange(this.#whole);
  }

  /** Zooms with the time at a canvas x staying there; a factor above 1 zooms in. */
  zoomAt(canvasX: number, factor: number): void {
    const { plot, window } = this.canvases.geometry;
    const x = Math.min(Math.max(canvasX - plot.left, 0), plot.width);
    this.#zoom(zoomed(this.#scene.range, this.#whole, timeOf(window, x), factor));
  }

  /** Zooms to a part of time, with a margin. */
  zoomTo(part: TimeRange): void {
    this.go(around(part, this.#whole));
  }

  /** Moves the view by pixels, to later times and to lanes further down. */
  panBy(px: number, lanesPx = 0): void {
    const { window, rows } = this.canvases.geometry;
    this.#scene.scroll = Math.min(Math.max(rows.scroll + lanesPx, 0), rows.maxScroll);
    if (px === 0) this.canvases.request(true);
    else this.go(panned(this.#scene.range, this.#whole, px * window.nsPerPx));
  }

  /** Scrolls the lanes by pages. */
  turnPages(count: number): void {
    this.panBy(0, count * this.canvases.geometry.rows.area.height);
  }

  /** Moves as a key held for so long, in ms, does. */
  advance(move: Move, forMs: number): void {
    const range = moved(this.#scene.range, this.#whole, move, forMs);
    if (move === 'zoom in' || move === 'zoom out') this.#zoom(range);
    else this.go(range);
  }

  /** Does what a turn of the wheel asks for; says whether there was anything to do. */
  turn(canvasX: number, action: WheelAction): boolean {
    if (action.kind === 'zoom') this.zoomAt(canvasX, action.factor);
    else if (action.kind === 'pan') this.panBy(action.px);
    else if (this.canvases.geometry.rows.maxScroll === 0) return false;
    else this.panBy(0, action.px);
    return true;
  }

  /** Brings a span's lane and time in sight. */
  reveal(lane: number, part: TimeRange): void {
    this.#scene.scroll = scrollTo(this.canvases.geometry.rows, lane);
    this.go(revealed(this.#scene.range, this.#whole, part));
  }

  /** Shows a range of time that lies in the whole. */
  go(range: TimeRange): void {
    this.#followedNs = null;
    this.#isWhole = durationOf(range) >= durationOf(this.#whole);
    this.#setRange(range);
  }

  /** Puts so many lanes on top, in that order. */
  pin(pins: readonly number[]): void {
    this.#scene.pins = pins;
    this.canvases.request(true);
  }

  /** What is at a place of the canvas. */
  at(canvasX: number, canvasY: number): Place {
    const { plot, window, rows } = this.canvases.geometry;
    const x = canvasX - plot.left;
    const part = x < 0 ? 'names' : canvasY < plot.top ? 'axis' : 'plot';
    return {
      part,
      row: rowAt(rows, canvasY),
      timeNs: timeOf(window, Math.min(Math.max(x, 0), plot.width)),
      nsPerPx: window.nsPerPx,
      hit: part === 'plot' ? hitTest(this.#scene.timeline, window, rows, x, canvasY) : null,
    };
  }

  /** Which lane is in sight highest up, below the pinned ones. */
  get topLane(): number {
    const { rows } = this.canvases.geometry;
    const row = rowAt(rows, rows.area.top + 1);
    return typeof row === 'number' ? row : 0;
  }

  /** The lane above or below another as they stand now; null at the ends. */
  laneBeside(lane: number, step: 1 | -1): number | null {
    const { rows } = this.canvases.geometry;
    // Wherever the lanes are scrolled to, they have neighbours.
    const all = { ...rows, scroll: 0, area: { ...rows.area, height: Infinity } };
    const row = rowAt(all, laneTop(all, lane) + (step + 0.5) * rows.laneHeight);
    return typeof row === 'number' ? row : null;
  }

  /** Shows a range of another length, which while the newest is followed ends there. */
  #zoom(range: TimeRange): void {
    if (this.#followedNs === null) this.go(range);
    else this.#showNewest(durationOf(range));
  }

  #showNewest(durationNs: number): void {
    this.#followedNs = durationNs;
    // Where each move is a whole painting, there is room ahead, so that moves are few.
    const aheadNs = this.canvases.isGrowing ? durationNs / 4 : 0;
    const range = newest(durationNs, this.#whole, this.#scene.timeline.endNs + aheadNs);
    this.#isWhole = durationOf(range) >= durationOf(this.#whole);
    this.#setRange(range);
  }

  #setRange(range: TimeRange): void {
    this.#scene.range = range;
    this.canvases.request(true);
    this.#events.onSight(this.sight);
  }
}
