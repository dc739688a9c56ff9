import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finish, SPANS_A_SLICE } from '../../src/base/cooperative-task.js';
import { encodeSpans, packKindAndLane, SPAN_KINDS, type Span } from '../../src/recording/spans.js';
import { Timeline } from '../../src/recording/timeline.js';
import type { SpanTrack } from '../../src/recording/span-track.js';
import { anyIntervals, span, timelineOf } from '../fixtures/timelines.js';

const LANES = 3;

/** Spans of several lanes, each lane's own track of one kind in order, batches cut anywhere. */
const anyBatches = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(LANES - 1), fc.constantFrom(...SPAN_KINDS), anyIntervals), {
      maxLength: 5,
    }),
    fc.array(fc.nat(40)),
  )
  .map(([tracks, cuts]) => {
    const unique = new Map(tracks.map((track) => [`${track[0]} ${track[1]}`, track]));
    const spans = [...unique.values()].flatMap(([lane, kind, intervals]) =>
      intervals.map(([start, end], task) => span(lane, kind, start, end, task)),
    );
    return { spans, cuts };
  });

describe('a timeline', () => {
  it('keeps every span of every lane and kind, however the batches are cut', () => {
    fc.assert(
      fc.property(anyBatches, ({ spans, cuts }) => {
        const timeline = new Timeline(LANES);
        let rest: readonly Span[] = spans;
        for (const cut of cuts) {
          timeline.append(encodeSpans(rest.slice(0, cut)));
          rest = rest.slice(cut);
        }
        timeline.append(encodeSpans(rest));
        expect(allSpans(timeline)).toEqual(sorted(spans));
        expect(timeline.spanCount).toBe(spans.length);
        expect(timeline.endNs).toBe(Math.max(0, ...spans.map(({ endNs }) => endNs)));
      }),
    );
  });

  it('can be had as it was, whatever came since', () => {
    fc.assert(
      fc.property(anyBatches, fc.boolean(), ({ spans, cuts: [cut = 0] }, hasOneOrder) => {
        const before = spans.slice(0, cut);
        const timeline = timelineOf(LANES, before, hasOneOrder);
        const moment = timeline.mark();
        timeline.append(encodeSpans(spans.slice(cut)));
        const copy = finish(timeline.snapshotAt(moment));
        expect(allSpans(copy)).toEqual(sorted(before));
        const expected = timelineOf(LANES, before, hasOneOrder);
        expect(copy.mark()).toEqual(expected.mark());
        expect([copy.spanCount, copy.endNs]).toEqual([expected.spanCount, expected.endNs]);
        expect(holdsOf(copy.lock)).toEqual(holdsOf(expected.lock));
        expect(allSpans(timeline)).toEqual(sorted(spans));
      }),
    );
  });

  it('gives way as it is copied after so many spans, however many tracks they are on', () => {
    const lanes = 8;
    const each = SPANS_A_SLICE / 4;
    const spans = Array.from({ length: each }, (_, at) =>
      Array.from({ length: lanes }, (_, lane) =>
        SPAN_KINDS.map((kind) => span(lane, kind, 10 * at, 10 * at + lane, at)),
      ),
    ).flat(2);
    for (const hasOneOrder of [true, false]) {
      const timeline = timelineOf(lanes, spans, hasOneOrder);
      const moment = timeline.mark();
      const steps = [...timeline.snapshotAt(moment)].length;
      // Five kinds, and the holds once more in the lock.
      expect(steps).toBe(2 * (SPAN_KINDS.length + (hasOneOrder ? 1 : 0)));
      expect(steps).toBe(moment.slices);
    }
  });

  it('reads words from the midst of a larger buffer', () => {
    const words = encodeSpans([span(0, 'wait', 1, 2), span(1, 'compute', 3, 5, 9)]);
    const timeline = new Timeline(2);
    timeline.append(words.subarray(3));
    expect(allSpans(timeline)).toEqual([span(1, 'compute', 3, 5, 9)]);
  });

  it('refuses a lane that there is not, and a kind', () => {
    const timeline = new Timeline(2);
    expect(() => {
      timeline.append(encodeSpans([span(2, 'wait', 1, 2)]));
    }).toThrow('wait span on lane 2 of 2 lanes');
    const words = encodeSpans([span(0, 'wait', 1, 2)]);
    new Uint32Array(words.buffer)[5] = packKindAndLane(SPAN_KINDS.length, 0);
    expect(() => {
      timeline.append(words);
    }).toThrow('span kind 7 is unknown');
  });

  it('has empty tracks for a lane that there is not', () => {
    expect(new Timeline(1).lane(1).compute.length).toBe(0);
  });

  it('names its lanes, those without a name by their number', () => {
    const timeline = new Timeline(2, true, ['MainThread']);
    expect([0, 1].map((lane) => timeline.laneName(lane))).toEqual(['MainThread', 'lane 1']);
  });
});

