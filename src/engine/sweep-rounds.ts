import { systemClock, toNanoseconds, type Clock, type Milliseconds } from '../base/units.js';
import { mergeRecords } from '../experiment/comparison.js';
import { matricesOf } from '../experiment/plan.js';
import type { Progress } from '../experiment/progress.js';
import type { ExperimentRecording } from '../experiment/recording.js';
import type { Cell } from '../sweep/axes.js';
import { NarrowIntervals } from '../sweep/narrow-intervals.js';
import { leastRounds, seedOf, type Portion, type SweepPlan } from '../sweep/plan.js';
import { isGenerationDear, orderOfRound } from '../sweep/round-order.js';
import type { RoundRecords, RoundsListener } from './rounds.js';

/** How a sweep ended: all was measured, no further round fits into the budget, or it was stopped. */
export type SweepEnd = 'done' | 'budget' | 'stopped';

/** What a sweep needs from outside. */
export interface SweepOptions {
  /** Ends it where it aborts. */
  readonly signal: AbortSignal;
  /** No round but the first is begun that would end later than so long after the sweep began. */
  readonly budgetNs?: number | null;
  readonly clock?: Clock;
  readonly listener?: SweepListener;
}

/** What a sweep says while it is measured. */
export interface SweepListener {
  /** How far the cell is that is being measured. */
  onProgress?(now: SweepProgress, progress: Progress): void;
  /** A round was completed; the next one waits for what this returns. */
  onRound?(recordings: () => readonly ExperimentRecording[]): Promise<void>;
}

/** Where a sweep is. */
export interface SweepProgress {
  readonly cell: Cell;
  /** The round, from 1, and how many there are; at most, where narrow intervals end them. */
  readonly round: number;
  readonly rounds: number;
  /** The cell's place in its round, from 1, and how many cells there are. */
  readonly place: number;
  readonly cells: number;
  /** About how long the rest takes; null before the first round is over, or where intervals end it. */
  readonly leftNs: number | null;
}

/** Decides about the rounds of a sweep: which there are, in which order, and when they end. */
export class SweepRounds implements RoundsListener {
  /** Rounds that are left to measure. */
  readonly left: number;
  readonly #plan: SweepPlan;
  readonly #portion: Portion;
  readonly #done: readonly ExperimentRecording[];
  readonly #options: SweepOptions;
  readonly #clock: Clock;
  readonly #beganMs: Milliseconds;
  readonly #narrow: NarrowIntervals | null;
  /** How long it took to make matrices, by what `matricesOf` says of them. */
  readonly #generationNs = new Map<string, number>();
  /** When the round began, and how long the one before took. */
  #roundBeganMs: Milliseconds;
  #roundNs: number | null = null;
  #place = 0;
  #end: SweepEnd = 'done';

  constructor(
    plan: SweepPlan,
    portion: Portion,
    done: readonly ExperimentRecording[],
    options: SweepOptions,
  ) {
    this.#plan = plan;
    this.#portion = portion;
    this.#done = done;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#beganMs = this.#clock();
    this.#roundBeganMs = this.#beganMs;
    this.left = portion.cells.length === 0 ? 0 : portion.rounds.length - this.#doneRounds;
    const { untilShare } = plan;
    this.#narrow = untilShare === null ? null : new NarrowIntervals(portion.cells, untilShare);
  }

  /** Why the rounds ended. */
  get end(): SweepEnd {
    return this.#end;
  }

