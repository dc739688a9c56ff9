import { describe, expect, it, vi } from 'vitest';
import type { TimelineExplorer } from '../../../../src/renderer/timeline/model/explorer.js';
import { Gestures } from '../../../../src/renderer/timeline/model/gestures.js';
import { span, timelineOf } from '../../../fixtures/timelines.js';

/** Gestures over one span from 100 to 200 ns, with a pixel for each ns. */
function gesturesOver() {
  const selectRange = vi.fn();
  const view = {
    timeline: timelineOf(1, [span(0, 'task', 100, 200)]),
    sight: { whole: { startNs: 0, endNs: 1000 }, range: { startNs: 0, endNs: 500 } },
    panBy: vi.fn(),
    go: vi.fn(),
    at: (x: number) => ({ part: 'plot', row: 0, timeNs: x, nsPerPx: 1, hit: null }),
    canvases: { mark: () => undefined },
  };
  const explorer = { view, range: null, selectRange } as unknown as TimelineExplorer;
  return { gestures: new Gestures(explorer), selectRange, view };
}

describe('a drag that is given up', () => {
  it('leaves the range as it was', () => {
    const { gestures, selectRange } = gesturesOver();
    gestures.down({ x: 103, y: 0 }, true);
    gestures.move({ x: 198, y: 0 }, true);
    expect(gestures.revert()).toBe(true);
    expect(selectRange).toHaveBeenLastCalledWith(null);
    expect(gestures.revert()).toBe(false);
  });

  it('leaves in view what was there before, lanes too', () => {
    const { gestures, view } = gesturesOver();
    gestures.down({ x: 300, y: 20 }, false);
    gestures.move({ x: 350, y: 60 }, false);
    expect(gestures.revert()).toBe(true);
    expect(view.go).toHaveBeenLastCalledWith({ startNs: 0, endNs: 500 });
    expect(view.panBy).toHaveBeenLastCalledWith(0, 40);
    expect(gestures.move({ x: 360, y: 60 }, false)).not.toBeNull();
  });
});

describe('a range that is drawn', () => {
  it('snaps to the ends of spans', () => {
    const { gestures, selectRange } = gesturesOver();
    gestures.down({ x: 103, y: 0 }, true);
    gestures.move({ x: 198, y: 0 }, true);
    expect(selectRange).toHaveBeenLastCalledWith({ startNs: 100, endNs: 200 });
  });

  it('may be shorter than the reach of one end', () => {
    const { gestures, selectRange } = gesturesOver();
    gestures.down({ x: 100, y: 0 }, true);
    gestures.move({ x: 105, y: 0 }, true);
    expect(selectRange).toHaveBeenLastCalledWith({ startNs: 100, endNs: 105 });
  });
});
