import type { Factors } from './factors.js';

/** What takes efficiency away, in the order in which it is taken, and what it is called. */
export const LOSS_LABELS = {
  imbalance: 'Uneven lanes',
  lock: 'Waiting for the lock',
  handout: 'Handing out tasks',
  computing: 'Slower computing',
} as const;
export type Loss = keyof typeof LOSS_LABELS;

/** All of them. */
export const LOSSES = Object.keys(LOSS_LABELS) as readonly Loss[];

/** What is left of the efficiency, and what is lost to what: shares that add up to 1. */
export interface LostEfficiency {
  readonly left: number;
  readonly lost: Readonly<Record<Loss, number>>;
}

/** Which factor each loss is of. */
const FACTOR_OF = {
  imbalance: 'loadBalance',
  lock: 'lockEfficiency',
  handout: 'handoutEfficiency',
  computing: 'computationScaling',
} as const satisfies Record<Loss, keyof Factors>;

/**
 * Divides the efficiency that is lost: each factor takes its share of what those before it left. A
 * factor above 1, as where several caches hold more than one, takes nothing. Null where nothing was
 * computed; without a baseline computing takes nothing.
 */
export function lostEfficiency(factors: Factors): LostEfficiency | null {
  if (factors.parallelEfficiency === null) return null;
  let left = 1;
  const take = (loss: Loss) => {
    const lost = left * (1 - Math.min(factors[FACTOR_OF[loss]] ?? 1, 1));
    left -= lost;
    return lost;
  };
  const lost = {
    imbalance: take('imbalance'),
    lock: take('lock'),
    handout: take('handout'),
    computing: take('computing'),
  };
  return { left, lost };
}

/** Returns what takes the most, and its share; null where nothing is lost. */
export function greatestLoss({ lost }: LostEfficiency): { loss: Loss; share: number } | null {
  const [first] = LOSSES.map((loss) => ({ loss, share: lost[loss] })).sort(
    (a, b) => b.share - a.share,
  );
  return first !== undefined && first.share > 0 ? first : null;
}
