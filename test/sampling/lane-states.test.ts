import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_LABEL, type SpanKind } from '../../src/recording/spans.js';
import { LaneStates, type Look, type Seen } from '../../src/sampling/lane-states.js';

interface Made {
  readonly kind: SpanKind;
  readonly label: number;
  readonly startNs: number;
  readonly endNs: number;
}

/** A look in short: when, what was seen, and what matters beside it. */
type ShortLook = readonly [timeNs: number, seen: Seen, more?: Partial<Look>];

/** The spans that looks make, up to an end. */
function spansOf(looks: readonly ShortLook[], endNs: number): Made[] {
  const made: Made[] = [];
  const states = new LaneStates((kind, label, startNs, end) => {
    made.push({ kind, label, startNs, endNs: end });
  });
  for (const [timeNs, seen, more] of looks) {
    states.see(timeNs, { seen, label: NO_LABEL, queuedNs: NaN, mayHaveHeld: true, ...more });
  }
  states.pause(endNs);
  return made;
}

/** The same, each span as `kind start-end` in ms. */
function inShort(looks: readonly ShortLook[], endMs: number): string[] {
  const scaled = looks.map(([ms, seen, more = {}]): ShortLook => [ms * 1e6, seen, more]);
  return spansOf(scaled, endMs * 1e6).map(
    ({ kind, startNs, endNs }) => `${kind} ${startNs / 1e6}-${endNs / 1e6}`,
  );
}

const stillWaiting = { mayHaveHeld: false };
/** The scheduler's count, in ms. */
const queued = (ms: number): Partial<Look> => ({ queuedNs: ms * 1e6 });

