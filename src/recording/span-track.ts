/** Spans that a new track has room for, at least. */
const FIRST_CAPACITY = 64;

/** Spans of a block, as a power of two. */
const BLOCK_BITS = 3;
const BLOCK_SPANS = 2 ** BLOCK_BITS;

/**
 * Spans that follow one another without overlap, in columns: those of one kind on one lane. Each
 * has a tag, the task it belongs to. Times are nanoseconds from the repeat's start.
 *
 * Kept are each span's end and the sum of all durations up to it; its start follows from the two,
 * exactly, as all are whole numbers. With these sums the time covered in any interval takes two
 * searches, however many spans lie in it.
 *
 *     blocks   | 0 ...        7 | 8 ... 15 | 16 ... 23 |  ...   end and sum of the last span
 *     spans    | 0 1 2 3 ...  7 | 8 ... 15 | 16 ... 23 |  ...   end, sum, tag
 *
 * Blocks of spans are a coarser level, built as spans are added: where many lie in a pixel, what is
 * asked to within a part of a pixel is answered from them. A span takes 22 bytes, with the room to
 * grow at most 44.
 */
export class SpanTrack {
  readonly #firstCapacity: number;
  #length = 0;
  #ends = new Float64Array(0);
  /** The sum of the durations of all spans up to and with this one, in ns. */
  #sums = new Float64Array(0);
  #tags = new Uint32Array(0);
  /** The columns of the blocks that are full. */
  #blockEnds = new Float64Array(0);
  #blockSums = new Float64Array(0);

  /**
   * @param phase where between two powers of two its room is doubled, from 0 to below 1: tracks that
   * grow alike, each with its own, do not all move to new room at once
   */
  constructor(phase = 0) {
    this.#firstCapacity = Math.round(FIRST_CAPACITY * 2 ** phase);
  }

  /** How many spans there are. */
  get length(): number {
    return this.#length;
  }

  /** The time that all spans cover together, in ns. */
  get totalNs(): number {
    return this.#sumBefore(this.#length);
  }

