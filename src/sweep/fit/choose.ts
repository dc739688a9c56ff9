import { fisherTail } from '../../base/distributions.js';
import { MODELS, valuesOf, type Model } from './law.js';
import { fitModel, type ModelFit } from './model-fit.js';
import type { Noise } from './noise.js';
import type { Observations } from './observations.js';

/** A term stays where a fit as much better without it being there has less than this chance. */
const LEVEL = 0.05;

/** Fewest numbers of threads that a model is fitted to. */
export const FEWEST_POINTS: Readonly<Record<Model, number>> = { linear: 3, amdahl: 3, usl: 4 };

/** Returns the model with the most terms that so many points bear; null with too few for any. */
export function fullestModel(points: number): Model | null {
  return MODELS.findLast((model) => points >= FEWEST_POINTS[model]) ?? null;
}

/**
 * Chooses among the fullest model and those within it: its last term is left out, and then the one
 * before it, as long as an F test (the extra sum of squares, against the noise about the fullest
 * model) finds that it is not needed. As no term is negative, the test has one side: a term that came
 * out negative is not needed, and the chance of one as large by accident is half of F's.
 */
export function chooseModel(fullest: ModelFit, noise: Noise, observations: Observations): Model {
  let fit = fullest;
  for (let index = fullest.terms.length - 1; index > 0; index -= 1) {
    const simpler = fitModel(modelAt(index - 1), observations);
    const f = (simpler.squares - fit.squares) / noise.meanSquare;
    if (lastTerm(fit) > 0 && fisherTail(f, 1, noise.freedom) / 2 < LEVEL) return modelAt(index);
    fit = simpler;
  }
  return modelAt(0);
}

function modelAt(index: number): Model {
  return MODELS[index] ?? 'linear';
}

/** The value of the term that the next simpler model lacks. */
function lastTerm({ law, terms }: ModelFit): number {
  return valuesOf(law)[terms.length - 1] ?? NaN;
}
