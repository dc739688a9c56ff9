import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runRounds } from '../../src/engine/rounds.js';
import type { Engine } from '../../src/engine/index.js';
import { builtEngine } from '../fixtures/engine.js';
import { smallRun } from '../fixtures/parameters.js';

let engine: Engine;
beforeAll(async () => {
  engine = await builtEngine();
});
afterAll(async () => {
  await engine.close();
});

const { signal } = new AbortController();

describe('rounds', () => {
  it('start the workers of all their runs once, whichever is first', async () => {
    const starting = new Set<string>();
    const runs = [1, 3, 2, 5].map((threads) => smallRun({ threads, repeats: 2 }));
    const { records } = await runRounds(
      engine,
      { runs, nextRound: (round) => (round < 2 ? [0, 1, 2, 3] : null) },
      {
        signal,
        listener: {
          onProgress: (run, round, { phase }) => {
            if (phase === 'starting') starting.add(`${run} in ${round}`);
          },
        },
      },
    );
    expect(records?.map(({ repeats }) => repeats.length)).toEqual([2, 2, 2, 2]);
    expect([...starting]).toEqual(['0 in 0']);
  });

  it('make matrices only where the run before had others', async () => {
    const made: string[] = [];
    const runs = [16, 16, 8].map((size, index) => smallRun({ size, threads: index + 1 }));
    await runRounds(
      engine,
      { runs, nextRound: (round) => [[2, 0, 1], [1, 0, 2], null][round] ?? null },
      { signal, listener: { onGenerated: (run, round) => made.push(`${run} in ${round}`) } },
    );
    expect(made).toEqual(['2 in 0', '0 in 0', '2 in 1']);
  });
});
