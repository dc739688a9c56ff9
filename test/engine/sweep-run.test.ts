import { describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/engine.js';
import { OtherMachineError, runSweep, type SweepTask } from '../../src/engine/sweep-run.js';
import type { SweepOptions, SweepProgress } from '../../src/engine/sweep-rounds.js';
import type { Parameters } from '../../src/experiment/parameters.js';
import type { Milliseconds } from '../../src/base/units.js';
import { WHOLE } from '../../src/sweep/plan.js';
import { smallPlan } from '../fixtures/sweeps.js';
import { MACHINE, recordOf } from '../fixtures/records.js';

const PLAN = smallPlan({ threads: [1, 2], lock: ['none', 'gil-held'], repeats: [4], warmup: [1] });

/** An engine whose runs take as long as they are said to, on a clock of its own. */
class FakeEngine implements Pick<Engine, 'machine' | 'reserve' | 'run' | 'stop'> {
  readonly machine = MACHINE;
  readonly ran: Parameters[] = [];
  nowMs = 0;
  isStopped = false;
  readonly #wallMs: (parameters: Parameters, run: number) => number;
  readonly #onRun: (run: number) => void;

  constructor(
    wallMs: (parameters: Parameters, run: number) => number = () => 1000,
    onRun: (run: number) => void = () => undefined,
  ) {
    this.#wallMs = wallMs;
    this.#onRun = onRun;
  }

  readonly clock = () => this.nowMs as Milliseconds;

  run(...[parameters, listener]: globalThis.Parameters<Engine['run']>): ReturnType<Engine['run']> {
    this.ran.push(parameters);
    const run = this.ran.length;
    listener?.onProgress?.(run, {
      ...{ phase: 'repeating', repeat: 0, repeats: 1, tasksDone: 0, tasks: 1 },
    });
    this.#onRun(run);
    if (this.isStopped) return Promise.resolve({ run, outcome: 'stopped', record: null });
    const wallMs = this.#wallMs(parameters, run);
    this.nowMs += wallMs * (1 + parameters.warmup);
    const record = recordOf({ parameters, walls: [wallMs * 1e6] });
    return Promise.resolve({ run, outcome: 'done', record });
  }

  reserve() {
    return { spanBytes: 1e6, [Symbol.dispose]: () => undefined };
  }

  stop() {
    this.isStopped = true;
  }
}

function sweep(
  engine: FakeEngine,
  options: Partial<SweepOptions> = {},
  task: Partial<SweepTask> = {},
) {
  return runSweep(
    engine,
    { plan: PLAN, shard: WHOLE, done: [], ...task },
    { signal: new AbortController().signal, clock: engine.clock, ...options },
  );
}

function labelOf({ threads, lock }: Parameters): string {
  return `${threads} ${lock}`;
}

describe('a sweep', () => {
  it('measures one repeat of each cell a round, in another order each time, warming up in the first', async () => {
    const engine = new FakeEngine();
    const { end, recordings } = await sweep(engine);
    expect(end).toBe('done');
    expect(recordings.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(recordings.map(({ repeats }) => repeats.length)).toEqual([4, 4, 4, 4]);
    expect(recordings.map(({ source }) => source.parameters.repeats)).toEqual([4, 4, 4, 4]);
    const rounds = [0, 4, 8, 12].map((from) => engine.ran.slice(from, from + 4));
    for (const round of rounds) expect(new Set(round.map(labelOf)).size).toBe(4);
    expect(new Set(rounds.map((round) => round.map(labelOf).join())).size).toBeGreaterThan(2);
    expect(engine.ran.map(({ warmup }) => warmup)).toEqual(
      Array.from({ length: 16 }, (_, index) => (index < 4 ? 1 : 0)),
    );
  });

  it('says where it is, and how long the rest takes once a round is over', async () => {
    const told: SweepProgress[] = [];
    const engine = new FakeEngine();
    await sweep(engine, { listener: { onProgress: (now) => told.push(now) } });
    expect(told.map(({ round, place }) => `${round}.${place}`).slice(2, 6)).toEqual([
      ...['1.3', '1.4', '2.1', '2.2'],
    ]);
    // The first round took 8 s with its warm-ups; those that follow take 4 s.
    expect(told.map(({ leftNs }) => leftNs && leftNs / 1e9)).toEqual([
      ...[null, null, null, null],
      ...[24, 23, 22, 21, 8, 7, 6, 5, 4, 3, 2, 1],
    ]);
  });

  it('begins no round that would end beyond its budget', async () => {
    // Rounds end at 8, 12, 16 and 20 s.
    for (const [budgetS, rounds, end] of [
      [1, 1, 'budget'],
      [11.9, 1, 'budget'],
      [12, 2, 'budget'],
      [19, 3, 'budget'],
      [20, 4, 'done'],
    ] as const) {
      const outcome = await sweep(new FakeEngine(), { budgetNs: budgetS * 1e9 });
      expect({ budgetS, end: outcome.end }).toEqual({ budgetS, end });
      for (const { repeats, source } of outcome.recordings) {
        expect(repeats).toHaveLength(rounds);
        expect(source.parameters.repeats).toBe(rounds);
      }
    }
  });

  it('goes on until every interval is narrow', async () => {
    const noisy = (_: Parameters, run: number) => (run > 40 ? 1000 : 1000 + 40 * (run % 5));
    const plan = { ...PLAN, untilShare: 0.03 };
    const { end, recordings } = await sweep(new FakeEngine(noisy), {}, { plan });
    expect(end).toBe('done');
    expect(recordings[0]?.repeats.length).toBeGreaterThan(10);
    expect(recordings[0]?.repeats.length).toBeLessThan(40);
    const steady = await sweep(new FakeEngine(), {}, { plan });
    // Six are the fewest for an interval of 95 %.
    expect(steady.recordings[0]?.repeats).toHaveLength(6);
  });

  it('keeps its whole rounds at whatever run it is stopped, and goes on to the same cells', async () => {
    const whole = await sweep(new FakeEngine());
    for (let at = 1; at <= 16; at += 1) {
      const stopping = new AbortController();
      const engine = new FakeEngine(undefined, (run) => {
        if (run === at) stopping.abort();
      });
      const stopped = await sweep(engine, { signal: stopping.signal });
      const rounds = Math.floor((at - 1) / 4);
      expect(stopped.end).toBe('stopped');
      expect(stopped.recordings.map(({ repeats }) => repeats.length)).toEqual(
        rounds === 0 ? [] : [rounds, rounds, rounds, rounds],
      );
      const resumed = await sweep(new FakeEngine(), {}, { done: stopped.recordings });
      expect(
        resumed.recordings.map(({ number, source, repeats }) => ({ number, source, repeats })),
      ).toEqual(
        whole.recordings.map(({ number, source, repeats }) => ({ number, source, repeats })),
      );
    }
  });

  it('does not go on with what another machine began', async () => {
    const { recordings } = await sweep(new FakeEngine());
    const done = recordings.map((recording) => ({
      ...recording,
      machine: { ...MACHINE, cpu: 'Difference engine' },
    }));
    await expect(sweep(new FakeEngine(), {}, { done })).rejects.toThrow(OtherMachineError);
  });

  it('has each round saved before the next one', async () => {
    const saved: (number | undefined)[] = [];
    const onRound = (recordings: () => readonly { repeats: readonly unknown[] }[]) => {
      saved.push(recordings()[0]?.repeats.length);
      return Promise.resolve();
    };
    await sweep(new FakeEngine(), { listener: { onRound } });
    expect(saved).toEqual([1, 2, 3, 4]);
  });

  it('measures a part of the rounds, or nothing where there are fewer rounds than parts', async () => {
    const part = await sweep(new FakeEngine(), {}, { shard: { index: 2, count: 3 } });
    expect(part.recordings.map(({ repeats }) => repeats.length)).toEqual([1, 1, 1, 1]);
    const none = await sweep(new FakeEngine(), {}, { shard: { index: 9, count: 9 } });
    expect(none).toEqual({ end: 'done', recordings: [] });
  });
});
