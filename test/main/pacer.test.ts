import { describe, expect, it } from 'vitest';
import { firstPace, nextPace, type Pace } from '../../src/main/pace.js';
import { Pacer } from '../../src/main/pacer.js';
import { SpanStream } from '../../src/main/span-stream.js';
import { smallRun } from '../fixtures/parameters.js';

/** A pacer on a clock and a meter that the test sets, and the paces that it gave. */
function pacer() {
  const at = { nowMs: 0, cpuMs: 0 };
  const paces: (Pace | null)[] = [];
  const stream = new SpanStream(() => at.nowMs);
  stream.setPace = (pace) => paces.push(pace);
  const made = new Pacer(
    stream,
    () => at.cpuMs,
    () => at.nowMs,
  );
  const later = (ms: number, cpuMs: number) => {
    at.nowMs += ms;
    at.cpuMs += cpuMs;
    made.look();
  };
  return { made, paces, later };
}

const CROWDED = smallRun({ threads: 2, scheduler: 'dynamic', lock: 'none' });

describe('the pacer', () => {
  it('leaves a run with a free core to itself, and never looks at what the window takes', () => {
    const { made, paces, later } = pacer();
    made.begin(CROWDED, 4);
    later(5000, 5000);
    expect(paces).toEqual([null]);
    expect(made.beatMs).toBeUndefined();
  });

  it('goes by what the window takes once the run has come up, about once a second', () => {
    const { made, paces, later } = pacer();
    const first = firstPace(CROWDED, 2);
    if (first === null) throw new Error('a crowded run has a pace');
    made.begin(CROWDED, 2);
    later(500, 200);
    later(600, 100);
    expect(paces).toEqual([first]);
    later(500, 30);
    later(500, 30);
    expect(paces).toEqual([first, nextPace(first, 60, 1000, 2)]);
  });

  it('does not look where a process of the window has ended, whose time is no longer told', () => {
    const { made, paces, later } = pacer();
    const first = firstPace(CROWDED, 2);
    if (first === null) throw new Error('a crowded run has a pace');
    made.begin(CROWDED, 2);
    later(1000, 500);
    later(1000, -400);
    expect(paces).toEqual([first]);
    later(1000, 60);
    expect(paces).toEqual([first, nextPace(first, 60, 1000, 2)]);
  });

  it('tells how often spans go out, until nothing is on', () => {
    const { made, paces } = pacer();
    made.begin(CROWDED, 2);
    expect(made.beatMs).toBe(50);
    made.end();
    expect(made.beatMs).toBeUndefined();
    expect(paces.at(-1)).toBeNull();
  });
});
