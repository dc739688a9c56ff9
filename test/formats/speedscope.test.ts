import type { ExperimentRecording } from '../../src/experiment/recording.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speedscopeFile } from '../../src/formats/speedscope.js';
import { anyNestedRecord, recordWith } from '../fixtures/nested-records.js';
import { recordOf } from '../fixtures/records.js';
import { span } from '../fixtures/timelines.js';
import { framesIn, type SpeedscopeFile } from '../fixtures/trace-files.js';

function fileOf(...records: ExperimentRecording[]): SpeedscopeFile {
  return JSON.parse([...speedscopeFile(records)].join('')) as SpeedscopeFile;
}

describe('the file for speedscope', () => {
  it('opens and closes every span of every lane, properly nested', () => {
    fc.assert(
      fc.property(anyNestedRecord, ({ record, lanes }) => {
        const file = fileOf(record);
        const expected = lanes.map((spans) =>
          spans.map(({ kind, startNs, endNs, depth }) => ({ kind, startNs, endNs, depth })),
        );
        expect(file.profiles.map((profile) => framesIn(file, profile))).toEqual(expected);
      }),
    );
  });

  it('has a profile for each lane of each repeat, all of the same extent', () => {
    const file = fileOf(recordOf({ walls: [2000, 1000] }));
    expect(file.$schema).toMatch(/file-format-schema\.json$/);
    expect(file.profiles.map(({ name }) => name)).toEqual([
      'lane 0, run 1 (executor/none), repeat 0',
      'lane 1, run 1 (executor/none), repeat 0',
      'lane 0, run 1 (executor/none), repeat 1',
      'lane 1, run 1 (executor/none), repeat 1',
    ]);
    for (const { type, unit, startValue, endValue } of file.profiles) {
      expect({ type, unit, startValue, endValue }).toEqual({
        type: 'evented',
        unit: 'nanoseconds',
        startValue: 0,
        endValue: 2000,
      });
    }
  });

  it('names frames by kind alone', () => {
    const spans = [1, 2, 3].map((task) => span(0, 'task', task, task + 1, task));
    const { shared, profiles } = fileOf(recordWith(1, [spans]));
    expect(shared.frames.map(({ name }) => name)).toEqual([
      'task',
      'wait',
      'hold',
      'compute',
      'sleep',
    ]);
    expect(new Set(profiles[0]?.events.map(({ frame }) => frame)).size).toBe(1);
  });
});
