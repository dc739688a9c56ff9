import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  REST_MS,
  TooltipController,
  type TooltipState,
} from '../../../../src/renderer/timeline/model/tooltip-controller.svelte.js';
import { Timeline } from '../../../../src/recording/timeline.js';

const tooltip: TooltipState = {
  timeline: new Timeline(1),
  text: { title: 'Task 1', lane: 0, facts: [], meanwhile: null, hint: null },
  pointer: { x: 3, y: 4 },
};

/** A controller that shows a tooltip, and a look that shows it again. */
function showing() {
  const controller = new TooltipController();
  controller.show(tooltip);
  const look = vi.fn(() => {
    controller.show(tooltip);
  });
  return { controller, look };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what is tooltip of the span under the pointer', () => {
  it('is tooltip at once where the pointer moves', () => {
    const { controller } = showing();
    expect(controller.state).toBe(tooltip);
    controller.show(null);
    expect(controller.state).toBeNull();
  });

  it('is nothing while the wheel turns, and what is there when it has come to rest', () => {
    const { controller, look } = showing();
    for (let turn = 0; turn < 3; turn += 1) {
      controller.showDebounced(look);
      expect(controller.state).toBeNull();
      vi.advanceTimersByTime(REST_MS - 1);
    }
    expect(look).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(look).toHaveBeenCalledOnce();
    expect(controller.state).toBe(tooltip);
  });

  it('is not looked for any more where something else was tooltip since', () => {
    const { controller, look } = showing();
    controller.showDebounced(look);
    controller.show(null);
    vi.runAllTimers();
    expect(look).not.toHaveBeenCalled();
  });
});
