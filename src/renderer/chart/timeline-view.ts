import type { Chart } from 'chart.js';
import { Timeline } from '../../shared/timeline.js';
import type { Command, WheelAction } from './commands.js';
import { hitTest, type Hit } from './hit-test.js';
import { readPalette } from './palette.js';
import { geometryOf, type Geometry, type Scene } from './scene.js';
import { timelineChart } from './timeline-chart.js';
import { timeOf, type TimeRange } from './time-window.js';
import { calmEnd, durationOf, panned, wholeRange, within, zoomed } from './view.js';

/** How far one press of a key zooms, and pans as a share of the view. */
const KEY_ZOOM = 1.5;
const KEY_PAN = 0.15;

/** What is to be shown. */
export interface Subject {
  readonly timeline: Timeline;
  /** Counts the changes of `timeline`, which is changed in place. */
  readonly version: number;
  /** How far time goes at least, in ns. */
  readonly endNs: number;
  /** The timeline may yet grow. */
  readonly live: boolean;
}

/** What the view tells of itself. */
export interface ViewEvents {
  /** Another part of time is in view; `isWhole` where that is all of it. */
  onRange(range: TimeRange, isWhole: boolean): void;
}

/**
 * The timeline on a canvas: what is in view and how it moves. Draws at most once a frame, and only
 * after something has changed.
 */
export class TimelineView {
  readonly #chart: Chart<'timeline'>;
  readonly #scene: Scene;
  readonly #events: ViewEvents;
  /** All of time: from 0 to the end of the timeline, or a little later while that grows. */
  #whole = wholeRange(0);
  /** Nobody has zoomed or panned, so that the view follows the whole. */
  #isWhole = true;
  #frame = 0;

  constructor(canvas: HTMLCanvasElement, events: ViewEvents) {
    this.#events = events;
    this.#scene = {
      timeline: new Timeline(0),
      range: this.#whole,
      scroll: 0,
      palette: readPalette(getComputedStyle(canvas)),
      hover: null,
    };
    this.#chart = timelineChart(canvas, this.#scene);
  }

  /** Shows a timeline as far as it has come. */
  show({ timeline, endNs, live }: Subject): void {
    if (timeline !== this.#scene.timeline) {
      this.#scene.timeline = timeline;
      this.#scene.scroll = 0;
      this.#scene.hover = null;
      this.#isWhole = true;
    }
    const end = Math.max(endNs, timeline.endNs);
    this.#whole = wholeRange(live ? calmEnd(end) : end);
    this.#setRange(this.#isWhole ? this.#whole : within(this.#scene.range, this.#whole));
  }

  /** Shows all of it. */
  fit(): void {
    this.#isWhole = true;
    this.#scene.scroll = 0;
    this.#setRange(this.#whole);
  }

  /** Zooms with the time at a canvas x staying there; a factor above 1 zooms in. */
  zoomAt(canvasX: number, factor: number): void {
    const { plot, window } = this.#geometry;
    const x = Math.min(Math.max(canvasX - plot.left, 0), plot.width);
    this.#navigate(zoomed(this.#scene.range, this.#whole, timeOf(window, x), factor));
  }

  /** Moves the view by pixels, to later times and to lanes further down. */
  panBy(px: number, lanesPx = 0): void {
    const { window, rows } = this.#geometry;
    this.#scene.scroll = Math.min(Math.max(rows.scroll + lanesPx, 0), rows.maxScroll);
    this.#navigate(panned(this.#scene.range, this.#whole, px * window.nsPerPx));
  }

  /** Does what a turn of the wheel asks for; over the lanes' names it scrolls them. */
  turn(canvasX: number, action: WheelAction): void {
    const { plot, rows } = this.#geometry;
    if (action.kind === 'pan') this.panBy(action.px);
    else if (canvasX < plot.left && rows.maxScroll > 0) this.panBy(0, action.px);
    else this.zoomAt(canvasX, action.factor);
  }

  /** Does what a key asks for. */
  run(command: Command): void {
    const { plot, rows } = this.#geometry;
    const pan = Math.round(plot.width * KEY_PAN);
    const middle = plot.left + plot.width / 2;
    const actions: Record<Command, () => void> = {
      'zoom in': () => {
        this.zoomAt(middle, KEY_ZOOM);
      },
      'zoom out': () => {
        this.zoomAt(middle, 1 / KEY_ZOOM);
      },
      'pan left': () => {
        this.panBy(-pan);
      },
      'pan right': () => {
        this.panBy(pan);
      },
      'scroll up': () => {
        this.panBy(0, -rows.laneHeight);
      },
      'scroll down': () => {
        this.panBy(0, rows.laneHeight);
      },
      'page up': () => {
        this.panBy(0, -rows.area.height);
      },
      'page down': () => {
        this.panBy(0, rows.area.height);
      },
      fit: () => {
        this.fit();
      },
    };
    actions[command]();
  }

  /** Marks the span at a place of the canvas, and gives it with how many ns a pixel is. */
  hover(canvasX: number, canvasY: number): { hit: Hit; nsPerPx: number } | null {
    const { plot, window, rows } = this.#geometry;
    const hit = hitTest(this.#scene.timeline, window, rows, canvasX - plot.left, canvasY);
    this.#setHover(hit);
    return hit === null ? null : { hit, nsPerPx: window.nsPerPx };
  }

  /** The pointer has left. */
  leave(): void {
    this.#setHover(null);
  }

  /** The theme has changed: reads the colours again. */
  restyle(): void {
    this.#scene.palette = readPalette(getComputedStyle(this.#chart.canvas));
    this.#requestFrame();
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.#chart.destroy();
  }

  get #geometry(): Geometry {
    return geometryOf(this.#scene, this.#chart.chartArea);
  }

  #navigate(range: TimeRange): void {
    this.#isWhole = durationOf(range) >= durationOf(this.#whole);
    this.#setRange(range);
  }

  #setRange(range: TimeRange): void {
    this.#scene.range = range;
    this.#requestFrame();
    this.#events.onRange(range, this.#isWhole);
  }

  #setHover(hit: Hit | null): void {
    const { hover } = this.#scene;
    if (hit?.startNs === hover?.startNs && hit?.kind === hover?.kind && hit?.lane === hover?.lane) {
      return;
    }
    this.#scene.hover = hit;
    this.#requestFrame();
  }

  #requestFrame(): void {
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#chart.update('none');
    });
  }
}
