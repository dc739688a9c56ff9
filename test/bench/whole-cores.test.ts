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

/** What cores read, by the time since the first measurement could begin and since the last one ended. */
type Host = (ms: number, sinceWorkMs: number) => readonly number[];

/** A host that has given a part of one core to somebody else between some times, in ms. */
function sharedBetween(...times: readonly (readonly [number, number])[]): Host {
  return (ms) => (times.some(([from, to]) => from <= ms && ms < to) ? ONE_SHARED : WHOLE);
}

/** What is seen besides. */
interface Seen {
  /** Before the first measurement. */
  readonly learnt?: readonly number[];
  /** By the thread that measures, of its own core. */
  readonly own?: number;
  readonly inAllMs?: number;
}

/** Cores on a host; a look at them takes 10 ms. */
function coresOn(host: Host, { learnt = WHOLE, own = 89, inAllMs = 20_000 }: Seen = {}) {
  const patience = { inAllMs, atOnceMs: inAllMs / 20 };
  const learnedMs = Math.min(LEARNING_MS, inAllMs);
  let nowMs = 0;
  let workedMs = -Infinity;
  const all = () => {
    const rates = nowMs < learnedMs ? learnt : host(nowMs - learnedMs, nowMs - workedMs);
    nowMs += 10;
    return Promise.resolve(rates);
  };
  const lookAtOwn = () => {
    nowMs += 10;
    return own;
  };
  const cores = new WholeCores({ own: lookAtOwn, all }, patience, () => nowMs);
  let measured = 0;
  /** For each measurement, what its cores read as it began. */
  const begun: (readonly number[])[] = [];
  /** Takes 100 ms, and gives how often it was done. */
  const work = () => {
    begun.push(host(nowMs - learnedMs, nowMs - workedMs));
    nowMs += 100;
    workedMs = nowMs;
    measured += 1;
    return measured;
  };
  return { cores, work, begun, now: () => nowMs };
}

describe('measuring on whole cores', () => {
  it('measures once where they are whole before and after', async () => {
    const { cores, work } = coresOn(sharedBetween());
    expect(await cores.all.measure(work)).toBe(1);
    expect(await cores.all.measure(work)).toBe(2);
    expect(cores.takeTally()).toMatchObject({ whole: 2, shared: 0, discarded: 0 });
    expect(cores.takeTally()).toMatchObject({ whole: 0, shared: 0, discarded: 0 });
  });

  it('waits until they are whole, and measures again where one is shared afterwards', async () => {
    const { cores, work, begun } = coresOn(sharedBetween([0, 350], [400, 900]));
    expect(await cores.all.measure(work)).toBe(2);
    expect(begun).toEqual([WHOLE, WHOLE]);
    expect(cores.takeTally()).toMatchObject({ whole: 1, shared: 0, discarded: 1 });
  });

  it('knows before the first measurement what whole cores read', async () => {
    const { cores, work, begun } = coresOn(sharedBetween([0, 200]));
    expect(await cores.all.measure(work)).toBe(1);
    expect(begun).toEqual([WHOLE]);
    expect(cores.takeTally()).toMatchObject({ whole: 1, shared: 0, discarded: 0 });
    const never = coresOn(() => BOTH_SHARED);
    await never.cores.all.measure(never.work);
    expect(never.cores.takeTally()).toMatchObject({ whole: 0, shared: 1, discarded: 0 });
  });

  it('takes back that cores were whole where others turn out to read more', async () => {
    const { cores, work } = coresOn((ms) => (ms < 240 ? BOTH_SHARED : WHOLE), {
      learnt: BOTH_SHARED,
    });
    await cores.all.measure(work);
    expect(cores.takeTally()).toEqual({ whole: 1, shared: 0, discarded: 0, mostRate: 58 });
    await cores.all.measure(work);
    await cores.all.measure(work);
    expect(cores.takeTally()).toEqual({ whole: 1, shared: 1, discarded: 0, mostRate: 90 });
  });

  it('measures on what cores there are once it has waited for long enough, and says so', async () => {
    const { cores, work, now } = coresOn(sharedBetween([120, Infinity]));
    await cores.all.measure(work);
    const before = now();
    expect(await cores.all.measure(work)).toBe(2);
    expect(cores.takeTally()).toMatchObject({ whole: 1, shared: 1, discarded: 0 });
    expect(now() - before).toBeGreaterThanOrEqual(1000);
    expect(now() - before).toBeLessThan(1800);
  });

  it('does not measure again for longer than that', async () => {
    // Whole at each first look, and shared whenever something was measured.
    const host: Host = (_, sinceWorkMs) => (sinceWorkMs < 310 ? ONE_SHARED : WHOLE);
    const { cores, work } = coresOn(host, { inAllMs: 40_000 });
    expect(await cores.all.measure(work)).toBe(5);
    expect(cores.takeTally()).toMatchObject({ whole: 0, shared: 1, discarded: 4 });
  });

  it('minds its own core and no other where one thread measures by itself', async () => {
    const alone = coresOn(() => ONE_SHARED);
    expect(await alone.cores.own.measure(alone.work)).toBe(1);
    expect(alone.cores.takeTally()).toMatchObject({ whole: 1, shared: 0, discarded: 0 });
    const disturbed = coresOn(() => WHOLE, { own: 58 });
    await disturbed.cores.own.measure(disturbed.work);
    expect(disturbed.cores.takeTally()).toMatchObject({ whole: 0, shared: 1, discarded: 0 });
  });

  it('minds the cores that threads see of their own', async () => {
    const { cores, work } = coresOn(() => WHOLE);
    const rates = [58, 89, 89];
    const seen = cores.seenBy(() => Promise.resolve([rates.shift() ?? 89]));
    expect(await seen.measure(work)).toBe(1);
    expect(cores.takeTally()).toMatchObject({ whole: 1, shared: 0, discarded: 0 });
    expect(rates).toEqual([]);
  });

  it('has its patience for all measurements together', async () => {
    const { cores, work, now } = coresOn(sharedBetween([120, Infinity]), { inAllMs: 10_000 });
    for (let count = 0; count < 25; count += 1) await cores.all.measure(work);
    const before = now();
    await cores.all.measure(work);
    expect(now() - before).toBe(120);
    expect(cores.takeTally()).toMatchObject({ whole: 1, shared: 25, discarded: 0 });
  });

  it('measures at once without patience', async () => {
    const { cores, work, now } = coresOn(() => ONE_SHARED, { inAllMs: 0 });
    expect(await cores.all.measure(work)).toBe(1);
    expect(now()).toBe(120);
    expect(cores.takeTally()).toMatchObject({ whole: 0, shared: 1, discarded: 0 });
  });

  it('makes rounds and pairs of which each is kept or discarded whole', async () => {
    const rounds = coresOn(sharedBetween([100, 600]));
    expect(await roundsOf(2, rounds.cores.all, rounds.work)).toEqual([2, 3]);
    const { cores, work } = coresOn(sharedBetween([200, 900]));
    const [values] = await measurePairs([{ first: work, second: work }], {
      rounds: 2,
      cores: cores.all,
      random: () => 0,
    });
    expect(values).toEqual({ first: [3, 5], second: [4, 6] });
  });
});

