import type { ExperimentRecording } from '../../src/experiment/recording.js';
import type { Machine } from '../../src/recording/machine.js';
import { describe, expect, it } from 'vitest';
import { encodeSpans, type Span } from '../../src/recording/spans.js';
import { overviewOf } from '../../src/experiment/report.js';
import { WARNING_CODES } from '../../src/experiment/warning-rules.js';
import type { Warning } from '../../src/experiment/warnings.js';
import { MACHINE, recordOf, type RecordChanges } from '../fixtures/records.js';

/** As many repeats as an interval needs, all alike. */
const STEADY = Array.from({ length: 6 }, () => 1000);

function warningsOf(changes: RecordChanges): readonly Warning[] {
  return warningsOn(recordOf({ walls: STEADY, ...changes }));
}

function warningsOn(record: ExperimentRecording): readonly Warning[] {
  return overviewOf(record).summary.warnings;
}

const withClock = (stepNs: number) => ({ ...MACHINE, clock: { stepNs, readNs: 8 } });
const withCores = (cores: number) => ({
  ...MACHINE,
  ...{ logicalCores: cores, machineCores: cores, usableCores: cores, physicalCores: cores },
});
const hybrid: Machine = {
  ...withCores(4),
  coreKinds: [
    { kind: 'fast', cores: 2 },
    { kind: 'slow', cores: 2 },
  ],
};

const switching = { lock: 'gil-switching', switchIntervalMs: 0.1 } as const;

/** A lane that holds the lock for so long each time, and then waits for it again. */
function heldFor(...lengthsNs: number[]): Span[] {
  let now = 0;
  return lengthsNs.flatMap((lengthNs) => {
    const startNs = now;
    now += 1000 + lengthNs;
    const of = { lane: 1, task: 0 };
    return [
      { ...of, kind: 'wait', startNs, endNs: startNs + 1000 },
      // Two tasks between which the lock was kept.
      { ...of, kind: 'hold', startNs: startNs + 1000, endNs: startNs + 1500 },
      { ...of, kind: 'hold', startNs: startNs + 1500, endNs: now },
    ];
  });
}

