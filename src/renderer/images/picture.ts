import { BasicPlatform, Chart, type ChartConfiguration, type Plugin } from 'chart.js';
import { finish, type CooperativeTask } from '../../base/cooperative-task.js';
import { doneInSlices, givingWay, telling, tellingTenths } from '../ui/slices.js';
import type { Stripe } from '../timeline/model/lane-rows.js';
import type { Palette } from '../ui/palette.js';
import { PngWriter } from './png-writer.js';
import { SvgPen, type MeasureText } from './svg-pen.js';

/** A chart to be made a picture of: how Chart.js draws it, and its size in CSS pixels. */
export interface Sketch {
  readonly configuration: ChartConfiguration;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly palette: Palette;
  /** Where it may be cut so that its parts stand on pages of their own, in px from its top. */
  readonly cutsPx?: readonly number[];
  /**
   * What is painted over that and may take long: the part of the chart that is asked for, all of it in
   * so many steps, or a few more.
   */
  readonly painting?: {
    readonly steps: number;
    readonly of: (chart: Chart, part: Stripe) => CooperativeTask<void>;
  };
}

/** A sketch with the lines that are written above it, the first as its title. */
export interface Drawing extends Sketch {
  readonly caption: readonly string[];
}

/** Pixels of a PNG for a CSS pixel. */
const PNG_SCALE = 2;
/** A PNG is painted in bands so high, in CSS pixels: memory for all of it would take long to get. */
const BAND_PX = 256;
/**
 * How much more is painted above and below a band: corners that the canvas ends in are smoothed in
 * another way.
 */
const OVERLAP_PX = 4;
/** Rows of pixels that are compressed at once. */
const ROWS_AT_ONCE = 32;
/** A picture is at least so wide, in px, that its caption can be read. */
const LEAST_WIDTH = 640;

const MARGIN = 14;
const TITLE_PX = 14;
const LINE_PX = 11;
const LINE_HEIGHT = 17;

/** Called with how far a picture is, 0 to 1, where it takes long. */
export type Tell = (share: number) => void;

/** A drawing as the text of an SVG: paths, rectangles and words, no image. */
export async function svgOf(
  drawing: Drawing,
  tell: Tell,
  measure: MeasureText = newMeasure(),
): Promise<string> {
  const { caption, width, height } = laidOut(drawing, measure);
  const pen = new SvgPen(width, height, measure);
  // The pen has what the charts use of a context; what it has not fails loudly.
  const chart = draw(drawing, caption, pen.canvas as unknown as HTMLCanvasElement, 1);
  try {
    const { painting } = drawing;
    if (painting !== undefined) {
      await doneInSlices(telling(painting.of(chart, { top: 0, height }), painting.steps, tell));
    }
    return pen.toSvg(drawing.caption[0] ?? '');
  } finally {
    chart.destroy();
  }
}

/** A drawing as a PNG of two pixels for each CSS pixel, painted and compressed band by band. */
export async function pngOf(
  drawing: Drawing,
  tell: Tell,
  bandPx = BAND_PX,
): Promise<Uint8Array<ArrayBuffer>> {
  const { caption, width, height } = laidOut(drawing, newMeasure());
  const pen = newBandPen({ width, height }, Math.min(bandPx, height));
  const chart = draw(drawing, caption, pen.canvas as unknown as HTMLCanvasElement, PNG_SCALE);
  const writer = new PngWriter(PNG_SCALE * width, PNG_SCALE * height);
  const tellShare = tellingTenths(tell);
  const giveWay = givingWay();
  try {
    for (let top = 0; top < height; top += bandPx) {
      const part = { top, height: Math.min(bandPx, height - top) };
      const wider = { top: top - OVERLAP_PX, height: part.height + 2 * OVERLAP_PX };
      pen.setTransform(PNG_SCALE, 0, 0, PNG_SCALE, 0, -PNG_SCALE * wider.top);
      chart.draw();
      if (drawing.painting !== undefined) await doneInSlices(drawing.painting.of(chart, wider));
      for (let row = 0; row < PNG_SCALE * part.height; row += ROWS_AT_ONCE) {
        const rows = Math.min(ROWS_AT_ONCE, PNG_SCALE * part.height - row);
        const from = PNG_SCALE * OVERLAP_PX + row;
        await writer.add(pen.getImageData(0, from, PNG_SCALE * width, rows).data);
        await giveWay();
      }
      tellShare((top + part.height) / height);
    }
    return await writer.finish();
  } finally {
    chart.destroy();
  }
}

/** A pen on a band of a picture, whose charts take it to be as large as the picture. */
function newBandPen(
  picture: { readonly width: number; readonly height: number },
  bandPx: number,
): OffscreenCanvasRenderingContext2D {
  const band = new OffscreenCanvas(
    PNG_SCALE * picture.width,
    PNG_SCALE * (bandPx + 2 * OVERLAP_PX),
  );
  return asLargeAs(picture, penOn(band, { willReadFrequently: true }));
}

