import {
  DatasetController,
  Element,
  type ControllerDatasetOptions,
  type CoreChartOptions,
} from 'chart.js';
import { Painter } from './paint.js';
import { geometryOf, sceneOf, type Scene } from './scene.js';

declare module 'chart.js' {
  interface ChartTypeRegistry {
    timeline: {
      chartOptions: CoreChartOptions<'timeline'>;
      datasetOptions: ControllerDatasetOptions;
      /** A dataset's data is one scene: Chart.js makes no element for it, and none for its spans. */
      defaultDataPoint: Scene;
      metaExtensions: object;
      parsedDataType: object;
      scales: 'nanoseconds';
    };
  }
}

/** Chart.js wants the name of an element for every type of chart; the timeline makes none. */
export class LaneElement extends Element {
  static readonly id = 'lane';
  static override readonly defaults = {};
}

/**
 * Chart.js's part of the timeline. Its own way, an object for each span that is made, parsed, laid
 * out and animated, is left out: the scene is painted straight from the model.
 */
export class TimelineController extends DatasetController<'timeline'> {
  static readonly id = 'timeline';
  static readonly defaults = { dataElementType: LaneElement.id, datasetElementType: false };

  readonly #painter = new Painter((width, height) => new OffscreenCanvas(width, height));

  override addElements(): void {
    // There are no elements; see LaneElement.
  }

  override buildOrUpdateElements(): void {
    // There are no elements; see LaneElement.
  }

  override parse(): void {
    // The scene is read as it is.
  }

  override update(): void {
    // Whatever changes is in the scene.
  }

  protected override getMaxOverflow(): false {
    return false;
  }

  /** The axis shows the range in view; none, and so no marks, where there is nothing to see. */
  protected override getMinMax(): { min: number; max: number } {
    const { range, timeline } = this.#scene;
    if (timeline.spanCount === 0) return { min: NaN, max: NaN };
    return { min: range.startNs, max: range.endNs };
  }

  override draw(): void {
    const scene = this.#scene;
    if (scene.timeline.spanCount === 0) return;
    const { ctx, chartArea, currentDevicePixelRatio } = this.chart;
    // Columns of a strip are stretched, never blurred.
    ctx.imageSmoothingEnabled = false;
    const start = performance.now();
    this.#painter.paint(ctx, scene, geometryOf(scene, chartArea), currentDevicePixelRatio);
    tellOfPaint(start, scene.timeline);
  }

  get #scene(): Scene {
    return sceneOf(this.chart);
  }
}

/** The name of the measure that each painting of a timeline leaves (User Timing). */
const PAINT_MEASURE = 'timeline paint';

/** Reports a paint to profilers and the bench, with how far the timeline had come by then. */
export function tellOfPaint(start: number, { endNs, spanCount }: Scene['timeline']): void {
  performance.measure(PAINT_MEASURE, { start, detail: { endNs, spans: spanCount } });
  // Observers get it all the same; kept, they would pile up.
  performance.clearMeasures(PAINT_MEASURE);
}
