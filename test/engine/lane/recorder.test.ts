import { afterEach, describe, expect, it, vi } from 'vitest';
import { layoutOf, ringOf } from '../../../src/memory/layout.js';
import { defaultParameters } from '../../../src/experiment/parameters.js';
import { SpanRingReader } from '../../../src/memory/span-ring.js';
import { KIND_CODE, decodeSpans, type SpanKind } from '../../../src/recording/spans.js';
import type { Clock, Milliseconds } from '../../../src/base/units.js';
import { gilReleased } from '../../../src/engine/lane/locks/gil-released.js';
import { lockModes } from '../../../src/engine/lane/locks/index.js';
import { GIL, gilWord } from '../../../src/engine/lane/locks/lock-mode.js';
import { underGil } from '../../../src/engine/lane/locks/under-gil.js';
import { Recorder } from '../../../src/engine/lane/recorder.js';
import { LOCKS } from '../../fixtures/contended-runs.js';
import type { SteppedWork } from '../../../src/engine/lane/work.js';

/** A lane that records, on a clock that goes on by a step with each reading. */
function newLane({ stepMs }: { stepMs: number }) {
  const parameters = { ...defaultParameters(1), matrices: 1, size: 1 };
  const layout = layoutOf(parameters);
  const buffer = new SharedArrayBuffer(layout.totalBytes);
  let nowMs = 0;
  let readings = 0;
  const clock: Clock = () => {
    readings += 1;
    return (nowMs += stepMs) as Milliseconds;
  };
  const recorder = new Recorder(buffer, layout, 0, clock);
  const reader = new SpanRingReader(buffer, ringOf(layout, 0));
  recorder.resume(0 as Milliseconds);
  recorder.beginTask(0);
  const words = new Int32Array(buffer);
  const context = { words, layout, parameters, lane: 0, clock };
  return {
    ...{ recorder, words, layout, context },
    kindsOut: () => kindsIn(reader),
    readings: () => readings,
  };
}

/** The kinds of the spans that the drain can have. */
function kindsIn(reader: SpanRingReader): SpanKind[] {
  return reader.read().flatMap((words) => [...decodeSpans(words)].map(({ kind }) => kind));
}

function hold(recorder: Recorder): void {
  const start = recorder.at;
  recorder.tick();
  recorder.span(KIND_CODE.hold, start);
}

/** Work that is done with its last step. */
class Steps implements SteppedWork {
  readonly kind = KIND_CODE.compute;
  readonly outcome = undefined;
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  begin(): void {
    // It is begun when it is made.
  }

  advance(): boolean {
    this.#left -= 1;
    return this.#left === 0;
  }

  product(): boolean {
    return true;
  }

  update(): boolean {
    return this.advance();
  }
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('spans come out', () => {
  it('when their task has ended', () => {
    const { recorder, kindsOut } = newLane({ stepMs: 1e-3 });
    hold(recorder);
    expect(kindsOut()).toEqual([]);
    recorder.endTask(undefined);
    expect(kindsOut()).toEqual(['hold', 'task']);
  });

  it('as a long task goes on', () => {
    const { recorder, kindsOut } = newLane({ stepMs: 0.25 });
    for (let count = 0; count < 3; count += 1) hold(recorder);
    expect(kindsOut()).toEqual([]);
    hold(recorder);
    expect(kindsOut()).toEqual(['hold', 'hold', 'hold', 'hold']);
    hold(recorder);
    expect(kindsOut()).toEqual([]);
  });

  it('as a long task goes on in a later repeat, whose time begins anew', () => {
    const { recorder, kindsOut } = newLane({ stepMs: 0.5 });
    for (let count = 0; count < 20; count += 1) hold(recorder);
    recorder.endTask(undefined);
    kindsOut();
    recorder.resume(10.5 as Milliseconds);
    recorder.beginTask(0);
    hold(recorder);
    hold(recorder);
    expect(kindsOut()).toEqual(['hold', 'hold']);
  });

  it('before the lane waits for a lock that it was asked for', () => {
    const { recorder, words, kindsOut } = newLane({ stepMs: 1e-3 });
    const out: SpanKind[][] = [];
    const gil = {
      hold: () => {
        out.push(kindsOut());
        return 'waited' as const;
      },
      isAsked: () => true,
      drop: () => undefined,
    };
    underGil(gil, words).run(new Steps(3), recorder, 0);
    const aHold = ['wait', 'compute', 'hold'];
    expect(out).toEqual([[], aHold, aHold]);
  });

  it('before the lane waits for a lock that it gives up around products', () => {
    const { recorder, words, layout, context, kindsOut } = newLane({ stepMs: 1e-3 });
    const locked = gilWord(layout) + GIL.locked;
    words[locked] = 1;
    const out: SpanKind[][] = [];
    vi.spyOn(Atomics, 'wait').mockImplementation(() => {
      out.push(kindsOut());
      words[locked] = 0;
      return 'ok';
    });
    gilReleased(context).run(new Steps(2), recorder, 0);
    expect(out).toEqual([['compute']]);
  });
});

describe('spans that meet share a stamp', () => {
  it.each(LOCKS)('so that a task under %s reads the clock twice for each at most', (lock) => {
    const { recorder, context, kindsOut, readings } = newLane({ stepMs: 1e-3 });
    const mode = lockModes[lock](context);
    const before = readings();
    mode.run(new Steps(20), recorder, 0);
    recorder.endTask(undefined);
    expect(readings() - before).toBeLessThanOrEqual(2 * kindsOut().length);
  });
});
