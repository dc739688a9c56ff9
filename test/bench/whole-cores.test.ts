import { describe, expect, it } from 'vitest';
import { measurePairs } from '../../bench/measure/pairs.js';
import { roundsOf } from '../../bench/measure/rounds.js';
import { WholeCores } from '../../bench/measure/whole-cores.js';

/** What is read by two cores of which nobody has a part, somebody one's, or somebody both's. */
const WHOLE = [90, 88];
const ONE_SHARED = [90, 58];
const BOTH_SHARED = [58, 57];

/** Cores are looked at for so long before the first measurement, in ms, if there is patience. */
const LEARNING_MS = 3000;

interface Seen {
  /** Before the first measurement. */
  readonly learnt?: readonly number[];
  /** By the thread that measures, of its own core. */
  readonly own?: number;
  readonly inAllMs?: number;
}

/** Cores that are seen so, one look after another, then as at last; a look takes 10 ms. */
function coresSeen(
  looks: readonly (readonly number[])[],
  { learnt = WHOLE, own = 89, inAllMs = 20_000 }: Seen = {},
) {
  const patience = { inAllMs, atOnceMs: inAllMs / 20 };
  const learnedMs = Math.min(LEARNING_MS, inAllMs);
  let nowMs = 0;
  let look = 0;
  const all = () => {
    const isLearning = nowMs < learnedMs;
    nowMs += 10;
    if (isLearning) return Promise.resolve(learnt);
    return Promise.resolve(looks[Math.min(look++, looks.length - 1)] ?? []);
  };
  const rest = (ms: number) => {
    nowMs += ms;
    return Promise.resolve();
  };
  const cores = new WholeCores({ own: () => own, all }, patience, () => nowMs, rest);
  let measured = 0;
  /** Takes 100 ms, and gives how often it was done. */
  const work = () => {
    nowMs += 100;
    measured += 1;
    return measured;
  };
  return { cores, work, now: () => nowMs };
}

describe('measuring on whole cores', () => {
  it('measures once where they are whole before and after', async () => {
    const { cores, work } = coresSeen([WHOLE]);
    expect(await cores.all.measure(work)).toBe(1);
    expect(await cores.all.measure(work)).toBe(2);
    expect(cores.takeTally()).toMatchObject({ whole: 2, shared: 0, discarded: 0 });
    expect(cores.takeTally()).toMatchObject({ whole: 0, shared: 0, discarded: 0 });
  });

  it('waits until they are whole, and measures again where one is shared afterwards', async () => {
    const { cores, work } = coresSeen([WHOLE, WHOLE, ONE_SHARED, WHOLE, ONE_SHARED, WHOLE]);
    expect(await cores.all.measure(work)).toBe(1);
    expect(await cores.all.measure(work)).toBe(3);
    expect(cores.takeTally()).toMatchObject({ whole: 2, shared: 0, discarded: 1 });
  });

  it('knows before the first measurement what whole cores read', async () => {
    const { cores, work } = coresSeen([BOTH_SHARED, WHOLE]);
    expect(await cores.all.measure(work)).toBe(1);
    expect(cores.takeTally()).toMatchObject({ whole: 1, shared: 0, discarded: 0 });
    const never = coresSeen([BOTH_SHARED]);
    await never.cores.all.measure(never.work);
    expect(never.cores.takeTally()).toMatchObject({ whole: 0, shared: 1, discarded: 0 });
  });

  it('takes back that cores were whole where others turn out to read more', async () => {
    const { cores, work } = coresSeen([...Array<number[]>(4).fill(BOTH_SHARED), WHOLE], {
      learnt: BOTH_SHARED,
    });
    await cores.all.measure(work);
    expect(cores.takeTally()).toEqual({ whole: 1, shared: 0, discarded: 0, mostRate: 58 });
    await cores.all.measure(work);
    await cores.all.measure(work);
    expect(cores.takeTally()).toEqual({ whole: 1, shared: 1, discarded: 0, mostRate: 90 });
  });

  it('measures on what cores there are once it has waited for long enough, and says so', async () => {
    const { cores, work, now } = coresSeen([WHOLE, WHOLE, ONE_SHARED]);
    await cores.all.measure(work);
    const before = now();
    expect(await cores.all.measure(work)).toBe(2);
    expect(cores.takeTally()).toMatchObject({ whole: 1, shared: 1, discarded: 0 });
    expect(now() - before).toBeGreaterThanOrEqual(1000);
    expect(now() - before).toBeLessThan(1300);
  });

  it('does not measure again for longer than that', async () => {
    // Whole at each first look, and shared whenever something was measured.
    const looks = Array.from({ length: 100 }, (_, look) => (look % 2 === 0 ? WHOLE : ONE_SHARED));
    const { cores, work } = coresSeen(looks, { inAllMs: 10_000 });
    expect(await cores.all.measure(work)).toBe(5);
    expect(cores.takeTally()).toMatchObject({ whole: 0, shared: 1, discarded: 4 });
  });

  it('minds its own core and no other where one thread measures by itself', async () => {
    const alone = coresSeen([ONE_SHARED]);
    expect(await alone.cores.own.measure(alone.work)).toBe(1);
    expect(alone.cores.takeTally()).toMatchObject({ whole: 1, shared: 0, discarded: 0 });
    const disturbed = coresSeen([WHOLE], { own: 58 });
    await disturbed.cores.own.measure(disturbed.work);
    expect(disturbed.cores.takeTally()).toMatchObject({ whole: 0, shared: 1, discarded: 0 });
  });

  it('minds the cores that threads see of their own', async () => {
    const { cores, work } = coresSeen([WHOLE]);
    const rates = [58, 89, 89];
    const seen = cores.seenBy(() => Promise.resolve([rates.shift() ?? 89]));
    expect(await seen.measure(work)).toBe(1);
    expect(cores.takeTally()).toMatchObject({ whole: 1, shared: 0, discarded: 0 });
    expect(rates).toEqual([]);
  });

  it('has its patience for all measurements together', async () => {
    const { cores, work, now } = coresSeen([WHOLE, WHOLE, ONE_SHARED], { inAllMs: 10_000 });
    for (let count = 0; count < 25; count += 1) await cores.all.measure(work);
    const before = now();
    await cores.all.measure(work);
    expect(now() - before).toBeLessThan(150);
    expect(cores.takeTally()).toMatchObject({ whole: 1, shared: 25, discarded: 0 });
  });

  it('measures at once without patience', async () => {
    const { cores, work, now } = coresSeen([ONE_SHARED], { inAllMs: 0 });
    expect(await cores.all.measure(work)).toBe(1);
    expect(now()).toBe(120);
    expect(cores.takeTally()).toMatchObject({ whole: 0, shared: 1, discarded: 0 });
  });

  it('makes rounds and pairs of which each is kept or discarded whole', async () => {
    const looks = [WHOLE, ONE_SHARED, WHOLE];
    const rounds = coresSeen(looks);
    expect(await roundsOf(2, rounds.cores.all, rounds.work)).toEqual([2, 3]);
    const { cores, work } = coresSeen(looks);
    const [values] = await measurePairs([{ first: work, second: work }], {
      rounds: 2,
      cores: cores.all,
      random: () => 0,
    });
    expect(values).toEqual({ first: [3, 5], second: [4, 6] });
  });
});
