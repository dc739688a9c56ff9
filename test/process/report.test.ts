import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processFindings } from '../../src/process/report.js';
import { THREAD_STATES } from '../../src/process/thread-shares.js';
import { NO_LABEL } from '../../src/recording/spans.js';
import { programOf } from '../fixtures/programs.js';
import { span } from '../fixtures/timelines.js';

describe('the report on a program', () => {
  it('has the fields of its schema', () => {
    const { report } = processFindings(
      programOf({ spans: [span(0, 'hold', 0, 60, 0), span(1, 'wait', 0, 60, 1)], handoffs: 2 }),
    );
    expect(report).toMatchObject({
      schema: 'gilscope.process/1',
      command: ['python3', 'app.py'],
      startMonotonicNs: 5e12,
      durationNs: 1e9,
      samples: 4000,
      periodNs: { median: 250_500, p95: 260_500 },
      handoffs: 2,
      hiddenHandoffs: 0,
      warnings: [],
    });
    expect(report.processes).toEqual([
      {
        pid: 40,
        command: ['python3', 'app.py'],
        python: '3.11.2',
        executable: '/usr/bin/python3.11',
        gil: 'enabled',
      },
    ]);
    expect(report.threads[1]).toEqual({
      lane: 1,
      pid: 40,
      tid: 41,
      name: 'Thread-1',
      native: false,
      aliveNs: 1e9,
      hold: 0,
      wait: 1,
      compute: 0,
      sleep: 0,
      blocked: 0,
      queued: 0,
    });
    expect(report.functions).toEqual([
      {
        function: 'f',
        file: 'app.py',
        line: 10,
        heldNs: 60,
        causedWaitNs: 60,
        longestNs: 60,
        computeNs: 0,
      },
    ]);
  });

  it('has shares that add up to 1, whatever a thread was in', () => {
    const anyStates = fc.array(
      fc.tuple(fc.constantFrom(...THREAD_STATES), fc.integer({ min: 1, max: 1e9 })),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(anyStates, (states) => {
        let at = 0;
        const spans = states.map(([kind, lengthNs]) => {
          const startNs = at;
          at += lengthNs;
          return span(0, kind, startNs, at, NO_LABEL);
        });
        const [thread] = processFindings(programOf({ spans, threads: [{}] })).report.threads;
        const sum = THREAD_STATES.reduce((total, state) => total + (thread?.[state] ?? NaN), 0);
        expect(sum).toBeCloseTo(1, 10);
      }),
    );
  });

  it('warns of hand-offs unseen, of late samples and of threads too short', () => {
    const { report } = processFindings(
      programOf({
        handoffs: 100,
        threads: [{ aliveNs: 1e6 }],
        source: { hiddenHandoffs: 5, periodNs: { median: 250_500, p95: 500_500 } },
      }),
    );
    expect(report.warnings.map(({ code }) => code)).toEqual([
      'hidden-handoffs',
      'late-samples',
      'short-threads',
    ]);
  });
});