  /** Returns the order of the next round; null where there is none. */
  async next(round: number, records: RoundRecords): Promise<readonly number[] | null> {
    const now = this.#clock();
    if (round > 0) {
      this.#roundNs = toNanoseconds(now - this.#roundBeganMs);
      await this.#options.listener?.onRound?.(() => this.joined(records, 'stopped'));
    }
    if (round >= this.left || this.#isNarrow(round, records)) return null;
    const nextNs = round === 0 ? 0 : this.#expectedNs(round, records);
    this.#roundBeganMs = this.#clock();
    const spentNs = toNanoseconds(this.#roundBeganMs - this.#beganMs);
    if (spentNs + nextNs > (this.#options.budgetNs ?? Infinity)) {
      this.#end = 'budget';
      return null;
    }
    this.#place = 0;
    return this.#order(round, records);
  }

  onRun(): void {
    this.#place += 1;
  }

  onProgress(run: number, round: number, progress: Progress): void {
    const { cells, rounds } = this.#portion;
    const cell = cells[run];
    if (cell === undefined) return;
    const now = {
      cell,
      round: this.#doneRounds + round + 1,
      rounds: rounds.length,
      place: this.#place,
      cells: cells.length,
      leftNs: this.#narrow === null ? this.#leftNs(round) : null,
    };
    this.#options.listener?.onProgress?.(now, progress);
  }

  onGenerated(run: number, _round: number, generationNs: number): void {
    const cell = this.#portion.cells[run];
    if (cell !== undefined) this.#generationNs.set(matricesOf(cell.parameters), generationNs);
  }

  /** For each cell one recording of the earlier rounds and of those that are whole by now. */
  joined(records: RoundRecords, end: SweepEnd): readonly ExperimentRecording[] {
    const whole = Math.min(...records.map((ofCell) => repeatsIn(ofCell)));
    const measured = this.#doneRounds + whole;
    // A recording that has fewer repeats than it says was stopped.
    const repeats = end === 'stopped' ? this.#portion.rounds.length : measured;
    return this.#portion.cells.flatMap(({ cell, parameters }, index) => {
      const earlier = this.#done[index];
      const later = records[index] ?? [];
      const parts = earlier === undefined ? later : [earlier, ...later];
      return parts.length === 0 ? [] : [mergeRecords(cell, { ...parameters, repeats }, parts)];
    });
  }

  get #doneRounds(): number {
    return this.#done[0]?.repeats.length ?? 0;
  }

  #isNarrow(round: number, records: RoundRecords): boolean {
    const rounds = this.#doneRounds + round;
    if (this.#narrow === null || rounds < leastRounds(this.#plan.axes)) return false;
    const walls = this.#portion.cells.map((_, index) => [
      ...wallsOf(this.#done.slice(index, index + 1)),
      ...wallsOf(records[index] ?? []),
    ]);
    return this.#narrow.areNarrow(walls);
  }

  /** How long a round takes: as long as the one before, without the warm-ups of the first. */
  #expectedNs(round: number, records: RoundRecords): number {
    return round === 1 ? this.#repeatsNs(records) : (this.#roundNs ?? 0);
  }

  /** How long the last repeats of all cells took together. */
  #repeatsNs(records: RoundRecords): number {
    return records.reduce((sum, ofCell) => sum + (wallsOf(ofCell).at(-1) ?? 0), 0);
  }

  #order(round: number, records: RoundRecords): number[] {
    const { cells, rounds } = this.#portion;
    const isGrouped =
      round === 0 ||
      isGenerationDear(cells, {
        generationNs: this.#generationNs,
        repeatsNs: this.#repeatsNs(records),
      });
    // Parts that have some of the rounds differ in their seeds.
    const seed = seedOf(this.#plan.axes) + (rounds[0] ?? 0);
    return orderOfRound(cells, { seed, round: this.#doneRounds + round, isGrouped }).map((cell) =>
      cells.indexOf(cell),
    );
  }

  #leftNs(round: number): number | null {
    if (this.#roundNs === null) return null;
    const spentNs = toNanoseconds(this.#clock() - this.#roundBeganMs);
    const leftNs = Math.max(0, (this.left - round) * this.#roundNs - spentNs);
    const budgetNs = this.#options.budgetNs ?? Infinity;
    return Math.min(leftNs, Math.max(0, budgetNs - toNanoseconds(this.#clock() - this.#beganMs)));
  }
}

function repeatsIn(records: readonly ExperimentRecording[]): number {
  return records.reduce((sum, { repeats }) => sum + repeats.length, 0);
}

function wallsOf(records: readonly ExperimentRecording[]): number[] {
  return records.flatMap(({ repeats }) => repeats.map(({ wallNs }) => wallNs));
}
