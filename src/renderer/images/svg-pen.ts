import type { HatchStyle } from '../timeline/paint/hatch.js';
import { decimal, escaped, hatchPattern, paintOf, textElement } from './svg-markup.js';

/** Measures a text in a font, as a 2D context does. */
export type MeasureText = (text: string, font: string) => TextMetrics;

/** Maps (x, y) to (ax + cy + e, bx + dy + f), as a 2D context's transform does. */
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** What `save` keeps. */
interface State {
  readonly style: Style;
  readonly dash: readonly number[];
  readonly matrix: Matrix;
  readonly clip: string;
}

interface Style {
  fillStyle: string;
  strokeStyle: string;
  globalAlpha: number;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  font: string;
  textAlign: string;
  textBaseline: string;
}

const INITIAL_STYLE: Style = {
  fillStyle: '#000000',
  strokeStyle: '#000000',
  globalAlpha: 1,
  lineWidth: 1,
  lineCap: 'butt',
  lineJoin: 'miter',
  font: '10px sans-serif',
  textAlign: 'start',
  textBaseline: 'alphabetic',
};

/**
 * A pen with those operations of a 2D context that the charts are painted with, which writes them
 * down as SVG. What it cannot write, such as an image, it does not have. It draws rectangles,
 * paths and text; clipping becomes clip paths, and transforms are worked into the coordinates.
 */
export class SvgPen implements Style {
  fillStyle = INITIAL_STYLE.fillStyle;
  strokeStyle = INITIAL_STYLE.strokeStyle;
  globalAlpha = INITIAL_STYLE.globalAlpha;
  lineWidth = INITIAL_STYLE.lineWidth;
  lineCap = INITIAL_STYLE.lineCap;
  lineJoin = INITIAL_STYLE.lineJoin;
  font = INITIAL_STYLE.font;
  textAlign = INITIAL_STYLE.textAlign;
  textBaseline = INITIAL_STYLE.textBaseline;
  lineDashOffset = 0;
  /** What Chart.js takes a context's size from. */
  readonly canvas: { width: number; height: number; getContext: () => SvgPen };

  readonly #measure: MeasureText;
  readonly #definitions: string[] = [];
  readonly #body: string[] = [];
  readonly #saved: State[] = [];
  #matrix = IDENTITY;
  #dash: readonly number[] = [];
  #path: string[] = [];
  /** The path has upright rectangles alone, which are drawn without blurred edges. */
  #isUpright = true;
  /** The clip path in force, and the one of the group that is open; '' for none. */
  #clip = '';
  #openClip = '';

  constructor(widthPx: number, heightPx: number, measure: MeasureText) {
    this.canvas = { width: widthPx, height: heightPx, getContext: () => this };
    this.#measure = measure;
  }

