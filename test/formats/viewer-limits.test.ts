import { describe, expect, it } from 'vitest';
import { ALL_SPANS, type SpanPart } from '../../src/formats/span-part.js';
import { speedscopeFile } from '../../src/formats/speedscope.js';
import { traceEvents } from '../../src/formats/trace-events.js';
import { expectedBytes, viewerCaution } from '../../src/formats/viewer-limits.js';
import type { ExperimentRecording } from '../../src/experiment/recording.js';
import { encodeSpans } from '../../src/recording/spans.js';
import { recordOf } from '../fixtures/records.js';
import { span } from '../fixtures/timelines.js';

/** Tasks of 10 µs with a wait, a hold and a compute span each, as under a held lock. */
function heldRun(tasks: number): ExperimentRecording {
  const spans = Array.from({ length: tasks }, (_, task) => {
    const at = task * 10_127;
    return [
      span(0, 'wait', at, at + 2_311, task),
      span(0, 'compute', at + 2_411, at + 9_803, task),
      span(0, 'hold', at + 2_311, at + 9_931, task),
      span(0, 'task', at, at + 10_003, task),
    ];
  }).flat();
  const record = recordOf({
    walls: [tasks * 10_127],
    parameters: { threads: 1, matrices: tasks, scheduler: 'executor', lock: 'gil-held' },
  });
  return {
    ...record,
    repeats: record.repeats.map((repeat) => ({ ...repeat, spans: [encodeSpans(spans)] })),
  };
}

describe('the size of a file', () => {
  const parts: SpanPart[] = [ALL_SPANS, { repeat: 0, range: { startNs: 20e6, endNs: 60e6 } }];
  it.each(parts)('is known from the spans within a tenth: %j', (part) => {
    const record = heldRun(10_000);
    for (const [format, write] of [
      ['speedscope', speedscopeFile],
      ['trace', traceEvents],
    ] as const) {
      const bytes = [...write([record], part)].reduce((sum, { length }) => sum + length, 0);
      const ratio = expectedBytes(format, [record], part) / bytes;
      expect(ratio).toBeGreaterThan(0.9);
      expect(ratio).toBeLessThan(1.1);
    }
  });
});

describe('a file that its viewer cannot open', () => {
  /** As many spans as there are in so many copies. */
  function copies(record: ExperimentRecording, count: number): ExperimentRecording {
    const repeats = record.repeats.map((repeat) => ({
      ...repeat,
      spans: Array.from({ length: count }, () => repeat.spans).flat(),
    }));
    return { ...record, repeats };
  }

  it('is said to be, with its size and the largest that can be', () => {
    const record = copies(heldRun(10_000), 250);
    expect(viewerCaution('speedscope', [record], ALL_SPANS)).toMatch(
      /^The file for speedscope will have about 8\d\d MB, and speedscope opens no more than about 537 MB$/,
    );
    expect(viewerCaution('trace', [record], ALL_SPANS)).toBeNull();
    expect(viewerCaution('trace', [record, record], ALL_SPANS)).toMatch(
      /^The file for Perfetto will have about 2\.\d\d GB, and Perfetto opens no more than about 2\.00 GB$/,
    );
  });

  it('is not where a part of it is written', () => {
    const record = copies(heldRun(10_000), 250);
    const part = { repeat: null, range: { startNs: 0, endNs: 20e6 } };
    expect(viewerCaution('speedscope', [record], part)).toBeNull();
  });
});
