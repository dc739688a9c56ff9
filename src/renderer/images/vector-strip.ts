import { StripRows, type StripRow, type Strips } from '../timeline/paint/column-strip.js';
import { HATCH_STYLE } from '../timeline/paint/hatch.js';
import type { Stripe } from '../timeline/model/lane-rows.js';
import type { SvgPen } from './svg-pen.js';

/** Strengths are rounded to so many steps, so that equal neighbours become one rectangle. */
const STEPS = 16;

/** Strips as rectangles, for pictures that stay sharp at any size. */
export class VectorStrips extends StripRows implements Strips {
  readonly #pen: SvgPen;
  readonly #isHatched: boolean;

  constructor(pen: SvgPen, isHatched: boolean) {
    super();
    this.#pen = pen;
    this.#isHatched = isHatched;
  }

  finish(): void {
    // The rows are written down as they are.
  }

  release(): void {
    // The rows are used again.
  }

  /** One path for each strength. */
  paint(_: unknown, { columns, colour }: StripRow, { top, height }: Stripe): void {
    const pen = this.#pen;
    pen.save();
    pen.fillStyle = this.#isHatched ? pen.hatch(colour, HATCH_STYLE) : colour;
    for (const [step, places] of runsByStep(columns.strengths())) {
      pen.globalAlpha = step / STEPS;
      pen.beginPath();
      for (const { from, to } of places) pen.rect(from, top, to - from, height);
      pen.fill();
    }
    pen.restore();
  }
}

/** Neighbouring columns of one strength, by that strength in steps; those of none are left out. */
function runsByStep(strengths: Iterable<number>): Map<number, { from: number; to: number }[]> {
  const runs = new Map<number, { from: number; to: number }[]>();
  let column = 0;
  for (const strength of strengths) {
    const step = Math.ceil(strength * STEPS);
    if (step > 0) {
      const places = runs.get(step) ?? [];
      runs.set(step, places);
      const last = places.at(-1);
      if (last?.to === column) last.to += 1;
      else places.push({ from: column, to: column + 1 });
    }
    column += 1;
  }
  return runs;
}