const cases: [Warning['code'], string, RecordChanges, string][] = [
  [
    'stopped',
    'a run that was stopped',
    { parameters: { repeats: 9 } },
    'The run was stopped after 6 of 9 repeats.',
  ],
  [
    'dropped-spans',
    'dropped spans',
    { dropped: 300 },
    '3,600 spans were dropped, as they came faster than they could be drained: ' +
      'the timeline has gaps; the tasks’ figures are complete.',
  ],
  [
    'kept-spans',
    'more spans than there is memory for',
    { dropped: 300, keptUntilNs: 700 },
    '3,600 spans were dropped, as a run keeps no more of them in memory: the timeline of 6 of 6 repeats ' +
      'ends early, the first after 700 ns of 1.00 µs; the tasks’ figures are complete. ' +
      'Fewer repeats leave more room for each, and fewer tasks or iterations need less.',
  ],
  [
    'shared-cores',
    'more threads than cores',
    { parameters: { threads: 3 } },
    '3 threads share 2 cores: computing includes time in which a thread had no core.',
  ],
  [
    'shared-cores',
    'more threads than a quota has cores',
    { parameters: { threads: 1 }, machine: { ...MACHINE, quotaCores: 0.5, usableCores: 0.5 } },
    '1 thread has 0.5 cores: computing includes time in which a thread had no core.',
  ],
  [
    'shared-physical-cores',
    'two threads on one core',
    { parameters: { threads: 3 }, machine: { ...withCores(4), physicalCores: 2 } },
    '3 threads are on 2 physical cores, two on one (SMT): these compute slower than one alone, ' +
      'so that no speed-up reaches the number of threads.',
  ],
  [
    'unlike-cores',
    'more threads than fast cores',
    { parameters: { threads: 3 }, machine: hybrid },
    '3 threads are on 2 fast and 2 slow cores: how long a task takes depends on where it ran, ' +
      'and equal chunks do not end together.',
  ],
  [
    'low-frequency',
    'a governor that holds the frequency down',
    { machine: { ...MACHINE, governor: 'powersave' } },
    'The cores’ frequency is held down (governor powersave): times are longer than the machine allows. ' +
      'Choose performance, for example with cpupower frequency-set -g performance.',
  ],
  [
    'other-load',
    'other processes that took more than a tenth of a core',
    { otherCpuNs: 101 },
    'Other processes kept 0.10 of 2 cores busy meanwhile: ' +
      'close what computes beside it, or measure on the command line without a window.',
  ],
  [
    'other-load',
    'other processes that took more than a twentieth of many cores',
    { otherCpuNs: 410, machine: withCores(8) },
    'Other processes kept 0.41 of 8 cores busy meanwhile: ' +
      'close what computes beside it, or measure on the command line without a window.',
  ],
  [
    'queued',
    'lanes without a core for more than a twentieth of their time',
    { interruptions: { queuedNs: [60, 60] } },
    'The lanes were ready and had no core for 6.0 % of their time, as more wants to compute than there are ' +
      'cores to be had: other processes, a quota, or a machine that shares them out. ' +
      'Computing includes that time.',
  ],
  [
    'suspended',
    'a process that was stopped, and a machine that slept, in each of six repeats',
    {
      interruptions: {
        suspensions: [
          { startNs: 100, endNs: 200, sleptNs: 0 },
          { startNs: 300, endNs: 300, sleptNs: 3e9 },
        ],
      },
    },
    'The whole process was suspended for 18.0 s, 12 times: it was stopped, or the machine slept. ' +
      'That is in the wall times; measure again without.',
  ],
  [
    'spread',
    'unsteady wall times',
    { walls: [...STEADY, 1060] },
    'Wall times spread over 6.0 % of their median: repeat more often, or on a quieter machine.',
  ],
  [
    'outliers',
    'an outlier among the repeats',
    { walls: [1000, 1001, 1030, 1002, 1001, 1000] },
    'Repeat 3 is an outlier: 1.03 µs against a median of 1.00 µs. ' +
      'None is left out: trust the median, not the ends, and look for what else ran then.',
  ],
  [
    'outliers',
    'several outliers',
    { walls: [1000, 1001, 1030, 1002, 1001, 1003, 999, 1001, 1000, 1031] },
    '2 of 10 repeats are outliers, the first of them repeat 3: 1.03 µs against a median of 1.00 µs. ' +
      'None is left out: trust the median, not the ends, and look for what else ran then.',
  ],
  [
    'clock-resolution',
    'tasks of less than ten steps of the clock',
    { machine: withClock(10.1) },
    'A typical task lasts 100 ns and the clock tells times apart in steps of 10.1 ns: ' +
      'single times are rough; trust sums, or make the tasks longer.',
  ],
  [
    'pool-cost',
    'tasks that are shorter than the pool takes for one',
    { gapNs: 101 },
    'A task works for 100 ns on average and the pool takes 101 ns to give a lane the next one: ' +
      'this measures the pool. Make the tasks longer, or schedule them static or dynamic.',
  ],
  [
    'pool-cost',
    'tasks that come in batches, with the lanes idle between these',
    { parameters: { matrices: 64 }, gapNs: (task) => (task % 8 === 7 ? 2000 : 1) },
    'A task works for 100 ns on average and the pool takes 134 ns to give a lane the next one: ' +
      'this measures the pool. Make the tasks longer, or schedule them static or dynamic.',
  ],
  [
    'switch-interval',
    'a lock that is held longer than the switch interval',
    // What follows the last hold is not known.
    { parameters: switching, spans: heldFor(157_000, 157_000, 9_000_000, 157_000, 100) },
    'Lanes held the lock for 157 µs (median) before they gave it up, 1.57× the switch interval of ' +
      '100 µs: a waiter’s timed wait ends late, as it does in CPython, and later where cores are busy. ' +
      'Go by the measured hold, or take a longer interval.',
  ],
  [
    'capped',
    'tasks at the cap, strict',
    { capped: 5 },
    '5 of 12 tasks did not converge within 200 iterations (strict). ' +
      'Under the strict test a negative dominant eigenvalue never converges: choose the sign-aware test.',
  ],
  [
    'capped',
    'tasks at the cap, sign-aware',
    { capped: 12, parameters: { convergence: 'sign-aware' } },
    '12 of 12 tasks did not converge within 200 iterations (sign-aware).',
  ],
  [
    'few-repeats',
    'too few repeats for an interval',
    { walls: [1000, 1000, 1000, 1000, 1000] },
    'Of 5 repeats there is no 95 % interval, only their range: repeat at least 6 times.',
  ],
  [
    'few-repeats',
    'one repeat',
    { walls: [1000] },
    'One repeat does not tell how times vary: repeat at least 6 times.',
  ],
];

