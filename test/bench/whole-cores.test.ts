import { describe, expect, it } from 'vitest';
import { WholeCores } from '../../bench/measure/whole-cores.js';

/** Rates of two cores of which none, or the second, is shared. */
const WHOLE = [90, 88];
const SHARED = [90, 58];

/** That of the thread that measures, of which nobody has a part. */
const OWN = 89;

/** Cores that are seen so, one look after another, then as at last; a look takes 10 ms. */
function coresSeen(looks: readonly (readonly number[])[], inAllMs: number) {
  const patience = { inAllMs, atOnceMs: inAllMs / 20 };
  let nowMs = 0;
  let look = 0;
  const all = () => {
    nowMs += 10;
    return Promise.resolve(looks[Math.min(look++, looks.length - 1)] ?? []);
  };
  const rest = (ms: number) => {
    nowMs += ms;
    return Promise.resolve();
  };
  const cores = new WholeCores({ own: () => OWN, all }, patience, () => nowMs, rest);
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
    const { cores, work } = coresSeen([WHOLE], 1000);
    expect(await cores.all.measure(work)).toBe(1);
    expect(await cores.all.measure(work)).toBe(2);
    expect(cores.takeTally()).toEqual({ whole: 2, shared: 0, again: 0 });
    expect(cores.takeTally()).toEqual({ whole: 0, shared: 0, again: 0 });
  });

  it('waits until they are whole, and measures again where one is shared afterwards', async () => {
    const looks = [WHOLE, WHOLE, SHARED, SHARED, WHOLE, SHARED, WHOLE];
    const { cores, work } = coresSeen(looks, 20_000);
    expect(await cores.all.measure(work)).toBe(1);
    expect(await cores.all.measure(work)).toBe(3);
    expect(cores.takeTally()).toEqual({ whole: 2, shared: 0, again: 1 });
  });

  it('knows what whole cores read from the most that it has seen', async () => {
    const { cores, work } = coresSeen([SHARED, WHOLE], 10_000);
    await cores.look();
    expect(await cores.all.measure(work)).toBe(1);
    expect(cores.takeTally().whole).toBe(1);
  });

  it('measures on what cores there are after a twentieth of its patience, and says so', async () => {
    const { cores, work, now } = coresSeen([WHOLE, WHOLE, SHARED], 20_000);
    await cores.all.measure(work);
    const before = now();
    expect(await cores.all.measure(work)).toBe(2);
    expect(cores.takeTally()).toEqual({ whole: 1, shared: 1, again: 0 });
    expect(now() - before).toBeGreaterThanOrEqual(1000);
    expect(now() - before).toBeLessThan(1300);
  });

  it('does not measure again for longer than that', async () => {
    // Whole at each first look, and shared whenever something was measured.
    const looks = Array.from({ length: 100 }, (_, look) => (look % 2 === 0 ? WHOLE : SHARED));
    const { cores, work } = coresSeen(looks, 10_000);
    expect(await cores.all.measure(work)).toBe(5);
    expect(cores.takeTally()).toEqual({ whole: 0, shared: 1, again: 4 });
  });

  it('minds no other core where one thread measures by itself', async () => {
    const { cores, work } = coresSeen([WHOLE, SHARED], 1000);
    await cores.look();
    expect(await cores.own.measure(work)).toBe(1);
    expect(cores.takeTally().whole).toBe(1);
  });

  it('has its patience for all measurements together', async () => {
    const { cores, work, now } = coresSeen([WHOLE, WHOLE, SHARED], 10_000);
    for (let count = 0; count < 25; count += 1) await cores.all.measure(work);
    const before = now();
    await cores.all.measure(work);
    expect(now() - before).toBeLessThan(150);
    expect(cores.takeTally()).toEqual({ whole: 1, shared: 25, again: 0 });
  });

  it('measures at once without patience', async () => {
    const { cores, work, now } = coresSeen([SHARED], 0);
    await cores.look();
    expect(now()).toBe(0);
    expect(await cores.all.measure(work)).toBe(1);
    expect(cores.takeTally().shared).toBe(1);
  });
});
