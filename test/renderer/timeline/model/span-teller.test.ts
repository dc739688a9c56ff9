import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  REST_MS,
  SpanTeller,
  type Told,
} from '../../../../src/renderer/timeline/model/span-teller.svelte.js';
import { Timeline } from '../../../../src/recording/timeline.js';

const told: Told = {
  timeline: new Timeline(1),
  text: { title: 'Task 1', lane: 0, facts: [], meanwhile: null, hint: null },
  pointer: { x: 3, y: 4 },
};

/** A teller that tells of a span, and a look that tells of it again. */
function telling() {
  const teller = new SpanTeller();
  teller.tell(told);
  const look = vi.fn(() => {
    teller.tell(told);
  });
  return { teller, look };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what is told of the span under the pointer', () => {
  it('is told at once where the pointer moves', () => {
    const { teller } = telling();
    expect(teller.told).toBe(told);
    teller.tell(null);
    expect(teller.told).toBeNull();
  });

  it('is nothing while the wheel turns, and what is there when it has come to rest', () => {
    const { teller, look } = telling();
    for (let turn = 0; turn < 3; turn += 1) {
      teller.tellAtRest(look);
      expect(teller.told).toBeNull();
      vi.advanceTimersByTime(REST_MS - 1);
    }
    expect(look).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(look).toHaveBeenCalledOnce();
    expect(teller.told).toBe(told);
  });

  it('is not looked for any more where something else was told since', () => {
    const { teller, look } = telling();
    teller.tellAtRest(look);
    teller.tell(null);
    vi.runAllTimers();
    expect(look).not.toHaveBeenCalled();
  });
});