describe('the lock', () => {
  it('is held by one lane after another, in whichever order the batches come', () => {
    const anyHandOffs = fc.array(
      fc.record({ lane: fc.nat(LANES - 1), gap: fc.nat(3), duration: fc.nat(20) }),
    );
    fc.assert(
      fc.property(anyHandOffs, fc.array(fc.nat(LANES - 1)), (handOffs, turns) => {
        let at = 0;
        const holds = handOffs.map(({ lane, gap, duration }) => {
          const startNs = at + gap;
          at = startNs + duration + 1;
          return span(lane, 'hold', startNs, at);
        });
        const timeline = new Timeline(LANES);
        const queues = Array.from({ length: LANES }, (_, lane) =>
          holds.filter((hold) => hold.lane === lane),
        );
        for (const lane of turns) {
          timeline.append(encodeSpans(queues[lane]?.splice(0, 2) ?? []));
          expect(timeline.lock.length).toBe(timeline.spanCount);
        }
        for (const queue of queues) timeline.append(encodeSpans(queue));
        expect(holdsOf(timeline.lock)).toEqual(holds);
      }),
    );
  });

  it('is no track where each object has a lock of its own, even if no two are held at once', () => {
    const timeline = new Timeline(2, false);
    timeline.append(encodeSpans([span(0, 'hold', 0, 10_000), span(0, 'hold', 20_000, 30_000)]));
    expect(timeline.lock.length).toBe(0);
    expect(timeline.lane(0).hold.length).toBe(2);
  });

  it('has both holds of a hand-off that the lanes’ clocks let overlap', () => {
    const timeline = timelineOf(2, [span(0, 'hold', 0, 10_000), span(1, 'hold', 9_960, 15_000)]);
    expect(timeline.lock.length).toBe(2);
  });

  it('names its holders during an interval, whoever held longest first', () => {
    const timeline = timelineOf(3, [
      span(0, 'hold', 0, 10),
      span(1, 'hold', 10, 40),
      span(2, 'hold', 40, 41),
      span(0, 'hold', 41, 50),
    ]);
    expect(timeline.holders(5, 45)).toEqual([
      { lane: 1, heldNs: 30 },
      { lane: 0, heldNs: 9 },
      { lane: 2, heldNs: 1 },
    ]);
    expect(timeline.holders(12, 13)).toEqual([{ lane: 1, heldNs: 1 }]);
  });
});

function holdsOf(lock: SpanTrack): Span[] {
  return Array.from({ length: lock.length }, (_, index) =>
    span(lock.tag(index), 'hold', lock.startNs(index), lock.endNs(index)),
  );
}

function allSpans(timeline: Timeline): Span[] {
  const spans: Span[] = [];
  for (let lane = 0; lane < timeline.lanes; lane += 1) {
    for (const kind of SPAN_KINDS) {
      const track = timeline.lane(lane)[kind];
      for (let index = 0; index < track.length; index += 1) {
        spans.push(span(lane, kind, track.startNs(index), track.endNs(index), track.tag(index)));
      }
    }
  }
  return sorted(spans);
}

function sorted(spans: readonly Span[]): Span[] {
  const order = (s: Span) => s.lane * SPAN_KINDS.length + SPAN_KINDS.indexOf(s.kind);
  return [...spans].sort((a, b) => order(a) - order(b) || a.task - b.task);
}
