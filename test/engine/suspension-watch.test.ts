import { describe, expect, it } from 'vitest';
import { SuspensionWatch } from '../../src/engine/suspension-watch.js';
import type { Milliseconds } from '../../src/base/units.js';
import { encodeSpans, type Span } from '../../src/recording/spans.js';

/** What passes until the next beat, in ms: on the clock, of processor time, queued, and asleep. */
interface Step {
  readonly ms: number;
  readonly processorMs?: number;
  readonly delayMs?: number;
  readonly sleptMs?: number;
  readonly spans?: readonly Span[];
}

const span = (startMs: number, endMs: number): Span => ({
  ...{ lane: 0, kind: 'compute', task: 0 },
  ...{ startNs: startMs * 1e6, endNs: endMs * 1e6 },
});

/** The gaps that are seen in ms, in a repeat that began at 1 s of the clock. */
function gaps(...steps: readonly Step[]) {
  const now = { ms: 1000, processorMs: 0, delayMs: 0, sleptMs: 0 };
  const watch = new SuspensionWatch(1000 as Milliseconds, {
    clock: () => now.ms as Milliseconds,
    processorNs: () => now.processorMs * 1e6,
    delayNs: () => now.delayMs * 1e6,
    uptimeSeconds: () => (now.ms + now.sleptMs) / 1000,
  });
  for (const { ms, processorMs = 2 * ms, delayMs = 0, sleptMs = 0, spans = [] } of steps) {
    now.ms += ms;
    now.processorMs += processorMs;
    now.delayMs += delayMs;
    now.sleptMs += sleptMs;
    watch.beat(encodeSpans(spans));
  }
  return watch.suspensions.map(({ startNs, endNs, sleptNs }) => [
    startNs / 1e6,
    endNs / 1e6,
    sleptNs / 1e6,
  ]);
}

const STEADY: Step[] = Array.from({ length: 10 }, () => ({ ms: 33 }));
/** A stop of 3 s, in the middle between two beats. */
const STOPPED: Step = { ms: 3033, processorMs: 66 };

describe('a process that stood still', () => {
  it('is seen where a beat is late and hardly anything computed', () => {
    expect(gaps(...STEADY, STOPPED, ...STEADY)).toEqual([[330, 3363, 0]]);
  });

  it('is seen to the last span before and the first one after', () => {
    const spans = [span(329, 340), span(340, 341), span(341, 3350), span(3350, 3362)];
    expect(gaps(...STEADY, { ...STOPPED, spans })).toEqual([[341, 3350, 0]]);
  });

  it('is seen each time', () => {
    expect(gaps(...STEADY, STOPPED, ...STEADY, STOPPED)).toHaveLength(2);
    expect(gaps(STOPPED)).toHaveLength(1);
  });

  it('is seen of many lanes, which compute more around it', () => {
    const crowd = STEADY.map(({ ms }) => ({ ms, processorMs: 64 * ms }));
    expect(gaps(...crowd, { ms: 3033, processorMs: 64 * 33 })).toHaveLength(1);
  });

  it('is seen of lanes that sleep', () => {
    const asleep = STEADY.map(({ ms }) => ({ ms, processorMs: 0 }));
    expect(gaps(...asleep, { ms: 3033, processorMs: 1 }, ...asleep)).toHaveLength(1);
  });

  it('is seen where the machine slept and its clock with it', () => {
    expect(gaps(...STEADY, { ms: 33, sleptMs: 3_600_000 }, ...STEADY)).toEqual([
      [363, 363, 3_600_000],
    ]);
  });
});

describe('a process that goes on', () => {
  it.each<[string, Step]>([
    ['is not suspended where a beat alone is late, as this thread was busy', { ms: 3033 }],
    ['nor where one lane computes on', { ms: 3033, processorMs: 3000 }],
    ['nor where this thread was queued for a core', { ms: 3033, processorMs: 60, delayMs: 3000 }],
    ['nor for less than ten beats', { ms: 250, processorMs: 1 }],
    ['nor where clocks differ by a second, as some count whole ones', { ms: 33, sleptMs: 1000 }],
  ])('%s', (_, step) => {
    expect(gaps(...STEADY, step, ...STEADY)).toEqual([]);
  });
});
