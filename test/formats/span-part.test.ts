import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spanCsv } from '../../src/formats/span-csv.js';
import { ALL_SPANS, type SpanPart } from '../../src/formats/span-part.js';
import { speedscopeFile } from '../../src/formats/speedscope.js';
import { traceEvents } from '../../src/formats/trace-events.js';
import type { ExperimentRecording } from '../../src/experiment/recording.js';
import { anyNestedRecord, recordWith } from '../fixtures/nested-records.js';
import { recordOf } from '../fixtures/records.js';
import { span } from '../fixtures/timelines.js';
import { framesIn, readTrace, spansInTrace, type SpeedscopeFile } from '../fixtures/trace-files.js';

function partOf(startNs: number, endNs: number): SpanPart {
  return { repeat: null, range: { startNs, endNs } };
}

function rowsOf(record: ExperimentRecording, part: SpanPart) {
  const rows = parse<Record<string, string>>([...spanCsv([record], part)].join(''), {
    columns: true,
  });
  return rows.map((row) => ({
    lane: Number(row['lane']),
    kind: row['kind'],
    task: Number(row['task']),
    startNs: Number(row['start_ns']),
    endNs: Number(row['end_ns']),
  }));
}

function speedscopeOf(record: ExperimentRecording, part: SpanPart): SpeedscopeFile {
  return JSON.parse([...speedscopeFile([record], part)].join('')) as SpeedscopeFile;
}

const TASK = recordWith(1, [
  [
    span(0, 'wait', 10, 20, 0),
    span(0, 'compute', 30, 40, 0),
    span(0, 'hold', 20, 50, 0),
    span(0, 'task', 10, 60, 0),
  ],
]);

describe('a range of time', () => {
  it('cuts what crosses its ends, and has nothing that lies outside', () => {
    expect(rowsOf(TASK, partOf(20, 35))).toEqual([
      { lane: 0, kind: 'task', task: 0, startNs: 20, endNs: 35 },
      { lane: 0, kind: 'hold', task: 0, startNs: 20, endNs: 35 },
      { lane: 0, kind: 'compute', task: 0, startNs: 30, endNs: 35 },
    ]);
  });

  it('may go on to the end', () => {
    expect(rowsOf(TASK, partOf(50, Infinity))).toEqual([
      { lane: 0, kind: 'task', task: 0, startNs: 50, endNs: 60 },
    ]);
    expect(rowsOf(TASK, partOf(60, Infinity))).toEqual([]);
  });

  it('has the same spans in every file, each cut, in order and nested as ever', () => {
    const anyRange = fc
      .tuple(fc.nat(3_000_000), fc.integer({ min: 1, max: 3_000_000 }))
      .map(([startNs, length]) => ({ startNs, endNs: startNs + length }));
    fc.assert(
      fc.property(anyNestedRecord, anyRange, ({ record, lanes }, range) => {
        const part = { repeat: null, range };
        const cut = lanes.map((spans) =>
          spans
            .filter(({ startNs, endNs }) => startNs < range.endNs && endNs > range.startNs)
            .map(({ lane, kind, task, startNs, endNs }) => ({
              lane,
              kind,
              task,
              startNs: Math.max(startNs, range.startNs),
              endNs: Math.min(endNs, range.endNs),
            })),
        );
        expect(rowsOf(record, part)).toEqual(cut.flat());
        const events = readTrace([...traceEvents([record], part)].join(''));
        const file = speedscopeOf(record, part);
        cut.forEach((spans, lane) => {
          expect(spansInTrace(events, 1000, lane)).toEqual(spans);
          const profile = file.profiles[lane];
          expect(profile && framesIn(file, profile)).toMatchObject(
            spans.map(({ kind, startNs, endNs }) => ({ kind, startNs, endNs })),
          );
        });
      }),
    );
  });

  it('is what speedscope shows, and what the names say', () => {
    const [profile] = speedscopeOf(TASK, partOf(20, 35)).profiles;
    expect(profile).toMatchObject({ startValue: 20, endValue: 35 });
    expect(profile?.name).toBe('lane 0, run 1 (static/none), repeat 0, 0.00002 ms to 0.000035 ms');
    const [whole] = speedscopeOf(TASK, partOf(20, 1e9)).profiles;
    expect(whole).toMatchObject({ startValue: 20, endValue: 60 });
    const open = [...traceEvents([TASK], partOf(2e6, Infinity))].join('');
    expect(open).toContain('repeat 0, 2 ms to the end');
  });
});

describe('a repeat', () => {
  it('keeps its number', () => {
    const { repeats, ...record } = TASK;
    const [repeat] = repeats;
    if (repeat === undefined) throw new Error('the record has no repeat');
    const three = { ...record, repeats: [repeat, { ...repeat, wallNs: 1000 }, repeat] };
    const text = [...spanCsv([three], { repeat: 1, range: null })].join('');
    const rows = parse<Record<string, string>>(text, { columns: true });
    expect(rows.map((row) => row['repeat'])).toEqual(['1', '1', '1', '1']);
    const file = speedscopeOf(three, { repeat: 2, range: null });
    expect(file.profiles.map(({ name, endValue }) => [name, endValue])).toEqual([
      ['lane 0, run 1 (static/none), repeat 2', 60],
    ]);
    expect(speedscopeOf(three, ALL_SPANS).profiles).toHaveLength(3);
  });

  it('of which there are spans no more has its tasks', () => {
    const record = recordOf({ walls: [1000, 1000], dropped: 1 });
    const tasks = rowsOf(record, { repeat: 1, range: { startNs: 0, endNs: 150 } });
    expect(new Set(tasks.map(({ kind }) => kind))).toEqual(new Set(['task']));
    expect(Math.max(...tasks.map(({ endNs }) => endNs))).toBe(150);
  });
});
