import type { AnyRecording } from '../../../src/storage/recording-file.js';
import type { ExperimentRecording } from '../../../src/experiment/recording.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecordingCache } from '../../../src/main/recordings/recording-cache.js';
import { SPAN_BYTES, SPAN_WORDS } from '../../../src/recording/spans.js';
import { recordOf } from '../../fixtures/records.js';

/** A record of two repeats with so many spans each. */
function recordWith(run: number, spans: number): ExperimentRecording {
  const record = recordOf({ run });
  const words = () => new Float64Array(spans * SPAN_WORDS);
  return {
    ...record,
    repeats: record.repeats.map((repeat) => ({ ...repeat, spans: [words(), words()] })),
  };
}

const spansOf = ({ repeats }: AnyRecording) =>
  repeats
    .flatMap(({ spans }) => [...spans])
    .reduce((sum, words) => sum + words.length / SPAN_WORDS, 0);

describe('the kept runs', () => {
  it('keep all where there is room', () => {
    const kept = new RecordingCache(1000 * SPAN_BYTES);
    expect([1, 2, 3].flatMap((run) => kept.keep(run, recordWith(run, 50)))).toEqual([]);
    expect(spansOf(kept.of(1))).toBe(200);
  });

  it('let go of the oldest spans first, and keep all else of those runs', () => {
    const kept = new RecordingCache(500 * SPAN_BYTES);
    kept.keep(1, recordWith(1, 50));
    kept.keep(2, recordWith(2, 50));
    expect(kept.keep(3, recordWith(3, 50))).toEqual([1]);
    const { repeats, ...rest } = kept.of(1);
    const { repeats: before, ...restBefore } = recordWith(1, 50);
    expect(rest).toEqual(restBefore);
    expect(repeats).toEqual(before.map((repeat) => ({ ...repeat, spans: [] })));
    expect(spansOf(kept.of(2))).toBe(200);
  });

  it('keep the newest, however large, and tell of no run twice', () => {
    const kept = new RecordingCache(10 * SPAN_BYTES);
    kept.keep(1, recordWith(1, 5));
    expect(kept.keep(2, recordWith(2, 50))).toEqual([1]);
    expect(kept.keep(3, recordWith(3, 1))).toEqual([2]);
    expect(spansOf(kept.of(3))).toBe(4);
  });

  it('keep a record in place of another of its number', () => {
    const kept = new RecordingCache();
    kept.keep(1, recordWith(1, 5));
    kept.keep(1, recordWith(1, 7));
    expect(spansOf(kept.of(1))).toBe(28);
    kept.forget(1);
    expect(() => kept.of(1)).toThrow('Run 1 is not among');
  });

  it('never hold more spans than the budget but for the newest run’s', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 60 }), { maxLength: 12 }), (sizes) => {
        const kept = new RecordingCache(400 * SPAN_BYTES);
        sizes.forEach((size, index) => {
          kept.keep(index + 1, recordWith(index + 1, size));
          const older = Array.from({ length: index }, (_, run) => spansOf(kept.of(run + 1)));
          const newest = spansOf(kept.of(index + 1));
          expect(newest).toBe(size * 4);
          const total = older.reduce((sum, spans) => sum + spans, newest);
          expect(total).toBeLessThanOrEqual(Math.max(400, newest));
        });
      }),
    );
  });
});
