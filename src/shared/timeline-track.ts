/** Spans of a chunk and of a block, as powers of two; a block never lies in two chunks. */
const CHUNK_BITS = 13;
const BLOCK_BITS = 6;
const CHUNK_SPANS = 2 ** CHUNK_BITS;
const BLOCK_SPANS = 2 ** BLOCK_BITS;

/** Spans that a new track has room for. */
const FIRST_CAPACITY = 64;

/**
 * Spans that follow one another without overlap, in columns: those of one kind on one lane. Each
 * has a tag, the task it belongs to. Times are nanoseconds from the repeat's start.
 *
 * Kept are each span's end and the sum of all durations up to it; its start follows from the two,
 * exactly, as all are whole numbers. With these sums the time covered in any interval takes two
 * searches, however many spans lie in it: they are the sums of every level of detail at once.
 *
 *     blocks   | end of span 63 | end of 127 | end of 191 |  ...   built as spans arrive
 *              |                |            |            |
 *     spans    | 0 ...       63 | 64 ... 127 | 128 .. 191 |  ...   end, sum so far, tag
 *     chunks   | 0 ...                 8,191 | 8,192 ...           never moved once they are full
 *
 * A search goes over the ends of blocks first and then within one block, so it reads few lines of
 * memory even where millions of spans lie in a pixel. Nothing is copied as the track grows beyond
 * its first chunk, so that adding a span takes the same time whatever there is. A span takes 20
 * bytes and an eighth.
 */
export class SpanTrack {
  #length = 0;
  readonly #ends: Float64Array[] = [];
  /** The sum of the durations of all spans up to and with this one, in ns. */
  readonly #sums: Float64Array[] = [];
  readonly #tags: Uint32Array[] = [];
  /** The end of the last span of each block that is full. */
  #blockEnds = new Float64Array(0);

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
    return this.#ends[index >>> CHUNK_BITS]?.[index % CHUNK_SPANS] ?? NaN;
  }

  /** The duration of a span, in ns. */
  durationNs(index: number): number {
    return this.#sumBefore(index + 1) - this.#sumBefore(index);
  }

  /** The tag of a span. */
  tag(index: number): number {
    return this.#tags[index >>> CHUNK_BITS]?.[index % CHUNK_SPANS] ?? NaN;
  }

  /** Adds a span that begins no earlier than the last one ends. */
  push(startNs: number, endNs: number, tag: number): void {
    const index = this.#length;
    this.#reserve(index);
    this.#set(index, endNs, this.#sumBefore(index) + (endNs - startNs), tag);
    this.#length = index + 1;
    if (this.#length % BLOCK_SPANS === 0) this.#closeBlock(index >>> BLOCK_BITS);
  }

  /**
   * The first span that ends after a time, or `length` where none does. A caller that knows that it
   * is not before `from` says so, and nearby answers are found sooner.
   */
  firstEndingAfter(timeNs: number, from = 0): number {
    const fullBlocks = this.#length >>> BLOCK_BITS;
    const fromBlock = from >>> BLOCK_BITS;
    const block = firstAbove(this.#blockEnds, timeNs, Math.min(fromBlock, fullBlocks), fullBlocks);
    const first = block << BLOCK_BITS;
    const offset = first % CHUNK_SPANS;
    const low = offset + (block === fromBlock ? from - first : 0);
    const high = offset + Math.min(BLOCK_SPANS, this.#length - first);
    const ends = this.#ends[first >>> CHUNK_BITS];
    return ends === undefined ? this.#length : first - offset + firstAbove(ends, timeNs, low, high);
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
    for (let index = this.#length; index <= slot; index += 1) this.#reserve(index);
    this.#length = slot + 1;
    // From the back, so that every span moves once, and into a slot that has been read. Until the
    // sums are made good, the slots that changed hold durations.
    for (; theirs >= from; slot -= 1) {
      const isOurs = ours >= 0 && this.endNs(ours) > other.endNs(theirs);
      const source = isOurs ? this : other;
      const index = isOurs ? ours-- : theirs--;
      const ofTag = isOurs ? this.tag(index) : tag;
      this.#set(slot, source.endNs(index), source.durationNs(index), ofTag);
    }
    const changed = slot + 1;
    this.#sumUp(changed);
    for (let block = changed >>> BLOCK_BITS; block < this.#length >>> BLOCK_BITS; block += 1) {
      this.#closeBlock(block);
    }
    return changed;
  }

  /** Turns durations from an index on into sums. */
  #sumUp(from: number): void {
    let sum = this.#sumBefore(from);
    for (let index = from; index < this.#length; index += 1) {
      const sums = this.#sums[index >>> CHUNK_BITS];
      if (sums === undefined) return;
      sum += sums[index % CHUNK_SPANS] ?? 0;
      sums[index % CHUNK_SPANS] = sum;
    }
  }

  #sumBefore(index: number): number {
    if (index === 0) return 0;
    const last = index - 1;
    return this.#sums[last >>> CHUNK_BITS]?.[last % CHUNK_SPANS] ?? NaN;
  }

  #set(index: number, endNs: number, sum: number, tag: number): void {
    const chunk = index >>> CHUNK_BITS;
    const at = index % CHUNK_SPANS;
    const ends = this.#ends[chunk];
    const sums = this.#sums[chunk];
    const tags = this.#tags[chunk];
    if (ends === undefined || sums === undefined || tags === undefined) return;
    ends[at] = endNs;
    sums[at] = sum;
    tags[at] = tag;
  }

  /** Makes room for the span at an index, all before which have theirs. */
  #reserve(index: number): void {
    const chunk = index >>> CHUNK_BITS;
    const at = index % CHUNK_SPANS;
    const room = this.#ends[chunk]?.length ?? 0;
    if (at < room) return;
    // Only the first chunk grows, as most tracks of a small run never fill it.
    const capacity = chunk > 0 ? CHUNK_SPANS : Math.max(FIRST_CAPACITY, 2 * room);
    this.#ends[chunk] = grown(this.#ends[chunk], new Float64Array(capacity));
    this.#sums[chunk] = grown(this.#sums[chunk], new Float64Array(capacity));
    this.#tags[chunk] = grown(this.#tags[chunk], new Uint32Array(capacity));
  }

  #closeBlock(block: number): void {
    if (block >= this.#blockEnds.length) {
      const capacity = Math.max(FIRST_CAPACITY, 2 * this.#blockEnds.length);
      this.#blockEnds = grown(this.#blockEnds, new Float64Array(capacity));
    }
    this.#blockEnds[block] = this.endNs((block + 1) * BLOCK_SPANS - 1);
  }
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

function grown<Column extends Float64Array | Uint32Array>(
  from: Column | undefined,
  to: Column,
): Column {
  if (from !== undefined) to.set(from);
  return to;
}
