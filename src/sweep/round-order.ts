import { groupsBy } from '../base/groups.js';
import { pcg64Draws } from '../base/pcg64.js';
import { shuffled } from '../base/shuffle.js';
import { matricesOf } from '../experiment/plan.js';
import type { Cell } from './axes.js';

/*
 * In which order a round measures its cells: at random, so that what happens to the machine in the
 * course of time happens to all cells alike. Every second round is the one before it backwards, so that
 * a machine that slows down evenly slows down all cells by the same. Where matrices would have to be made again and again, which
 * takes time, cells of the same matrices follow one another, at random among themselves, and so do
 * their groups.
 */

/** Returns the cells in the random order of a round, from 0, which follows from the seed. */
export function orderOfRound(
  cells: readonly Cell[],
  { seed, round, isGrouped }: { seed: number; round: number; isGrouped: boolean },
): Cell[] {
  const draw = pcg64Draws((seed + Math.floor(round / 2)) % Number.MAX_SAFE_INTEGER);
  const order = isGrouped
    ? shuffled(matrixGroups(cells), draw).flatMap((group) => shuffled(group, draw))
    : shuffled(cells, draw);
  return round % 2 === 0 ? order : order.reverse();
}

/** The share of a round's time that making matrices may take. */
const GENERATION_SHARE_MAX = 0.05;

/** What decides whether cells of the same matrices are measured one after another. */
export interface RoundCosts {
  /** How long making its matrices takes, in ns, by what `matricesOf` says of them. */
  readonly generationNs: ReadonlyMap<string, number>;
  /** How long the repeats of all cells take together, in ns. */
  readonly repeatsNs: number;
}

/**
 * Whether making matrices would take more than 5 % of a round in any order: a cell finds its own in
 * memory only where the cell before happens to have the same.
 */
export function isGenerationDear(
  cells: readonly Cell[],
  { generationNs, repeatsNs }: RoundCosts,
): boolean {
  const spentNs = matrixGroups(cells).reduce((sum, group) => {
    const [first] = group;
    const each = first === undefined ? 0 : (generationNs.get(matricesOf(first.parameters)) ?? 0);
    const misses = group.length * (1 - (group.length - 1) / Math.max(1, cells.length - 1));
    return sum + each * misses;
  }, 0);
  return spentNs > GENERATION_SHARE_MAX * repeatsNs;
}

function matrixGroups(cells: readonly Cell[]): Cell[][] {
  return groupsBy(cells, ({ parameters }) => matricesOf(parameters));
}