  /** The whole picture as a document, titled for those who hear it read. */
  toSvg(title: string): string {
    const { width, height } = this.canvas;
    this.#enter('');
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${decimal(width)}" height="${decimal(height)}" ` +
        `viewBox="0 0 ${decimal(width)} ${decimal(height)}" role="img">`,
      `<title>${escaped(title)}</title>`,
      `<defs>${this.#definitions.join('\n')}</defs>`,
      ...this.#body,
      '</svg>\n',
    ].join('\n');
  }

  /** A fill of thin diagonal lines over a faint ground, as `fillStyle` takes it. */
  hatch(colour: string, style: HatchStyle): string {
    const id = `hatch-${colour.replace(/\W/g, '')}`;
    if (!this.#definitions.some((definition) => definition.includes(`id="${id}"`))) {
      this.#definitions.push(hatchPattern(id, colour, style));
    }
    return `url(#${id})`;
  }

  save(): void {
    const style = this.#style();
    this.#saved.push({ style, dash: this.#dash, matrix: this.#matrix, clip: this.#clip });
  }

  restore(): void {
    const state = this.#saved.pop();
    if (state === undefined) return;
    Object.assign(this, state.style);
    this.#dash = state.dash;
    this.#matrix = state.matrix;
    this.#clip = state.clip;
  }

  translate(x: number, y: number): void {
    this.#transform([1, 0, 0, 1, x, y]);
  }

  rotate(angle: number): void {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    this.#transform([cos, sin, -sin, cos, 0, 0]);
  }

  setTransform(...matrix: Matrix): void {
    this.#matrix = matrix;
  }

  resetTransform(): void {
    this.#matrix = IDENTITY;
  }

  setLineDash(dash: readonly number[]): void {
    this.#dash = dash;
  }

  clearRect(): void {
    // Nothing has been painted where Chart.js clears its canvas.
  }

  beginPath(): void {
    this.#path = [];
    this.#isUpright = true;
  }

  moveTo(x: number, y: number): void {
    this.#isUpright = false;
    this.#path.push(`M${this.#point(x, y)}`);
  }

  lineTo(x: number, y: number): void {
    this.#isUpright = false;
    this.#path.push(`${this.#path.length === 0 ? 'M' : 'L'}${this.#point(x, y)}`);
  }

  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    this.#isUpright = false;
    this.#path.push(`C${this.#point(x1, y1)} ${this.#point(x2, y2)} ${this.#point(x, y)}`);
  }

  closePath(): void {
    if (this.#path.length > 0) this.#path.push('Z');
  }

  rect(x: number, y: number, width: number, height: number): void {
    const isUpright = this.#isUpright;
    if (this.#isPlain)
      this.#path.push(
        `M${this.#point(x, y)}h${decimal(width)}v${decimal(height)}h${decimal(-width)}Z`,
      );
    else {
      this.moveTo(x, y);
      this.lineTo(x + width, y);
      this.lineTo(x + width, y + height);
      this.lineTo(x, y + height);
      this.closePath();
    }
    this.#isUpright = isUpright;
  }

  roundRect(x: number, y: number, width: number, height: number, radius: number): void {
    const r = Math.max(0, Math.min(radius, width / 2, height / 2));
    const [right, bottom] = [x + width, y + height];
    const corner = (endX: number, endY: number) => {
      this.#path.push(`A${decimal(r)} ${decimal(r)} 0 0 1 ${this.#point(endX, endY)}`);
    };
    this.moveTo(x + r, y);
    this.lineTo(right - r, y);
    corner(right, y + r);
    this.lineTo(right, bottom - r);
    corner(right - r, bottom);
    this.lineTo(x + r, bottom);
    corner(x, bottom - r);
    this.lineTo(x, y + r);
    corner(x + r, y);
    this.closePath();
  }

  arc(x: number, y: number, radius: number, from: number, to: number, isBackwards = false): void {
    const turn = isBackwards ? from - to : to - from;
    // Half a turn at a time: an arc that ends where it begins would be nothing.
    const steps = Math.max(1, Math.ceil(Math.min(Math.abs(turn), 2 * Math.PI) / Math.PI - 1e-9));
    const step = (Math.sign(to - from) * Math.min(Math.abs(turn), 2 * Math.PI)) / steps;
    this.lineTo(x + radius * Math.cos(from), y + radius * Math.sin(from));
    for (let index = 1; index <= steps; index += 1) {
      const angle = from + index * step;
      const end = this.#point(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
      this.#path.push(`A${decimal(radius)} ${decimal(radius)} 0 0 ${isBackwards ? 0 : 1} ${end}`);
    }
  }

  clip(): void {
    const id = `clip-${this.#definitions.length}`;
    const within = this.#clip === '' ? '' : ` clip-path="url(#${this.#clip})"`;
    this.#definitions.push(
      `<clipPath id="${id}"><path d="${this.#path.join('')}"${within}/></clipPath>`,
    );
    this.#clip = id;
  }

  fill(): void {
    if (this.#path.length === 0) return;
    const crisp = this.#isUpright ? ' shape-rendering="crispEdges"' : '';
    this.#emit(`<path d="${this.#path.join('')}" ${this.#fill()}${crisp}/>`);
  }

  stroke(path?: unknown): void {
    if (path !== undefined)
      throw new Error('a Path2D cannot be read, so it cannot be written as SVG');
    if (this.#path.length === 0) return;
    this.#emit(`<path d="${this.#path.join('')}" fill="none" ${this.#stroke()}/>`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    if (this.#isPlain) {
      const [left, top] = this.#place(x, y);
      this.#emit(
        `<rect x="${decimal(left)}" y="${decimal(top)}" width="${decimal(width)}" height="${decimal(height)}" ${this.#fill()}/>`,
      );
      return;
    }
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.beginPath();
    this.rect(x, y, width, height);
    this.stroke();
  }

  fillText(text: string, x: number, y: number): void {
    const [left, top] = this.#place(x, y);
    const [a, b] = this.#matrix;
    this.#emit(
      textElement({
        ...{ text, x: left, y: top, degrees: (Math.atan2(b, a) * 180) / Math.PI },
        ...{ font: this.font, align: this.textAlign, baseline: this.textBaseline },
        fill: this.#fill(),
      }),
    );
  }

  measureText(text: string): TextMetrics {
    return this.#measure(text, this.font);
  }

  /** Nothing turns or scales: lengths stay what they are. */
  get #isPlain(): boolean {
    const [a, b, c, d] = this.#matrix;
    return a === 1 && b === 0 && c === 0 && d === 1;
  }

  #style(): Style {
    const { fillStyle, strokeStyle, globalAlpha, lineWidth, lineCap, lineJoin } = this;
    const { font, textAlign, textBaseline } = this;
    const line = { lineWidth, lineCap, lineJoin };
    return { fillStyle, strokeStyle, globalAlpha, ...line, font, textAlign, textBaseline };
  }

  #transform([a2, b2, c2, d2, e2, f2]: Matrix): void {
    const [a, b, c, d] = this.#matrix;
    const [e, f] = this.#place(e2, f2);
    this.#matrix = [a * a2 + c * b2, b * a2 + d * b2, a * c2 + c * d2, b * c2 + d * d2, e, f];
  }

  #place(x: number, y: number): [number, number] {
    const [a, b, c, d, e, f] = this.#matrix;
    return [a * x + c * y + e, b * x + d * y + f];
  }

  #point(x: number, y: number): string {
    const [left, top] = this.#place(x, y);
    return `${decimal(left)} ${decimal(top)}`;
  }

  #fill(): string {
    return paintOf('fill', this.fillStyle, this.globalAlpha);
  }

  #stroke(): string {
    const dash = this.#dash.length === 0 ? '' : ` stroke-dasharray="${this.#dash.join(' ')}"`;
    const colour = paintOf('stroke', this.strokeStyle, this.globalAlpha);
    return `${colour} stroke-width="${decimal(this.lineWidth)}"${dash}`;
  }

  #emit(element: string): void {
    this.#enter(this.#clip);
    this.#body.push(element);
  }

  /** Opens the group of a clip path, and closes the one before. */
  #enter(clip: string): void {
    if (clip === this.#openClip) return;
    if (this.#openClip !== '') this.#body.push('</g>');
    if (clip !== '') this.#body.push(`<g clip-path="url(#${clip})">`);
    this.#openClip = clip;
  }
}
