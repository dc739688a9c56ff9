import { describe, expect, it } from 'vitest';
import { finish } from '../../src/base/cooperative-task.js';
import { programMeaning } from '../../src/process/meaning.js';
import { Timeline } from '../../src/recording/timeline.js';
import { programOf } from '../fixtures/programs.js';
import { span } from '../fixtures/timelines.js';

/** Two threads: first one keeps the other waiting, then the other way round, for longer. */
const PROGRAM = programOf({
  spans: [
    ...[span(0, 'hold', 0, 300, 0), span(0, 'wait', 300, 1000, 0)],
    ...[span(1, 'wait', 0, 300, 1), span(1, 'hold', 300, 1000, 1)],
  ],
  wallNs: 1000,
  handoffs: 50,
  source: { hiddenHandoffs: 49 },
});

function meaningOf(startNs: number, endNs: number, isWhole: boolean) {
  const { source, labels, machine, repeats } = PROGRAM;
  const timeline = new Timeline(2);
  for (const words of repeats[0]?.spans ?? []) timeline.append(words);
  const part = { source, labels, cores: machine.usableCores, handoffs: 50, isWhole };
  const range = { startNs, endNs };
  return finish(programMeaning({ ...part, range, lengthNs: endNs - startNs }, timeline));
}

describe('what a program means', () => {
  it('of a range is of what lies in it', () => {
    const { functions, pairs, threads } = meaningOf(0, 400, false);
    expect(functions.map((times) => [times.function, times.heldNs, times.causedWaitNs])).toEqual([
      ['f', 300, 300],
      ['g', 100, 100],
    ]);
    expect(pairs).toEqual([
      { holder: 'f', waiter: 'g', waitNs: 300 },
      { holder: 'g', waiter: 'f', waitNs: 100 },
    ]);
    expect(threads[0]).toMatchObject({ hold: 300, wait: 100 });
  });

  it('of all of it may be what no part can be, as that is known of all alone', () => {
    expect(meaningOf(0, 1000, true).verdict.code).toBe('convoy');
    expect(meaningOf(0, 1000, false).verdict.code).toBe('gil-bound');
    expect(meaningOf(0, 1000, true).functions[0]?.function).toBe('g');
  });
});
