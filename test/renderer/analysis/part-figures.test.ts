import { describe, expect, it } from 'vitest';
import { analyse } from '../../../src/analysis/analyse.js';
import { overviewOf } from '../../../src/experiment/report.js';
import { finish } from '../../../src/base/cooperative-task.js';
import { unmeasuredCosts } from '../../../src/experiment/work-costs.js';
import {
  overviewOfRepeat,
  programFigures,
  selectionFigures,
} from '../../../src/renderer/analysis/part-figures.js';
import { smallRun } from '../../fixtures/parameters.js';
import { recordOf } from '../../fixtures/records.js';
import { span, timelineOf } from '../../fixtures/timelines.js';

describe('the figures of one repeat', () => {
  const overview = overviewOf(recordOf({ walls: [1000, 2000, 4000], handoffs: 8 }));

  it('are those that a run of that repeat alone has', () => {
    const alone = overviewOf(recordOf({ walls: [4000], handoffs: 8 }));
    const { summary, repeats } = overviewOfRepeat(overview, 2);
    expect(repeats).toEqual(alone.repeats);
    expect(summary.wallNs).toEqual(alone.summary.wallNs);
    expect(summary.tasksPerSecond).toBeCloseTo(alone.summary.tasksPerSecond, 6);
    expect(summary.gflops).toBeCloseTo(alone.summary.gflops, 9);
    expect(summary.waitShare).toBeCloseTo(alone.summary.waitShare, 9);
    expect(summary.handoffs).toBe(8);
  });

  it('are the run’s where there is no such repeat', () => {
    expect(overviewOfRepeat(overview, 3)).toBe(overview);
  });
});

describe('the figures of a selection', () => {
  const MS = 1e6;
  const timeline = timelineOf(2, [
    ...[span(0, 'hold', 0, 40 * MS), span(0, 'compute', 0, 40 * MS), span(0, 'task', 0, 40 * MS)],
    ...[span(1, 'wait', 0, 40 * MS), span(1, 'hold', 40 * MS, 90 * MS)],
    ...[span(1, 'compute', 40 * MS, 90 * MS), span(1, 'task', 0, 90 * MS)],
  ]);
  const costs = unmeasuredCosts(smallRun({ lock: 'gil-held' }));
  const range = { startNs: 20 * MS, endNs: 60 * MS };
  const meaning = finish(analyse({ timeline, range }, { cores: 2, costs }));

  it('are of the selection alone, and none is the run’s', () => {
    expect(selectionFigures(meaning, true)).toEqual([
      { label: 'Selected', value: '40.0 ms', note: '20 – 60 ms' },
      { label: 'Speed-up over serial', value: '–', note: 'of whole repeats' },
      { label: 'Waiting', value: '25 %', note: '20.0 ms in all' },
      { label: 'Hand-offs', value: '1', note: 'in the selection' },
      { label: 'Tasks', value: '2', note: 'whole or in part' },
      { label: 'Not converged', value: '–', note: 'of whole repeats' },
    ]);
    expect(selectionFigures(meaning, false)[2]).toEqual({
      label: 'Waiting',
      value: 'no lock',
      note: '',
    });
  });

  it('of a program are its lock, and nothing of tasks', () => {
    expect(programFigures(90 * MS, meaning)).toEqual([
      { label: 'Time', value: '40.0 ms', note: '' },
      { label: 'Lock held', value: '100 %', note: 'of the time' },
      { label: 'Waiting', value: '25 %', note: 'of thread time' },
      { label: 'Hand-offs', value: '1', note: 'seen' },
    ]);
    expect(programFigures(90 * MS, null).map(({ value }) => value)).toEqual([
      '90.0 ms',
      '–',
      '–',
      '–',
    ]);
  });
});
