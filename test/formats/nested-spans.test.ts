import type { ExperimentRecording } from '../../src/experiment/recording.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spansByLane } from '../../src/formats/lane-spans.js';
import { nestedInStretches, nestedSpans } from '../../src/formats/nested-spans.js';
import { encodeSpans, type Span } from '../../src/recording/spans.js';
import { anyNestedRecord, recordWith } from '../fixtures/nested-records.js';
import { span } from '../fixtures/timelines.js';

function lanesOf({ repeats }: ExperimentRecording) {
  return repeats.map((repeat) =>
    [...spansByLane(repeat)].map((stretches) => [...nestedInStretches(stretches)]),
  );
}

function outline(...spans: Span[]): string[] {
  return [...nestedSpans(encodeSpans(spans))].map(({ kind, depth }) => `${depth} ${kind}`);
}

describe('the spans of a lane', () => {
  it('come outer ones first, whatever lies in what and however they were drained', () => {
    fc.assert(
      fc.property(anyNestedRecord, ({ record, lanes }) => {
        expect(lanesOf(record)).toEqual([lanes]);
      }),
    );
  });

  it('nest as the lock mode has them: computing within a hold, or holds within computing', () => {
    expect(
      outline(
        span(0, 'wait', 0, 5),
        span(0, 'compute', 5, 9),
        span(0, 'hold', 5, 9),
        span(0, 'task', 0, 9),
      ),
    ).toEqual(['0 task', '1 wait', '1 hold', '2 compute']);
    expect(
      outline(
        span(0, 'hold', 0, 2),
        span(0, 'hold', 4, 9),
        span(0, 'compute', 0, 9),
        span(0, 'task', 0, 9),
      ),
    ).toEqual(['0 task', '1 compute', '2 hold', '2 hold']);
  });

  it('of no length stay in their task', () => {
    const spans = [
      span(0, 'compute', 0, 5, 1),
      span(0, 'task', 0, 5, 1),
      span(0, 'compute', 5, 5, 2),
      span(0, 'task', 5, 5, 2),
      span(0, 'compute', 5, 8, 3),
      span(0, 'task', 5, 8, 3),
    ];
    const read = [...nestedSpans(encodeSpans(spans))];
    expect(read.map(({ kind, task, depth }) => `${depth} ${kind} ${task}`)).toEqual([
      '0 task 1',
      '1 compute 1',
      '0 task 2',
      '1 compute 2',
      '0 task 3',
      '1 compute 3',
    ]);
  });
});

it('restores the tasks whose spans were dropped, with what is inside them', () => {
  const record = recordWith(2, [
    [
      span(0, 'compute', 10, 100, 0),
      span(0, 'wait', 100, 120, 1),
      span(0, 'compute', 120, 200, 1),
      span(0, 'task', 100, 200, 1),
    ],
  ]);
  const dropping = record.repeats.map((repeat) => ({
    ...repeat,
    spanCounts: repeat.spanCounts.map((ring) => ({ ...ring, dropped: 9 })),
  }));
  const [lanes = []] = lanesOf({ ...record, repeats: dropping });
  const tasks = lanes.map((spans) => spans.filter(({ kind }) => kind === 'task'));
  expect(tasks.map((own) => own.map(({ task }) => task))).toEqual([
    [0, 1, 2, 3, 4, 5],
    [6, 7, 8, 9, 10, 11],
  ]);
  expect(lanes[0]?.slice(0, 5).map(({ kind, task, depth }) => `${depth} ${kind} ${task}`)).toEqual([
    '0 task 0',
    '1 compute 0',
    '0 task 1',
    '1 wait 1',
    '1 compute 1',
  ]);
});
