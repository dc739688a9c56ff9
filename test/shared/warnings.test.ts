import { expect, it } from 'vitest';
import { overviewOf } from '../../src/shared/report.js';
import { MACHINE, recordOf, type RecordChanges } from '../fixtures/records.js';

function warningsOf(changes: RecordChanges): readonly string[] {
  return overviewOf(recordOf({ walls: [1000, 1000], ...changes })).summary.warnings;
}

it('a clean run has none', () => {
  expect(warningsOf({})).toEqual([]);
});

it.each<[string, RecordChanges, string]>([
  [
    'a run that was stopped',
    { parameters: { repeats: 5 } },
    'The run was stopped after 2 of 5 repeats.',
  ],
  [
    'dropped spans',
    { dropped: 300 },
    '1,200 spans were dropped, as they came faster than they could be drained: ' +
      'the timeline has gaps; the tasks’ figures are complete.',
  ],
  [
    'more threads than cores',
    { parameters: { threads: 3 } },
    '3 threads share 2 cores: computing includes time in which a thread had no core.',
  ],
  [
    'unsteady wall times',
    { walls: [1000, 1060] },
    'Wall times spread over 5.8 % of their median: repeat more often, or on a quieter machine.',
  ],
  [
    'tasks at the cap, strict',
    { capped: 5 },
    '5 of 12 tasks hit the cap of 200 iterations (strict). ' +
      'Under the strict test a negative dominant eigenvalue never converges.',
  ],
  [
    'tasks at the cap, sign-aware',
    { capped: 12, parameters: { convergence: 'sign-aware' } },
    '12 of 12 tasks hit the cap of 200 iterations (sign-aware).',
  ],
])('warns of %s', (_, changes, warning) => {
  expect(warningsOf(changes)).toEqual([warning]);
});

it.each<[string, RecordChanges]>([
  [
    'threads that sleep share cores without harm',
    { parameters: { threads: 9, workload: 'sleep' } },
  ],
  ['a serial run has one lane', { parameters: { threads: 9, scheduler: 'serial' } }],
  ['as many threads as cores', { machine: { ...MACHINE, logicalCores: 2 } }],
  ['a spread of 5 %', { walls: [1000, 1050, 1000] }],
  ['one repeat has no spread', { walls: [1000] }],
])('does not warn: %s', (_, changes) => {
  expect(warningsOf(changes)).toEqual([]);
});
