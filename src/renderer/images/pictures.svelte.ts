import { createContext } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import * as v from 'valibot';
import { commandLineOf } from '../../experiment/command-line.js';
import {
  comparisonFileName,
  namedFileName,
  runFileName,
  sweepFileName,
  today as readToday,
} from '../../experiment/file-name.js';
import {
  PictureSchema,
  PICTURED,
  type Picture,
  type Pictured,
  type PictureFormat,
} from '../../ipc/picture.js';
import { formatShare } from '../../base/units.js';
import { cellsOf } from '../../sweep/axes.js';
import { sweepCommandLine } from '../../sweep/sweep-command-line.js';
import type { Ask } from '../app/bridge.js';
import type { ComparisonView } from '../comparison/comparison-view.js';
import { pngOf, svgOf, type Drawing, type Sketch } from './picture.js';
import type { Palette } from '../ui/palette.js';
import type { Reporter } from '../state/reporter.js';
import { isExperiment, type RunEntry } from '../state/run-state.js';
import { sweepTitle } from '../state/sweep-wording.js';
import type { SweepView } from '../state/sweeps.js';
import { comparisonTitle, wholeName } from '../state/wording.js';

/** How a page that is not the window's has its charts. */
export interface PageLook {
  readonly palette: Palette;
  readonly widthPx: number;
}

/** A chart that is on the page: how to draw it as it is now, and a sentence of what it shows. */
export interface PictureSource {
  /** In its own colours and width, or in those of another page. */
  readonly sketch: (page?: PageLook) => Sketch;
  readonly says: () => string;
  /** The baseline, where the chart shows it beside the shown run. */
  readonly baseline?: () => RunEntry | undefined;
}

/** What paints a drawing, which may take long. */
export interface PicturePainters {
  readonly png: typeof pngOf;
  readonly svg: typeof svgOf;
}

/** What pictures are of, and where it is told what became of them. */
export interface PicturesHost extends Reporter {
  /** The run, the comparison or the sweep on view, which captions and file names are made of. */
  readonly shown: RunEntry | undefined;
  readonly comparison: Pick<ComparisonView, 'parameters'> | null;
  readonly sweep: Pick<SweepView, 'axes'> | null;
}

/** Makes pictures of the charts that are on the page, and copies or saves them. */
export class Pictures {
  readonly #host: PicturesHost;
  readonly #ask: Ask;
  readonly #painters: PicturePainters;
  readonly #today: () => Date;
  readonly #sources = new SvelteMap<Pictured, PictureSource>();

  constructor(
    host: PicturesHost,
    ask: Ask,
    painters: PicturePainters = { png: pngOf, svg: svgOf },
    today = readToday,
  ) {
    this.#host = host;
    this.#ask = ask;
    this.#painters = painters;
    this.#today = today;
  }

  /** Adds a chart that is on the page. Returns the function that removes it. */
  offer(chart: Pictured, source: PictureSource): () => void {
    this.#sources.set(chart, source);
    return () => {
      if (this.#sources.get(chart) === source) this.#sources.delete(chart);
    };
  }

  /** Whether a picture can be made of a chart. */
  has(chart: Pictured): boolean {
    return this.#sources.has(chart);
  }

  /** A chart for a page of another look, with what it shows; null where it is not on the page. */
  sketchFor(
    chart: Pictured,
    page: PageLook,
  ): { readonly sketch: Sketch; readonly says: string } | null {
    const source = this.#sources.get(chart);
    return source === undefined ? null : { sketch: source.sketch(page), says: source.says() };
  }

  /** Puts a picture on the clipboard: a PNG as an image, an SVG as its text. */
  async copy(chart: Pictured, format: PictureFormat): Promise<void> {
    const picture = await this.#make(chart, format);
    if (picture === null) return;
    const answer = await this.#ask('copyPicture', picture);
    if (!answer.ok) this.#host.fail(answer.failure, `The ${named(chart, format)} was not copied`);
    else this.#host.notice(`The ${named(chart, format)} is on the clipboard`);
  }

  /** Asks where to, and writes a picture there. */
  async save(chart: Pictured, format: PictureFormat): Promise<void> {
    // Another run may be shown by the time that it is painted.
    const name = this.#nameOf(chart);
    const picture = await this.#make(chart, format);
    if (picture === null) return;
    const answer = await this.#ask('savePicture', { name, picture });
    const unsaved = `The ${named(chart, format)} was not saved`;
    if (!answer.ok) this.#host.fail(answer.failure, unsaved);
    else if (answer.value.status === 'cancelled') this.#host.notice(unsaved);
    else this.#host.notice(`Saved the ${named(chart, format)} to ${answer.value.path}`);
  }

  async #make(chart: Pictured, format: PictureFormat): Promise<Picture | null> {
    const source = this.#sources.get(chart);
    if (source === undefined) return null;
    this.#host.dismiss();
    const notice = `Painting the picture of the ${PICTURED[chart]}…`;
    this.#host.notice(notice);
    const tell = (share: number) => {
      this.#host.notice(`${notice} ${formatShare(share)}`);
    };
    try {
      const drawing = this.#drawing(chart, source);
      const picture: Picture =
        format === 'svg'
          ? { format, text: await this.#painters.svg(drawing, tell) }
          : { format, bytes: await this.#painters.png(drawing, tell) };
      return v.parse(PictureSchema, picture);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#host.fail(
        { message: `No picture of the ${PICTURED[chart]}: ${reason}` },
        `The ${named(chart, format)} was not painted`,
      );
      return null;
    }
  }

  #drawing(chart: Pictured, { sketch, says, baseline }: PictureSource): Drawing {
    const { comparison, shown, sweep } = this.#host;
    if (sweep !== null) {
      const { axes } = sweep;
      return { ...sketch(), caption: [sweepTitle(axes), says(), sweepCommandLine(axes)] };
    }
    if (chart === 'comparison') {
      if (comparison === null) throw new Error('no comparison is shown');
      const { parameters } = comparison;
      const command = commandLineOf(parameters, 'compare');
      return { ...sketch(), caption: [comparisonTitle(parameters), says(), command] };
    }
    if (shown === undefined) throw new Error('no run is shown');
    const pinned = baseline?.();
    const against = pinned === undefined ? [] : [`Baseline, run ${pinned.run}: ${howMade(pinned)}`];
    return { ...sketch(), caption: [wholeName(shown), says(), howMade(shown), ...against] };
  }

  #nameOf(chart: Pictured): string {
    const { comparison, shown, sweep } = this.#host;
    const today = this.#today();
    const kind = PICTURED[chart].replaceAll(' ', '-');
    if (sweep !== null) return `${sweepFileName(cellsOf(sweep.axes).length, today)}-${kind}`;
    if (chart === 'comparison' && comparison !== null) {
      return comparisonFileName(comparison.parameters, today);
    }
    if (shown === undefined) return kind;
    const name = isExperiment(shown)
      ? runFileName(shown.source.parameters, today)
      : namedFileName(shown.description.label, today);
    return `${name}-${kind}`;
  }
}

/** How a recording was made: an experiment's command line, else what was done. */
function howMade(run: RunEntry): string {
  return isExperiment(run) ? commandLineOf(run.source.parameters) : run.description.subtitle;
}

/** `timeline as PNG`. */
function named(chart: Pictured, format: PictureFormat): string {
  return `${PICTURED[chart]} as ${format.toUpperCase()}`;
}

/** The page's pictures, for the charts on it. */
export const [getPictures, setPictures] = createContext<Pictures>();
