import { Columns, type Strip } from './column-strip.js';
import { HATCH_STYLE, type Hatch } from './hatch.js';
import type { Stripe } from './lane-rows.js';
import type { SvgPen } from './svg-pen.js';

/** Strengths are told apart in so many steps, so that equal neighbours become one rectangle. */
const STEPS = 16;

/** A stripe of columns as rectangles, for pictures that stay sharp at any size. */
export class VectorStrip extends Columns implements Strip {
  readonly #pen: SvgPen;

  constructor(pen: SvgPen) {
    super();
    this.#pen = pen;
  }

  paint(_: unknown, stripe: Stripe, colour: string): void {
    this.#paint(stripe, colour);
  }

  paintHatched(_: unknown, stripe: Stripe, hatch: Hatch): void {
    this.#paint(stripe, this.#pen.hatch(hatch.colour, HATCH_STYLE));
  }

  /** One path for each strength. */
  #paint({ top, height }: Stripe, fill: string): void {
    const pen = this.#pen;
    const runs = runsByStep(this.strengths());
    pen.save();
    pen.fillStyle = fill;
    for (const [step, places] of runs) {
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
