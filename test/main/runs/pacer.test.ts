import { describe, expect, it } from 'vitest';
import { budgetOf, busyLanes, firstPace, nextPace } from '../../../src/main/runs/pace.js';
import { Pacer } from '../../../src/main/runs/pacer.js';
import { SpanStream } from '../../../src/main/runs/span-stream.js';
import type { Pace } from '../../../src/ipc/index.js';
import { smallRun } from '../../fixtures/parameters.js';

/** A pacer on a clock and a meter that the test sets, and the paces that it gave. */
function pacer() {
  const at = { nowMs: 0, cpuMs: 0, batches: 0 };
  const paces: (Pace | null)[] = [];
  const stream = new SpanStream(() => at.nowMs);
  stream.setPace = (pace) => paces.push(pace);
  Object.defineProperty(stream, 'batches', { get: () => at.batches });
  const made = new Pacer(
    stream,
    () => at.cpuMs,
    () => at.nowMs,
  );
  const later = (ms: number, cpuMs: number, batches = 1) => {
    at.nowMs += ms;
    at.cpuMs += cpuMs;
    at.batches += batches;
    return made.look();
  };
  return { made, paces, later };
}

const RUN = busyLanes(smallRun({ threads: 2, scheduler: 'dynamic', lock: 'none' }));
const FIRST = firstPace(RUN, 2);
const BUDGET = budgetOf(RUN, 2);

/** How many times what it may the window has taken after looks at so long a time, in ms, and so much. */
function takenAfter(...looks: readonly (readonly [number, number])[]): number {
  let [taken, allowed] = [2000 * BUDGET, 2000 * BUDGET];
  for (const [passedMs, spentMs] of looks) {
    taken = 0.9 * taken + spentMs;
    allowed = 0.9 * allowed + passedMs * BUDGET;
  }
  return taken / allowed;
}

describe('the pacer', () => {
  it('goes by what the window takes once the run has come up, about twice a second', () => {
    const { made, paces, later } = pacer();
    expect(made.begin(RUN, 2)).toEqual(FIRST);
    later(300, 200);
    later(300, 100);
    expect(paces).toEqual([FIRST]);
    later(300, 30);
    expect(later(300, 30)).toEqual(nextPace(FIRST, takenAfter([600, 60])));
    expect(paces).toEqual([FIRST, nextPace(FIRST, takenAfter([600, 60]))]);
  });

  it('goes no faster for having had nothing to draw', () => {
    const { made, later } = pacer();
    made.begin(RUN, 2);
    later(1000, 0);
    expect(later(1000, 0, 0)).toEqual(FIRST);
    expect(later(1000, 0).beatMs).toBeLessThan(FIRST.beatMs);
  });

  it('remembers what it saw before for a while', () => {
    const { made, later } = pacer();
    made.begin(RUN, 2);
    later(1000, 0);
    const second = later(1000, 90);
    expect(later(1000, 10)).toEqual(nextPace(second, takenAfter([1000, 90], [1000, 10])));
  });

  it('comes to the pace at which beats take what they may, and keeps about it', () => {
    const { made, later } = pacer();
    const beats: number[] = [];
    const drawings: number[] = [];
    let { beatMs } = made.begin(RUN, 2);
    let beganMs = 0;
    for (let nowMs = 100; nowMs <= 600_000; nowMs += 100) {
      const isDue = nowMs >= beganMs + beatMs;
      if (isDue) {
        beats.push(nowMs - beganMs);
        beganMs = nowMs;
        // What is sent is drawn a little later.
        drawings.push(nowMs + 400);
      }
      const isDrawn = drawings[0] === nowMs;
      if (isDrawn) drawings.shift();
      ({ beatMs } = later(100, isDrawn ? 800 * BUDGET : 0, isDue ? 1 : 0));
    }
    const settled = beats.slice(beats.length / 2);
    expect(Math.min(...settled)).toBeGreaterThan(600);
    expect(Math.max(...settled)).toBeLessThan(1200);
  });

  it('does not look where a process of the window has ended, whose time is no longer told', () => {
    const { made, paces, later } = pacer();
    made.begin(RUN, 2);
    later(1000, 500);
    later(1000, -400);
    expect(paces).toEqual([FIRST]);
    expect(later(1000, 60)).toEqual(nextPace(FIRST, takenAfter([1000, 60])));
  });

  it('begins with what a run that left as many cores free came to', () => {
    const { made, paces, later } = pacer();
    made.begin(RUN, 2);
    later(1000, 0);
    const came = later(1000, 45);
    expect(came).not.toEqual(FIRST);
    made.end();
    expect(paces.at(-1)).toBeNull();
    expect(made.begin(1, 2)).toEqual(firstPace(1, 2));
    made.end();
    expect(made.begin(RUN, 2)).toEqual(came);
  });

  it('has nothing to go by where no run is on', () => {
    expect(() => pacer().made.look()).toThrow('No run is on');
  });
});
