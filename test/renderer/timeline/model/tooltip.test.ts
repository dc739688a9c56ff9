import { describe, expect, it } from 'vitest';
import { NO_LABEL } from '../../../../src/recording/spans.js';
import { Timeline } from '../../../../src/recording/timeline.js';
import { tooltipText } from '../../../../src/renderer/timeline/model/tooltip.js';
import { span, timelineOf } from '../../../fixtures/timelines.js';

const timeline = timelineOf(7, [
  span(0, 'hold', 0, 1000),
  span(1, 'hold', 1000, 7000),
  span(2, 'hold', 7000, 8000),
  span(3, 'hold', 8000, 8900),
  span(4, 'hold', 8900, 9500),
  span(5, 'hold', 9500, 10_000),
  span(6, 'wait', 0, 10_000, 12),
  span(6, 'compute', 10_000, 12_500, 12),
  span(6, 'hold', 10_000, 12_500, 12),
  span(6, 'task', 0, 12_500, 12),
]);

function factsOf(text: ReturnType<typeof tooltipText>): Record<string, string> {
  return Object.fromEntries(text.facts.map(({ label, value }) => [label, value]));
}

describe('the tooltip', () => {
  it('of a thread has its name, and the function in place of a task', () => {
    const threads = new Timeline(2, true, ['MainThread', 'worker']);
    threads.labels = ['work (app.py:12)'];
    const hold = { ...span(1, 'hold', 0, 1000, 0), index: 0, more: 0 };
    const text = tooltipText(threads, hold, 100);
    expect(text.title).toBe('hold · work (app.py:12)');
    expect(factsOf(text)).toMatchObject({ lane: 'worker' });
    expect(tooltipText(threads, { ...hold, task: NO_LABEL }, 100).title).toBe('hold');
  });

  it('of a wait says who held the lock meanwhile', () => {
    const hit = { ...span(6, 'wait', 0, 10_000, 12), index: 0, more: 0 };
    const text = tooltipText(timeline, hit, 100);
    expect(text.title).toBe('wait · task #12');
    expect(text.meanwhile?.heading).toBe('Lock held meanwhile by');
    expect(text.hint).toBe('Click for links to them');
    expect(text.meanwhile?.lines).toEqual([
      { label: 'lane 1', doing: null, lane: 1, lanes: 1, timeNs: 6000, share: '60 %' },
      { label: 'lane 0', doing: null, lane: 0, lanes: 1, timeNs: 1000, share: '10 %' },
      { label: 'lane 2', doing: null, lane: 2, lanes: 1, timeNs: 1000, share: '10 %' },
      { label: 'lane 3', doing: null, lane: 3, lanes: 1, timeNs: 900, share: '9.0 %' },
      { label: 'lane 4', doing: null, lane: 4, lanes: 1, timeNs: 600, share: '6.0 %' },
      { label: '+1 more', doing: null, lane: null, lanes: 1, timeNs: 500, share: '5.0 %' },
    ]);
  });

  it('of a hold says who waited meanwhile', () => {
    const text = tooltipText(timeline, { ...span(1, 'hold', 1000, 7000), index: 0, more: 0 }, 100);
    expect(text.meanwhile).toEqual({
      heading: 'Waited meanwhile',
      lines: [{ label: 'lane 6', doing: null, lane: 6, lanes: 1, timeNs: 6000, share: '100 %' }],
    });
    expect(text.hint).toBe('Click for links to them');
  });

  it('of work says how long it took, and the whole task', () => {
    const text = tooltipText(
      timeline,
      { ...span(6, 'compute', 10_000, 12_500, 12), index: 0, more: 0 },
      100,
    );
    expect(factsOf(text)).toEqual({
      lane: '6',
      start: '10.0 µs',
      duration: '2.50 µs',
      'whole task': '12.5 µs',
      'task waits': '80 %',
    });
    expect(text.meanwhile).toBeNull();
    expect(text.hint).toBeNull();
  });

  it('of a task does not say the same twice, and counts what else is in the pixel', () => {
    const text = tooltipText(
      timeline,
      { ...span(6, 'task', 0, 12_500, 12), index: 0, more: 3 },
      100,
    );
    expect(text.title).toBe('task #12');
    expect(factsOf(text)).toEqual({
      lane: '6',
      start: '0 ns',
      duration: '12.5 µs',
      'task waits': '80 %',
      'in this pixel': '3 more',
    });
  });
});
