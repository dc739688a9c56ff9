import type { ExperimentRecording } from '../../src/experiment/recording.js';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spanCsv, type SPAN_CSV_COLUMNS } from '../../src/formats/span-csv.js';
import { anyNestedRecord, recordWith } from '../fixtures/nested-records.js';
import { recordOf } from '../fixtures/records.js';
import { span } from '../fixtures/timelines.js';

type Row = Record<(typeof SPAN_CSV_COLUMNS)[number], string>;

function textOf(...records: ExperimentRecording[]): string {
  return [...spanCsv(records)].join('');
}

describe('the spans as CSV', () => {
  it('is as it was', () => {
    const record = recordWith(2, [[span(1, 'hold', 5, 9, 3), span(1, 'task', 0, 9, 3)]]);
    expect(textOf(record)).toBe(
      'run,repeat,lane,kind,task,start_ns,end_ns\r\n' +
        '1,0,1,task,3,0,9\r\n' +
        '1,0,1,hold,3,5,9\r\n',
    );
  });

  it('has every span once, as it was, lane by lane and outer ones first', () => {
    fc.assert(
      fc.property(anyNestedRecord, ({ record, lanes }) => {
        const rows = parse<Row>(textOf(record), { columns: true });
        const read = rows.map(({ lane, kind, task, start_ns, end_ns }) => ({
          lane: Number(lane),
          kind,
          task: Number(task),
          startNs: Number(start_ns),
          endNs: Number(end_ns),
        }));
        expect(read).toEqual(
          lanes.flat().map(({ lane, kind, task, startNs, endNs }) => ({
            lane,
            kind,
            task,
            startNs,
            endNs,
          })),
        );
      }),
    );
  });

  it('tells runs and repeats apart', () => {
    const record = recordWith(1, [[span(0, 'task', 0, 9)]]);
    const repeats = [...record.repeats, ...record.repeats];
    const rows = parse<Row>(textOf({ ...record, repeats }, { ...record, number: 2 }), {
      columns: true,
    });
    expect(rows.map(({ run, repeat }) => `${run} ${repeat}`)).toEqual(['1 0', '1 1', '2 0']);
  });

  it('has but its header where there are no spans', () => {
    expect(textOf(recordOf())).toBe('run,repeat,lane,kind,task,start_ns,end_ns\r\n');
  });

  it('is made in pieces of whole lines, none of them large', () => {
    const spans = Array.from({ length: 50_000 }, (_, task) => span(0, 'task', task, task + 1));
    const pieces = [...spanCsv([recordWith(1, [spans])])];
    expect(pieces.length).toBeGreaterThanOrEqual(10);
    for (const piece of pieces) {
      expect(piece.endsWith('\r\n')).toBe(true);
      expect(piece.length).toBeLessThan(200_000);
    }
  });
});
