import { describe, expect, it } from 'vitest';
import { spanOfLane } from '../../../src/renderer/chart/lane-spans.js';
import { selectionText, sentenceOf } from '../../../src/renderer/chart/span-text.js';
import { span, timelineOf } from '../../fixtures/timelines.js';

const timeline = timelineOf(3, [
  span(1, 'hold', 0, 6000, 1),
  span(2, 'hold', 6000, 8000, 3),
  span(0, 'wait', 0, 8000, 12),
]);

describe('what is said of the selection', () => {
  it('is nothing where there is none', () => {
    expect(selectionText(timeline, null, null)).toBeNull();
  });

  it('is what the span is, from when to when, and who made it wait', () => {
    const wait = spanOfLane(timeline, { lane: 0, kind: 'wait', index: 0 });
    const text = selectionText(timeline, wait, { startNs: 1, endNs: 2 });
    if (text === null) throw new Error('nothing is said of a selected span');
    expect(text.title).toBe('wait · task #12');
    expect(Object.fromEntries(text.facts.map(({ label, value }) => [label, value]))).toEqual({
      lane: '0',
      duration: '8.00 µs',
      'lock held by': 'lane 1 75 %, lane 2 25 %',
      start: '0 ns',
      end: '8.00 µs',
    });
    expect(sentenceOf(text)).toContain('Selected: wait · task #12, lane 0, duration 8.00 µs');
  });

  it('is the range’s length where no span is selected', () => {
    const text = selectionText(timeline, null, { startNs: 1000, endNs: 3500 });
    expect(text?.facts.at(-1)).toEqual({ label: 'duration', value: '2.50 µs' });
  });
});