describe('what looks at a thread make', () => {
  it('is a span from the look that began a state to the one that ended it', () => {
    expect(
      inShort(
        [
          [0, 'hold'],
          [1, 'hold'],
          [5, 'wait'],
          [10, 'hold'],
          [12, 'sleep'],
        ],
        20,
      ),
    ).toEqual(['hold 0-5', 'wait 5-10', 'hold 10-12', 'sleep 12-20']);
  });

  it('is computing while it runs without the lock', () => {
    expect(
      inShort(
        [
          [0, 'hold'],
          [2, 'running', queued(0)],
          [9, 'hold', queued(0)],
        ],
        10,
      ),
    ).toEqual(['hold 0-2', 'compute 2-9', 'hold 9-10']);
  });

  it('goes on waiting where it was woken and has not had the lock', () => {
    const looks: ShortLook[] = [
      [0, 'wait'],
      [5, 'running', stillWaiting],
      [6, 'wait'],
      [8, 'hold'],
    ];
    expect(inShort(looks, 9)).toEqual(['wait 0-8', 'hold 8-9']);
  });

  it('has done waiting where it may have had the lock unseen', () => {
    const looks: ShortLook[] = [
      [0, 'wait'],
      [5, 'running'],
      [8, 'wait'],
    ];
    expect(inShort(looks, 9)).toEqual(['wait 0-5', 'compute 5-8', 'wait 8-9']);
  });

  it('waits for the lock where it had no core on its way there', () => {
    const looks: ShortLook[] = [
      [0, 'hold'],
      [2, 'running', queued(100)],
      [10, 'wait', queued(105)],
    ];
    expect(inShort(looks, 11)).toEqual(['hold 0-2', 'wait 2-11']);
  });

  it('is queued where it had no core elsewhere', () => {
    const looks: ShortLook[] = [
      [0, 'sleep'],
      [2, 'running', queued(100)],
      [10, 'sleep', queued(107)],
    ];
    expect(inShort(looks, 11)).toEqual(['sleep 0-2', 'compute 2-3', 'queued 3-10', 'sleep 10-11']);
  });

  it('computes and queues by turns where it shares a core, right before each rise of the count', () => {
    const looks: ShortLook[] = [
      [0, 'running', queued(0)],
      [4, 'running', queued(0)],
      [8, 'running', queued(3)],
      [12, 'running', queued(3)],
      [16, 'running', queued(6)],
    ];
    expect(inShort(looks, 17)).toEqual([
      'compute 0-5',
      'queued 5-8',
      'compute 8-13',
      'queued 13-16',
      'compute 16-17',
    ]);
  });

  it('keeps small waits for a core until they are worth a span', () => {
    const looks = Array.from({ length: 5 }, (_, ms): ShortLook => [
      ms,
      'running',
      queued(0.05 * ms),
    ]);
    expect(inShort(looks, 6)).toEqual(['compute 0-3.8', 'queued 3.8-4', 'compute 4-6']);
  });

  it('is a hold for each function, and one for what is not known beside what is', () => {
    const looks: ShortLook[] = [
      [0, 'hold'],
      [1, 'hold', { label: 7 }],
      [2, 'hold'],
      [3, 'hold', { label: 8 }],
    ];
    expect(spansOf(looks, 4)).toEqual([
      { kind: 'hold', label: 7, startNs: 0, endNs: 3 },
      { kind: 'hold', label: 8, startNs: 3, endNs: 4 },
    ]);
  });

  it('is nothing in a pause', () => {
    const made: string[] = [];
    const states = new LaneStates((kind, _, startNs, endNs) =>
      made.push(`${kind} ${startNs}-${endNs}`),
    );
    const hold: Look = { seen: 'hold', label: NO_LABEL, queuedNs: NaN, mayHaveHeld: true };
    states.see(0, hold);
    states.pause(5);
    states.see(100, hold);
    states.pause(101);
    expect(made).toEqual(['hold 0-5', 'hold 100-101']);
  });

  it('covers the time from the first look to the end, without gap or overlap', () => {
    const anyLook = fc.record({
      stepNs: fc.oneof(fc.nat(3), fc.integer({ min: 1, max: 80e6 })),
      seen: fc.constantFrom<Seen[]>('hold', 'wait', 'sleep', 'blocked', 'running'),
      label: fc.constantFrom(NO_LABEL, 0, 1),
      rose: fc.oneof(fc.constant(NaN), fc.nat(100e6)),
      mayHaveHeld: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(anyLook, { minLength: 1, maxLength: 40 }),
        fc.nat(9),
        (looks, restNs) => {
          let timeNs = 0;
          let queuedNs = 0;
          const given = looks.map(({ stepNs, rose, ...look }): ShortLook => {
            timeNs += stepNs;
            queuedNs += Number.isNaN(rose) ? 0 : rose;
            return [timeNs, look.seen, { ...look, queuedNs: Number.isNaN(rose) ? NaN : queuedNs }];
          });
          const [[startNs] = [0]] = given;
          const made = spansOf(given, timeNs + restNs);
          let at = startNs;
          for (const span of made) {
            expect(span.startNs).toBe(at);
            expect(span.endNs).toBeGreaterThan(span.startNs);
            at = span.endNs;
          }
          expect(at).toBe(timeNs + restNs);
        },
      ),
    );
  });
});

describe('what goes on', () => {
  /** What is shown at a time after looks, in ms. */
  function shownAt(looks: readonly ShortLook[], ms: number): string[] {
    const shown: string[] = [];
    const states = new LaneStates(() => undefined);
    for (const [at, seen, more] of looks) {
      states.see(at * 1e6, { seen, label: NO_LABEL, queuedNs: NaN, mayHaveHeld: true, ...more });
    }
    states.showOpen(ms * 1e6, (kind, _, startNs, endNs) => {
      shown.push(`${kind} ${startNs / 1e6}-${endNs / 1e6}`);
    });
    return shown;
  }

  it('is shown as far as it has come, with the span before that may go on', () => {
    expect(shownAt([[0, 'hold']], 7)).toEqual(['hold 0-7']);
    expect(
      shownAt(
        [
          [0, 'hold'],
          [5, 'sleep'],
        ],
        9,
      ),
    ).toEqual(['hold 0-5', 'sleep 5-9']);
    expect(shownAt([], 9)).toEqual([]);
  });

  it('is computing where it runs, once it has for a while', () => {
    expect(shownAt([[0, 'running']], 19)).toEqual([]);
    expect(shownAt([[0, 'running']], 20)).toEqual(['compute 0-20']);
    const running = Array.from({ length: 9 }, (_, at): ShortLook => [at * 10, 'running']);
    expect(shownAt(running, 110)).toEqual(['compute 0-110']);
  });
});
