import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  KIND_CODE,
  SPAN_KINDS,
  SPAN_WORDS,
  decodeSpans,
  encodeSpans,
  kindOf,
  laneOf,
  packKindAndLane,
  spanCount,
  type Span,
} from '../../src/recording/spans.js';

const anyTime = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
const anySpan: fc.Arbitrary<Span> = fc.record({
  lane: fc.integer({ min: 0, max: 65_535 }),
  kind: fc.constantFrom(...SPAN_KINDS),
  task: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  startNs: anyTime,
  endNs: anyTime,
});

describe('packed spans', () => {
  it('decode to what was encoded, bit for bit', () => {
    fc.assert(
      fc.property(fc.array(anySpan), (spans) => {
        const words = encodeSpans(spans);
        expect([...decodeSpans(words)]).toEqual(spans);
        expect(spanCount(words)).toBe(spans.length);
      }),
    );
  });

  it('decode from the midst of a larger buffer', () => {
    const spans: Span[] = [0, 1, 2].map((task) => ({
      lane: 1,
      kind: 'hold',
      task,
      startNs: task,
      endNs: task + 1,
    }));
    const words = encodeSpans(spans).subarray(SPAN_WORDS);
    expect([...decodeSpans(words)]).toEqual(spans.slice(1));
  });

  it('have a code for each kind, its place in the list', () => {
    expect(SPAN_KINDS.map((kind) => KIND_CODE[kind])).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('hold kind and lane in one half word', () => {
    const packed = packKindAndLane(KIND_CODE.wait, 255);
    expect(kindOf(packed)).toBe('wait');
    expect(laneOf(packed)).toBe(255);
  });

  it('refuse a kind that there is none of', () => {
    expect(() => kindOf(9)).toThrow('span kind 9 is unknown');
  });
});