  /**
   * The spans' ends, and for each the sum of all durations up to it, in ns: for loops over so many
   * that a call for each would be felt. What lies behind `length` means nothing.
   */
  get columns(): { readonly ends: Float64Array; readonly sums: Float64Array } {
    return { ends: this.#ends, sums: this.#sums };
  }

  /** A copy of the spans' tags. */
  get tags(): Uint32Array {
    return this.#tags.slice(0, this.#length);
  }

  /** The start of a span, in ns. */
  startNs(index: number): number {
    return this.endNs(index) - this.durationNs(index);
  }

  /** The end of a span, in ns. */
  endNs(index: number): number {
    return this.#ends[index] ?? NaN;
  }

  /** The duration of a span, in ns. */
  durationNs(index: number): number {
    return (this.#sums[index] ?? NaN) - this.#sumBefore(index);
  }

  /** The tag of a span. */
  tag(index: number): number {
    return this.#tags[index] ?? NaN;
  }

  /** Adds a span that begins no earlier than the last one ends. */
  push(startNs: number, endNs: number, tag: number): void {
    const index = this.#length;
    this.#reserve(index + 1);
    this.#ends[index] = endNs;
    this.#sums[index] = this.#sumBefore(index) + (endNs - startNs);
    this.#tags[index] = tag;
    this.#length = index + 1;
    if (this.#length % BLOCK_SPANS === 0) this.#closeBlock(index >>> BLOCK_BITS);
  }

  /**
   * The first span that ends after a time, or `length` where none does. A caller that knows that it
   * is not before `from` says so, and nearby answers are found sooner.
   */
  firstEndingAfter(timeNs: number, from = 0): number {
    const near = Math.min(from + BLOCK_SPANS, this.#length);
    const index = scanAbove(this.#ends, timeNs, from, near);
    if (index < near || near === this.#length) return index;
    const blocks = this.#length >>> BLOCK_BITS;
    const block = firstAbove(this.#blockEnds, timeNs, near >>> BLOCK_BITS, blocks);
    const first = block << BLOCK_BITS;
    const last = Math.min(first + BLOCK_SPANS, this.#length);
    return scanAbove(this.#ends, timeNs, Math.max(first, near), last);
  }

  /**
   * The first span of the full block that a time lies in, where that block takes no longer than the
   * tolerance; undefined where it does. With it the search starts; it is not before `from`'s block.
   */
  blockAround(timeNs: number, toleranceNs: number, from = 0): number | undefined {
    const blocks = this.#length >>> BLOCK_BITS;
    const block = firstAbove(this.#blockEnds, timeNs, from >>> BLOCK_BITS, blocks);
    if (block === blocks) return undefined;
    const length = (this.#blockEnds[block] ?? NaN) - this.#blockStart(block);
    return length <= toleranceNs ? block << BLOCK_BITS : undefined;
  }

  /**
   * The time covered before a time in the block that begins with a span, as if the block's spans
   * covered it evenly: off by less than the block's length.
   */
  coveredInBlock(first: number, timeNs: number): number {
    const block = first >>> BLOCK_BITS;
    const startNs = this.#blockStart(block);
    const before = block > 0 ? (this.#blockSums[block - 1] ?? NaN) : 0;
    const coveredNs = (this.#blockSums[block] ?? NaN) - before;
    const lengthNs = (this.#blockEnds[block] ?? NaN) - startNs;
    const share = lengthNs > 0 ? Math.max(0, (timeNs - startNs) / lengthNs) : 0;
    return before + share * coveredNs;
  }

  /** The first span of which any part lies at or after a time; those of no length count too. */
  firstAt(timeNs: number): number {
    let index = this.firstEndingAfter(timeNs);
    while (index > 0 && this.startNs(index - 1) >= timeNs) index -= 1;
    return index;
  }

  /**
   * The time that the spans cover before a time, in ns. `next` is `firstEndingAfter(timeNs)`,
   * for callers that have it.
   */
  coveredBefore(timeNs: number, next = this.firstEndingAfter(timeNs)): number {
    const before = this.#sumBefore(next);
    return next < this.#length ? before + Math.max(0, timeNs - this.startNs(next)) : before;
  }

  /** The time that the spans cover in [startNs, endNs), in ns. */
  coveredNs(startNs: number, endNs: number): number {
    return this.coveredBefore(endNs) - this.coveredBefore(startNs);
  }

  /**
   * Merges in the spans of another track from index `from` on, in order of their ends, all with one
   * tag. Returns the first index at which this track differs from before.
   */
  mergeIn(other: SpanTrack, from: number, tag: number): number {
    let theirs = other.length - 1;
    let ours = this.#length - 1;
    let slot = ours + (other.length - from);
    this.#reserve(slot + 1);
    this.#length = slot + 1;
    // From the back, so that every span moves once, and into a slot that has been read. Until the
    // sums are made good, the slots that changed hold durations.
    for (; theirs >= from; slot -= 1) {
      const isOurs = ours >= 0 && this.endNs(ours) > other.endNs(theirs);
      const source = isOurs ? this : other;
      const index = isOurs ? ours-- : theirs--;
      this.#sums[slot] = source.durationNs(index);
      this.#ends[slot] = source.endNs(index);
      this.#tags[slot] = isOurs ? this.tag(index) : tag;
    }
    const changed = slot + 1;
    let sum = this.#sumBefore(changed);
    for (let index = changed; index < this.#length; index += 1) {
      sum += this.#sums[index] ?? 0;
      this.#sums[index] = sum;
    }
    for (let block = changed >>> BLOCK_BITS; block < this.#length >>> BLOCK_BITS; block += 1) {
      this.#closeBlock(block);
    }
    return changed;
  }

  #sumBefore(index: number): number {
    return index > 0 ? (this.#sums[index - 1] ?? NaN) : 0;
  }

  #reserve(length: number): void {
    if (length <= this.#ends.length) return;
    const capacity = Math.max(this.#firstCapacity, length, 2 * this.#ends.length);
    this.#ends = grown(this.#ends, new Float64Array(capacity));
    this.#sums = grown(this.#sums, new Float64Array(capacity));
    this.#tags = grown(this.#tags, new Uint32Array(capacity));
  }

  /** Where a block begins: where the one before ends. */
  #blockStart(block: number): number {
    return block > 0 ? (this.#blockEnds[block - 1] ?? NaN) : this.startNs(0);
  }

  #closeBlock(block: number): void {
    if (block >= this.#blockEnds.length) {
      const capacity = Math.max(FIRST_CAPACITY, 2 * block);
      this.#blockEnds = grown(this.#blockEnds, new Float64Array(capacity));
      this.#blockSums = grown(this.#blockSums, new Float64Array(capacity));
    }
    const last = (block + 1) * BLOCK_SPANS - 1;
    this.#blockEnds[block] = this.#ends[last] ?? NaN;
    this.#blockSums[block] = this.#sums[last] ?? NaN;
  }
}

/**
 * The first index in [low, high) whose value is greater, or `high`; the values ascend. Looks at one
 * after another, which for a few is quicker than any search, as it can be foreseen.
 */
function scanAbove(values: Float64Array, value: number, low: number, high: number): number {
  let index = low;
  while (index < high && (values[index] ?? Infinity) <= value) index += 1;
  return index;
}

/**
 * The first index in [low, high) whose value is greater, or `high`; the values ascend. Looks near
 * `low` first, in steps that double.
 */
function firstAbove(values: Float64Array, value: number, low: number, high: number): number {
  let from = low;
  let step = 1;
  while (from + step <= high && (values[from + step - 1] ?? Infinity) <= value) {
    from += step;
    step *= 2;
  }
  let to = Math.min(from + step - 1, high);
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((values[middle] ?? Infinity) <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}

function grown<Column extends Float64Array | Uint32Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
