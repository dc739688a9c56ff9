import { describe, expect, it } from 'vitest';
import { processFindings } from '../../src/process/report.js';
import { PROGRAM_VERDICTS, type ProgramVerdictCode } from '../../src/process/verdict.js';
import type { Span, SpanKind } from '../../src/recording/spans.js';
import { programOf, type ProgramChanges } from '../fixtures/programs.js';
import { span } from '../fixtures/timelines.js';

const SECOND = 1e9;

/** A lane's states one after another, each with its share of a second. */
function lane(number: number, ...states: readonly (readonly [SpanKind, number])[]): Span[] {
  let at = 0;
  return states.map(([kind, share]) => {
    const startNs = at;
    at += share * SECOND;
    return span(number, kind, startNs, at, number);
  });
}

const verdictOn = (changes: ProgramChanges) => processFindings(programOf(changes)).report.verdict;

/** Two threads that hold the lock by turns. */
const TAKING_TURNS = [
  ...lane(0, ['hold', 0.5], ['wait', 0.5]),
  ...lane(1, ['wait', 0.5], ['hold', 0.5]),
];

const CASES: Readonly<Record<ProgramVerdictCode, ProgramChanges>> = {
  'gil-bound': { spans: TAKING_TURNS, handoffs: 100 },
  convoy: { spans: TAKING_TURNS, handoffs: 5000, source: { hiddenHandoffs: 4000 } },
  'held-off-core': { spans: TAKING_TURNS, threads: [{ heldBlockedNs: 0.3 * SECOND }, {}] },
  'more-threads-than-cores': {
    spans: [
      ...lane(0, ['compute', 0.7], ['queued', 0.3]),
      ...lane(1, ['queued', 0.3], ['compute', 0.7]),
      ...lane(2, ['queued', 0.6], ['compute', 0.4]),
    ],
    threads: [{}, {}, {}],
  },
  inactive: { spans: [...lane(0, ['hold', 0.05], ['sleep', 0.95]), ...lane(1, ['blocked', 1])] },
  'one-thread': { spans: [...lane(0, ['hold', 1]), ...lane(1, ['blocked', 1])] },
  parallel: {
    spans: [
      ...lane(0, ['hold', 0.1], ['compute', 0.9]),
      ...lane(1, ['compute', 0.9], ['hold', 0.1]),
    ],
  },
  shared: {
    spans: [
      ...lane(0, ['hold', 0.5], ['blocked', 0.5]),
      ...lane(1, ['blocked', 0.5], ['hold', 0.5]),
    ],
  },
};

describe('the verdict on a program', () => {
  it.each(PROGRAM_VERDICTS)('%s', (code) => {
    const verdict = verdictOn(CASES[code]);
    expect(verdict.code).toBe(code);
    expect(verdict.message).toMatch(/^[A-Z].*\.$/s);
    for (const figure of Object.values(verdict.figures)) expect(Number.isFinite(figure)).toBe(true);
  });

  it('turns at its rules’ bounds', () => {
    const waiting = (share: number) => [
      ...lane(0, ['hold', 1]),
      ...lane(1, ['wait', share], ['sleep', 1 - share]),
    ];
    // A tenth of the active time.
    expect(verdictOn({ spans: waiting(0.112) }).code).toBe('gil-bound');
    expect(verdictOn({ spans: waiting(0.11) }).code).toBe('shared');
    const convoy = (handoffs: number, hiddenHandoffs: number) =>
      verdictOn({ spans: TAKING_TURNS, handoffs, source: { hiddenHandoffs } }).code;
    expect(convoy(1001, 501)).toBe('convoy');
    expect(convoy(1000, 501)).toBe('gil-bound');
    expect(convoy(1001, 500)).toBe('gil-bound');
    const heldOff = (ns: number) =>
      verdictOn({ spans: TAKING_TURNS, threads: [{ heldQueuedNs: ns }, {}] }).code;
    expect(heldOff(0.2 * SECOND)).toBe('held-off-core');
    expect(heldOff(0.19 * SECOND)).toBe('gil-bound');
  });

  it('lays queuing of no more threads than there are cores to other programs', () => {
    const computing = [0, 1].flatMap((at) => lane(at, ['queued', 0.3], ['compute', 0.7]));
    expect(verdictOn({ spans: computing }).code).toBe('parallel');
    const mostlyBlocked = [0, 1].flatMap((at) => lane(at, ['queued', 0.05], ['blocked', 0.95]));
    expect(verdictOn({ spans: mostlyBlocked }).code).toBe('inactive');
  });

  it('names the function that causes most waiting, and bounds what releasing the lock would give', () => {
    const { message, figures } = verdictOn({
      spans: [...lane(0, ['hold', 0.8], ['wait', 0.2]), ...lane(1, ['wait', 0.8], ['hold', 0.2])],
      source: { hotLines: [12, null] },
    });
    expect(message).toContain('f (app.py:12) caused 80 % of it.');
    // Of the 0.8 s that f held while the other waited, two cores save half.
    expect(figures['gain']).toBeCloseTo(1 / 0.6, 10);
    expect(message).toContain('at most 1.67× as fast');
  });

  it('says nothing of an empty recording but that nothing was active', () => {
    expect(verdictOn({}).code).toBe('inactive');
  });
});
