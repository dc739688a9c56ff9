import { describe, expect, it } from 'vitest';
import {
  NOTHING_MEASURED,
  slowerThan,
  type MeasuredRuns,
  type MeasuredSpeed,
} from '../../src/analysis/measured-runs.js';
import type { Verdict } from '../../src/analysis/verdict.js';
import { verdictText } from '../../src/analysis/verdict-text.js';

const MS = 1e6;

/** A verdict on two lanes that were busy throughout. */
function verdict(changes: Partial<Verdict> = {}): Verdict {
  return {
    kind: 'well-used',
    ...{ lanes: 2, cores: 2, tasks: 10, handoffs: 0, lengthNs: 100 * MS, suspendedNs: 0 },
    time: {
      ...{ coreNs: 190 * MS, crowdedNs: 0, queuedNs: 0, sleepNs: 0, waitNs: 0, lockNs: 0 },
      ...{ startNs: 0, tailNs: 0, heldUpNs: 0, overheadNs: 10 * MS },
    },
    bound: { leastNs: 95 * MS, by: 'cores' },
    ...{ isBound: true, used: 0.95, gain: 1.05 },
    ...changes,
  };
}

function speed(run: number, ratio: number, ci95: MeasuredSpeed['ci95'] = null): MeasuredSpeed {
  return { run, ratio, ci95, repeats: 6 };
}

function sentence(of: Verdict, measured: Partial<MeasuredRuns>): string {
  const { lead, text } = verdictText(of, { ...NOTHING_MEASURED, ...measured });
  return `${lead} ${text}`;
}

describe('a verdict beside measured runs', () => {
  it('is never well used where the serial run was faster, however little', () => {
    const serial = speed(1, 1.01);
    expect(slowerThan(verdict(), { ...NOTHING_MEASURED, serial })).toBe(serial);
    expect(sentence(verdict(), { serial })).toBe(
      'Slowed: the same work was 1.01× as fast on one lane in run 1. Here the 2 lanes hardly waited or idled, so it is computing that took longer.',
    );
    const asleep = verdict({ kind: 'sleeping' });
    expect(sentence(asleep, { serial })).toContain('Slowed:');
    expect(sentence(verdict(), { serial: speed(1, 0.6) })).toContain('Well used:');
  });

  it('is not well used where the baseline was much faster, and surely so', () => {
    const baseline = speed(3, 2.54, [2.4, 2.6]);
    expect(sentence(verdict(), { baseline })).toContain(
      'Slowed: the same work was 2.54× as fast in run 3 (2.40 to 2.60, 95 %).',
    );
    expect(sentence(verdict(), { baseline: speed(3, 1.2, [0.9, 1.4]) })).toContain('Well used:');
    expect(sentence(verdict(), { baseline: speed(3, 1.05) })).toContain('Well used:');
  });

  it('names its loss where it is not said to be well used', () => {
    const bound = verdict({ kind: 'imbalanced', gain: 1.5 });
    expect(sentence(bound, { serial: speed(1, 1.2) })).toContain('Imbalanced:');
  });

  it('tells what releasing the lock gained in place of what it may gain', () => {
    const locked = verdict({ kind: 'lock-bound', gain: 3.4 });
    expect(sentence(locked, {})).toContain('Releasing it would gain at most 3.40×');
    expect(sentence(locked, { unlocked: speed(2, 3.3, [3.1, 3.4]) })).toBe(
      'Lock-bound: 0 % of thread time waits for the lock. Without it the same work was 3.30× as fast in run 2 (3.10 to 3.40, 95 %).',
    );
    expect(sentence(locked, { serial: speed(1, 1.6), unlocked: speed(2, 3.3) })).toContain(
      'Without it the same work was 3.30× as fast in run 2; one lane was 1.60× as fast in run 1.',
    );
  });

  it('promises no less than what another run had', () => {
    const fastest = speed(4, 2.05);
    expect(sentence(verdict({ kind: 'serial', lanes: 1, gain: 1.92 }), { fastest })).toContain(
      'As many lanes as cores would gain 2.05×, as in run 4.',
    );
    expect(sentence(verdict(), { fastest: speed(4, 1.08) })).toContain(
      'The same work was 1.08× as fast in run 4.',
    );
    expect(sentence(verdict(), { fastest: speed(4, 1.01) })).toContain('At most 1.05×');
  });

  it('rounds a bound up and an estimate to the nearest', () => {
    const locked = { kind: 'lock-bound', gain: 1.3342 } as const;
    expect(sentence(verdict({ ...locked, isBound: true }), {})).toContain('at most 1.34×');
    expect(sentence(verdict({ ...locked, isBound: false }), {})).toContain('about 1.33×');
    expect(sentence(verdict({ ...locked, gain: 2 }), {})).toContain('at most 2.00×');
  });
});