/** A pen whose charts take its canvas to be as large as a picture. */
function asLargeAs(
  picture: { readonly width: number; readonly height: number },
  pen: OffscreenCanvasRenderingContext2D,
): OffscreenCanvasRenderingContext2D {
  Object.defineProperty(pen, 'canvas', { value: { ...picture, getContext: () => pen } });
  return pen;
}

/** A part of a drawing on a canvas of the page, painted at once. */
export function paintBand(
  drawing: Drawing,
  canvas: HTMLCanvasElement,
  { top, height }: Stripe,
  scale: number,
): void {
  const size = sizeOnPaper(drawing);
  const [width, bandHeight] = [Math.round(scale * size.width), Math.round(scale * height)];
  // A chart clears its canvas when it is done with, so that it has one of its own.
  const band = new OffscreenCanvas(width, bandHeight);
  const pen = asLargeAs(size, penOn(band));
  const chart = draw(drawing, [], pen.canvas as unknown as HTMLCanvasElement, scale);
  pen.setTransform(scale, 0, 0, scale, 0, -scale * top);
  chart.draw();
  if (drawing.painting !== undefined) finish(drawing.painting.of(chart, { top, height }));
  canvas.width = width;
  canvas.height = bandHeight;
  canvas.getContext('2d')?.drawImage(band, 0, 0);
  chart.destroy();
}

/** The size of a drawing without a caption, in CSS pixels. */
export function sizeOnPaper(drawing: Sketch): { readonly width: number; readonly height: number } {
  const { width, height } = laidOut({ ...drawing, caption: [] }, newMeasure());
  return { width, height };
}

/** Chart.js draws as it makes a chart whose canvas is not on the page. */
function draw(
  { configuration, palette }: Drawing,
  caption: readonly string[],
  canvas: HTMLCanvasElement,
  devicePixelRatio: number,
): Chart {
  const { options = {}, plugins = [], data } = configuration;
  const { padding, autoPadding } = options.layout ?? {};
  const sides = typeof padding === 'object' ? padding : {};
  const top = ('top' in sides ? (sides.top ?? 0) : 0) + captionHeight(caption);
  // Charts that lay themselves out to the edge of their box are drawn as they are on the page.
  const margins = autoPadding === false ? {} : { left: MARGIN, right: MARGIN, bottom: MARGIN };
  return new Chart(canvas, {
    ...configuration,
    platform: BasicPlatform,
    plugins: [...plugins, captionOf(caption, palette)],
    data: {
      ...data,
      // With a segment, if an empty one, lines are drawn on the context and not as a Path2D.
      datasets: data.datasets.map((dataset) => ({ ...dataset, segment: {} })),
    },
    options: {
      ...options,
      animation: false,
      responsive: false,
      events: [],
      devicePixelRatio,
      layout: { ...options.layout, padding: { ...margins, ...sides, top } },
    },
  });
}

/** The picture's size, and its caption in lines that fit in. */
function laidOut(drawing: Drawing, measure: MeasureText) {
  const width = Math.max(LEAST_WIDTH, Math.round(drawing.widthPx));
  const { fontFamily } = drawing.palette;
  const caption = drawing.caption.flatMap((line, index) =>
    wrapped(line, width - 2 * MARGIN, (text) => measure(text, fontOf(index, fontFamily)).width),
  );
  return { caption, width, height: Math.round(drawing.heightPx) + captionHeight(caption) };
}

/** Breaks a line between words, so that each part fits in where a word does. */
function wrapped(line: string, widthPx: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const last = lines.at(-1);
    const longer = `${last ?? ''} ${word}`;
    if (last !== undefined && widthOf(longer) <= widthPx) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function captionHeight(lines: readonly string[]): number {
  return lines.length === 0 ? 0 : 2 * MARGIN + lines.length * LINE_HEIGHT;
}

function fontOf(line: number, family: string): string {
  return line === 0 ? `bold ${TITLE_PX}px ${family}` : `${LINE_PX}px ${family}`;
}

/** The ground of the picture, and the caption on it. */
function captionOf(lines: readonly string[], palette: Palette): Plugin {
  return {
    id: 'caption',
    beforeDraw: ({ ctx, width, height }) => {
      ctx.save();
      ctx.fillStyle = palette.surface;
      ctx.fillRect(0, 0, width, height);
      ctx.textAlign = 'left';
      ctx.textBaseline = 'middle';
      lines.forEach((line, index) => {
        ctx.font = fontOf(index, palette.fontFamily);
        ctx.fillStyle = index === 0 ? palette.text : palette.textMuted;
        ctx.fillText(line, MARGIN, MARGIN + (index + 0.5) * LINE_HEIGHT);
      });
      ctx.restore();
    },
  };
}

function newMeasure(): MeasureText {
  const pen = penOn(new OffscreenCanvas(1, 1));
  return (text, font) => {
    pen.font = font;
    return pen.measureText(text);
  };
}

function penOn(
  canvas: OffscreenCanvas,
  settings: CanvasRenderingContext2DSettings = {},
): OffscreenCanvasRenderingContext2D {
  const pen = canvas.getContext('2d', settings);
  if (pen === null) throw new Error('a canvas beside the page has no 2D context');
  return pen;
}
