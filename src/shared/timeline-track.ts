/** Spans that a new track has room for. */
const FIRST_CAPACITY = 64;

/**
 * Spans that follow one another without overlap, in columns: those of one kind on one lane. Each
 * has a tag, the task it belongs to. Times are nanoseconds from the repeat's start.
 *
 * Kept are each span's end and the sum of all durations up to it; its start follows from the two,
 * exactly, as all are whole numbers. With these sums the time covered in any interval takes two
 * binary searches, however many spans lie in it. A span takes 20 bytes, with the room to grow at
 * most 40.
 */
export class SpanTrack {
  #length = 0;
  #ends = new Float64Array(0);
  /** The sum of the durations of all spans up to and with this one, in ns. */
  #sums = new Float64Array(0);
  #tags = new Uint32Array(0);

  /** How many spans there are. */
  get length(): number {
    return this.#length;
  }

  /** The time that all spans cover together, in ns. */
  get totalNs(): number {
    return this.#sumBefore(this.#length);
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
  }

  /**
   * The first span that ends after a time, or `length` where none does. A caller that knows that it
   * is not before `from` says so, and nearby answers are found sooner.
   */
  firstEndingAfter(timeNs: number, from = 0): number {
    const ends = this.#ends;
    const length = this.#length;
    let low = from;
    let step = 1;
    while (low + step <= length && (ends[low + step - 1] ?? Infinity) <= timeNs) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step - 1, length);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] ?? Infinity) <= timeNs) low = middle + 1;
      else high = middle;
    }
    return low;
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
    return changed;
  }

  #sumBefore(index: number): number {
    return index > 0 ? (this.#sums[index - 1] ?? NaN) : 0;
  }

  #reserve(length: number): void {
    if (length <= this.#ends.length) return;
    const capacity = Math.max(FIRST_CAPACITY, length, 2 * this.#ends.length);
    this.#ends = grown(this.#ends, new Float64Array(capacity));
    this.#sums = grown(this.#sums, new Float64Array(capacity));
    this.#tags = grown(this.#tags, new Uint32Array(capacity));
  }
}

function grown<Column extends Float64Array | Uint32Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}