describe('warnings', () => {
  it('are none of a clean run', () => {
    expect(warningsOf({})).toEqual([]);
  });

  it.each(cases)('%s: of %s', (code, _, changes, message) => {
    expect(warningsOf(changes)).toMatchObject([{ code, message }]);
  });

  it('keep their figures, of which the message is made', () => {
    expect(warningsOf({ walls: [...STEADY, 1060] })).toMatchObject([
      { code: 'spread', figures: { spreadShare: 0.06 } },
    ]);
    for (const [, , changes] of cases) {
      for (const { figures, message } of warningsOf(changes)) {
        expect(Object.keys(figures)).not.toEqual([]);
        expect(message).not.toMatch(/[{}]|undefined|NaN/);
      }
    }
  });

  it('are tried here one and all, but for the one of a comparison', () => {
    const tried = cases.map(([code]) => code);
    expect(new Set([...tried, 'implausible-speed-up'])).toEqual(new Set(WARNING_CODES));
  });

  it('tell of stretches of work that the clock cannot tell, though the tasks are long', () => {
    const record = recordOf({ walls: STEADY });
    const stretch = { lane: 0, kind: 'compute', task: 0 } as const;
    const withStretch = (lengthNs: number) => ({
      ...record,
      repeats: record.repeats.map((repeat) => ({
        ...repeat,
        spans: [encodeSpans([{ ...stretch, startNs: 0, endNs: lengthNs }])],
      })),
    });
    expect(warningsOn(withStretch(100))).toEqual([]);
    expect(warningsOn(withStretch(99))).toMatchObject([
      {
        code: 'clock-resolution',
        message: expect.stringMatching(/^A typical stretch of work lasts 99.0 ns/) as string,
      },
    ]);
  });
});

it.each<[string, RecordChanges]>([
  [
    'threads that sleep share cores without harm',
    { parameters: { threads: 9, workload: 'sleep' } },
  ],
  [
    'a held lock lets one thread compute at a time',
    { parameters: { threads: 9, lock: 'gil-held' } },
  ],
  ['a serial run has one lane', { parameters: { threads: 9, scheduler: 'serial' } }],
  ['as many threads as cores', { machine: withCores(2) }],
  [
    'a lock keeps one thread at a time on a core',
    {
      parameters: { threads: 2, lock: 'gil-held' },
      machine: { ...withCores(2), physicalCores: 1 },
    },
  ],
  ['lanes had no core for a twentieth of their time', { interruptions: { queuedNs: [50, 50] } }],
  ['as many threads as fast cores', { parameters: { threads: 2 }, machine: hybrid }],
  [
    'the frequency follows the load',
    {
      machine: { ...MACHINE, governor: 'powersave (balance_performance)' },
    },
  ],
  ['a spread of 5 %', { walls: [...STEADY, 1050] }],
  ['other processes took a tenth of a core', { otherCpuNs: 100 }],
  ['other processes took a twentieth of many cores', { otherCpuNs: 400, machine: withCores(8) }],
  ['the load of other processes is not known', { otherCpuNs: null }],
  ['the clock has ten steps for a task', { machine: withClock(10) }],
  [
    'the lock is held about as long as the switch interval',
    { parameters: switching, spans: heldFor(109_000, 109_000, 109_000) },
  ],
  [
    'the lock is held for less, as the tasks are short',
    { parameters: switching, spans: heldFor(10_000, 10_000, 10_000) },
  ],
  [
    'a lane gave the lock up unasked, and took it later',
    {
      parameters: switching,
      spans: heldFor(900_000, 900_000).map((span) =>
        span.kind === 'wait' ? { ...span, startNs: span.startNs + 1 } : span,
      ),
    },
  ],
  [
    'no interval has an effect',
    { parameters: { lock: 'gil-held' }, spans: heldFor(9e6, 9e6, 9e6) },
  ],
  ['the pool takes as long as a task', { gapNs: 100 }],
  ['a lane stalled once', { gapNs: (task) => (task === 3 ? 100_000 : 1) }],
  ['a lane had one task', { parameters: { matrices: 2 }, gapNs: 101 }],
  ['other schedulers have no pool task', { gapNs: 101, parameters: { scheduler: 'static' } }],
])('no warning where %s', (_, changes) => {
  expect(warningsOf(changes)).toEqual([]);
});
