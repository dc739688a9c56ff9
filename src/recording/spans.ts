/**
 * Spans: what a lane did from when to when. A span is three 64-bit words, in the rings in shared
 * memory as in the batches that carry it on:
 *
 *     word 0   start, nanoseconds from the repeat's start (f64)
 *     word 1   end, likewise                              (f64)
 *     word 2   task (u32) | kind (u8) + lane (u24) << 8   (two u32, low half first)
 *
 * In a recording that has labels in place of tasks the task is an index into its table of labels.
 */

/** Words of 8 bytes in a span. */
export const SPAN_WORDS = 3;

/** Bytes of a span. */
export const SPAN_BYTES = SPAN_WORDS * 8;

/** The kinds of span; a kind's code is its place in this list. */
export const SPAN_KINDS = [
  'task',
  'wait',
  'hold',
  'compute',
  'sleep',
  'blocked',
  'queued',
] as const;

/** The kinds that recordings by tasks have; the files made from them name no others. */
export const TASK_SPAN_KINDS = SPAN_KINDS.slice(0, 5);

/** What a lane does in a span. */
export type SpanKind = (typeof SPAN_KINDS)[number];

/** Each kind's code, as written into spans. */
export const KIND_CODE = {
  task: 0,
  wait: 1,
  hold: 2,
  compute: 3,
  sleep: 4,
  /** In a system call, or on another lock. */
  blocked: 5,
  /** Ready, without a core. */
  queued: 6,
} as const satisfies Readonly<Record<SpanKind, number>>;

/** A kind's code. */
export type KindCode = (typeof KIND_CODE)[SpanKind];

/** Works a value out for each kind. */
export function byKind<Value>(valueOf: (kind: SpanKind) => Value): Record<SpanKind, Value> {
  return {
    task: valueOf('task'),
    wait: valueOf('wait'),
    hold: valueOf('hold'),
    compute: valueOf('compute'),
    sleep: valueOf('sleep'),
    blocked: valueOf('blocked'),
    queued: valueOf('queued'),
  };
}

/** What stands in the place of a label's index where what a span was is not known. */
export const NO_LABEL = 0xffff_ffff;

/** One span, decoded. */
export interface Span {
  readonly lane: number;
  readonly kind: SpanKind;
  readonly task: number;
  readonly startNs: number;
  readonly endNs: number;
}

/** Packs a kind and a lane into the last half word of a span. */
export function packKindAndLane(kindCode: number, lane: number): number {
  return kindCode | (lane << 8);
}

/** The kind in a packed half word; codes that no kind has are an error in the writer. */
export function kindOf(packed: number): SpanKind {
  const kind = SPAN_KINDS[packed & 0xff];
  if (kind === undefined) throw new RangeError(`span kind ${packed & 0xff} is unknown`);
  return kind;
}

/** The lane in a packed half word. */
export function laneOf(packed: number): number {
  return packed >>> 8;
}

/** How many spans the words hold. */
export function spanCount(words: Float64Array): number {
  return words.length / SPAN_WORDS;
}

/** The half words over packed spans, for `laneOfSpan` and `spanAt`. */
export function halvesOf(words: Float64Array): Uint32Array {
  return new Uint32Array(words.buffer, words.byteOffset, words.length * 2);
}

/** The lane of the span at an index, without decoding the rest. */
export function laneOfSpan(halves: Uint32Array, index: number): number {
  return laneOf(halves[2 * SPAN_WORDS * index + 5] ?? 0);
}

/** Decodes the span at an index of packed ones. */
export function spanAt(words: Float64Array, halves: Uint32Array, index: number): Span {
  const word = SPAN_WORDS * index;
  const packed = halves[2 * word + 5] ?? 0;
  return {
    lane: laneOf(packed),
    kind: kindOf(packed),
    task: halves[2 * word + 4] ?? 0,
    startNs: words[word] ?? 0,
    endNs: words[word + 1] ?? 0,
  };
}

/** Decodes packed spans one by one. */
export function* decodeSpans(words: Float64Array): Generator<Span> {
  const halves = halvesOf(words);
  for (let index = 0; index < spanCount(words); index += 1) yield spanAt(words, halves, index);
}

/** Copies packed spans together, in the order given. */
export function joinSpans(pieces: readonly Float64Array[]): Float64Array<ArrayBuffer> {
  const whole = new Float64Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Packs decoded spans; the inverse of `decodeSpans`. */
export function encodeSpans(spans: readonly Span[]): Float64Array<ArrayBuffer> {
  const words = new Float64Array(spans.length * SPAN_WORDS);
  const halves = new Uint32Array(words.buffer);
  spans.forEach((span, index) => {
    const word = index * SPAN_WORDS;
    words[word] = span.startNs;
    words[word + 1] = span.endNs;
    halves[2 * word + 4] = span.task;
    halves[2 * word + 5] = packKindAndLane(KIND_CODE[span.kind], span.lane);
  });
  return words;
}
