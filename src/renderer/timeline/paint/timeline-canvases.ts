import type { Chart } from 'chart.js';
import type { Compositing } from '../../../ipc/compositing.js';
import { Timeline } from '../../../recording/timeline.js';
import { AdaptiveResolution } from '../model/adaptive-resolution.js';
import { NewestCanvas } from './newest-canvas.js';
import { OverlayCanvas } from './overlay-canvas.js';
import type { Overlay } from './paint-overlay.js';
import { readPalette } from '../../ui/palette.js';
import { geometryOf, type Geometry, type Scene } from './scene.js';
import { repaint, timelineChart } from './timeline-chart.js';
import type { PageLook } from '../../images/pictures.svelte.js';
import type { TimelineLook } from '../../images/timeline-sketch.js';
import { wholeRange } from '../model/view.js';

/**
 * The canvases that a timeline is painted on: its spans, what a running run adds to them, and what
 * lies over them. They are painted at most once a frame, and only after something has changed; what
 * lies over the spans is painted without them.
 */
export class TimelineCanvases {
  /** What is painted; whoever changes it asks for a painting. */
  readonly scene: Scene;
  /** What is new is added to the picture of the spans, rather than painted with all of it. */
  isGrowing = false;
  readonly #chart: Chart<'timeline'>;
  readonly #newest: NewestCanvas;
  readonly #above: OverlayCanvas;
  readonly #overlay: Overlay = {
    hover: null,
    selected: null,
    range: null,
    cursor: null,
    named: null,
  };
  #frame = 0;
  readonly #resolution = new AdaptiveResolution();
  /** Runs out where a coarsely painted view has come to rest. */
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** The spans are to be drawn too, not only what lies over them. */
  #isStale = false;
  /** The chart is laid out as the scene has it. */
  #isLaidOut = true;

  constructor(
    canvas: HTMLCanvasElement,
    newest: HTMLCanvasElement,
    above: HTMLCanvasElement,
    compositing: Compositing,
  ) {
    this.scene = {
      timeline: new Timeline(0),
      range: wholeRange(0),
      scroll: 0,
      pins: [],
      hasAxis: true,
      palette: readPalette(getComputedStyle(canvas)),
      columnPx: 1,
    };
    this.#chart = timelineChart(canvas, this.scene, compositing);
    this.#newest = new NewestCanvas(newest);
    this.#above = new OverlayCanvas(above);
    this.#chart.options.onResize = () => {
      // What was added lies on a picture of another size.
      this.request(this.isGrowing);
    };
  }

  /** Where all things of the scene are. */
  get geometry(): Geometry {
    return geometryOf(this.scene, this.#chart.chartArea);
  }

  /** Returns the timeline as it is now, for a picture; in the colours and the width of another page, if given. */
  lookOn(page?: PageLook): TimelineLook {
    const { width, chartArea } = this.#chart;
    return {
      scene: { ...this.scene, palette: page?.palette ?? this.scene.palette },
      overlay: { ...this.#overlay },
      widthPx: page?.widthPx ?? width,
      plot: chartArea,
    };
  }

  /** Has what lies over the spans painted in the next frame, and the spans too where they are stale. */
  request(isStale: boolean): void {
    this.#isStale ||= isStale;
    if (this.#frame !== 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      if (this.#isStale) this.#paint();
      this.#above.paint(this.#overlay, this.scene, this.#chart);
    });
  }

  /** Adds what the timeline has got since to the picture; repaints all where that cannot be. */
  addNewest(): void {
    // A whole painting is under way where the picture is stale, and has all of it.
    if (!this.#isStale && !this.#newest.add(this.scene)) this.request(true);
  }

  /** The timeline is another one, with nothing to be seen of it yet. */
  clearNewest(): void {
    this.#newest.clear(this.scene);
  }

  /** Changes what lies over the spans. */
  mark(marks: Partial<Overlay>): void {
    const overlay = this.#overlay;
    const names = Object.keys(marks) as (keyof Overlay)[];
    if (names.every((name) => isSame(overlay[name], marks[name]))) return;
    Object.assign(overlay, marks);
    this.request(false);
  }

  /** Removes the marks of a timeline. Returns whether there were any. */
  forgetMarks(): boolean {
    const { hover, selected, cursor, named } = this.#overlay;
    Object.assign(this.#overlay, { hover: null, selected: null, cursor: null, named: null });
    return [hover, selected, cursor, named].some((mark) => mark !== null);
  }

  /** Has the time axis above the plot, or leaves it to the timeline above this one. */
  setAxis(hasAxis: boolean): void {
    if (hasAxis === this.scene.hasAxis) return;
    this.scene.hasAxis = hasAxis;
    this.#isLaidOut = false;
    this.request(true);
  }

  /** The theme has changed: reads the colours again. */
  restyle(): void {
    this.scene.palette = readPalette(getComputedStyle(this.#chart.canvas));
    this.request(true);
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
    this.#chart.destroy();
  }

  /** Repaints all of the picture. */
  #paint(): void {
    this.#isStale = false;
    clearTimeout(this.#rest);
    this.scene.columnPx = this.#resolution.begin(performance.now());
    // Laying it out paints it, too.
    if (this.#isLaidOut) repaint(this.#chart);
    else this.#chart.update();
    this.#isLaidOut = true;
    this.#resolution.end(performance.now());
    if (this.#resolution.isCoarse) {
      this.#rest = setTimeout(() => {
        this.request(true);
      }, AdaptiveResolution.RESTED_MS);
    }
    if (this.isGrowing) this.#newest.take(this.scene, this.#chart);
    else this.#newest.leave();
  }
}

/** Two marks are alike: the same value, or the same fields. */
function isSame(a: Overlay[keyof Overlay], b: Overlay[keyof Overlay] | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
