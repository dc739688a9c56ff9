import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { spanCsv } from '../../src/formats/span-csv.js';
import { speedscopeFile } from '../../src/formats/speedscope.js';
import { traceEvents } from '../../src/formats/trace-events.js';
import { NO_LABEL } from '../../src/recording/spans.js';
import { functionLabel, programOf } from '../fixtures/programs.js';
import { span } from '../fixtures/timelines.js';

const BLOCKED = { name: 'read', file: null, line: null };

/** Two threads with names that CSV and JSON have to quote. */
const PROGRAM = programOf({
  labels: [functionLabel('f, "quoted"'), BLOCKED],
  threads: [{ name: 'Main, "the" Thread' }, { name: 'line\nbreak' }],
  spans: [
    span(0, 'hold', 0, 100, 0),
    span(0, 'queued', 100, 150, NO_LABEL),
    span(1, 'blocked', 0, 60, 1),
    span(1, 'wait', 60, 100, 0),
  ],
});

const textOf = (pieces: Iterable<string>) => [...pieces].join('');

describe('spans with labels in place of tasks', () => {
  it('have the lane’s name and the label in the CSV, and no task', () => {
    const rows = parse<Record<string, string>>(textOf(spanCsv([PROGRAM])), { columns: true });
    expect(Object.keys(rows[0] ?? {})).toEqual(
      'run repeat lane kind task start_ns end_ns lane_name label'.split(' '),
    );
    expect(
      rows.map(({ lane, kind, task, lane_name, label }) => [lane, kind, task, lane_name, label]),
    ).toEqual([
      ['0', 'hold', '-1', 'Main, "the" Thread', 'f, "quoted"'],
      ['0', 'queued', '-1', 'Main, "the" Thread', ''],
      ['1', 'blocked', '-1', 'line\nbreak', 'read'],
      ['1', 'wait', '-1', 'line\nbreak', 'f, "quoted"'],
    ]);
  });

  it('have the label as an argument in the trace, and a track of the lock', () => {
    const { traceEvents: events } = JSON.parse(textOf(traceEvents([PROGRAM]))) as {
      traceEvents: { ph: string; tid: number; name: string; args?: object }[];
    };
    expect(
      events.filter(({ ph }) => ph === 'X').map(({ tid, name, args }) => [tid, name, args]),
    ).toEqual([
      [1, 'hold', { label: 'f, "quoted"' }],
      [1, 'queued', undefined],
      [2, 'blocked', { label: 'read' }],
      [2, 'wait', { label: 'f, "quoted"' }],
      [3, 'Main, "the" Thread', undefined],
    ]);
  });

  it('are frames in the frames of their kinds for speedscope, with file and line', () => {
    const file = JSON.parse(textOf(speedscopeFile([PROGRAM]))) as {
      shared: { frames: { name: string }[] };
      profiles: { events: { type: string; frame: number; at: number }[] }[];
    };
    const { frames } = file.shared;
    expect(frames.at(-2)).toEqual({ name: 'f, "quoted"', file: 'app.py', line: 10 });
    expect(frames.at(-1)).toEqual({ name: 'read' });
    const [first] = file.profiles;
    expect(first?.events.map(({ type, frame, at }) => [type, frames[frame]?.name, at])).toEqual([
      ['O', 'hold', 0],
      ['O', 'f, "quoted"', 0],
      ['C', 'f, "quoted"', 100],
      ['C', 'hold', 100],
      ['O', 'queued', 100],
      ['C', 'queued', 150],
    ]);
  });
});