describe('rousing cores', () => {
  /** Cores sleep during a measurement, and are whole once they have been awake for a while. */
  const drowsy: Host = (_, sinceWorkMs) => (sinceWorkMs < 60 ? ONE_SHARED : WHOLE);

  it('does not take cores for shared that have only slept', async () => {
    const { cores, work } = coresOn(drowsy);
    for (const count of [1, 2, 3]) expect(await cores.all.measure(work)).toBe(count);
    expect(cores.takeTally()).toMatchObject({ whole: 3, shared: 0, discarded: 0 });
  });

  it('has both measurements of a pair begin on roused ones', async () => {
    const { cores, work, begun } = coresOn(drowsy);
    const pair = { first: work, second: work };
    await measurePairs([pair], { rounds: 3, cores: cores.all });
    expect(begun).toEqual(Array(6).fill(WHOLE));
  });

  it('goes on for a moment at most', async () => {
    const { cores, now } = coresOn(() => ONE_SHARED);
    const roused = async () => {
      const before = now();
      await cores.all.wake();
      return now() - before;
    };
    const tookMs = await cores.all.measure(roused);
    expect(tookMs).toBeGreaterThanOrEqual(300);
    expect(tookMs).toBeLessThan(320);
  });

  it('is no matter of those who mind their own core', async () => {
    const { cores, now } = coresOn(() => ONE_SHARED);
    let looks = 0;
    const seen = cores.seenBy(() => {
      looks += 1;
      return Promise.resolve(ONE_SHARED);
    });
    for (const { wake, confirm } of [cores.own, seen]) {
      await wake();
      await confirm();
    }
    expect({ now: now(), looks }).toEqual({ now: 0, looks: 0 });
  });
});

describe('confirming that cores were whole', () => {
  /** Whole around each measurement, and shared right after a part of it. */
  const seenInBetween = (rates: readonly number[]) => {
    let parts = 0;
    const { cores, work } = coresOn(() => (parts === 1 ? rates : WHOLE), { inAllMs: 40_000 });
    const measure = async () => {
      parts += 1;
      await cores.all.confirm();
      parts += 1;
      return work();
    };
    return { cores, measure };
  };

  it('has a measurement made again in which none was any more', async () => {
    const { cores, measure } = seenInBetween(BOTH_SHARED);
    expect(await cores.all.measure(measure)).toBe(2);
    expect(cores.takeTally()).toMatchObject({ whole: 1, shared: 0, discarded: 1 });
  });

  it('asks for one only, as others may have slept', async () => {
    const { cores, measure } = seenInBetween(ONE_SHARED);
    expect(await cores.all.measure(measure)).toBe(1);
    expect(cores.takeTally()).toMatchObject({ whole: 1, shared: 0, discarded: 0 });
  });
});
