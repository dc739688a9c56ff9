import { describe, expect, it } from 'vitest';
import { spanOfLane } from '../../../../src/renderer/timeline/model/lane-spans.js';
import { selectionText, sentenceOf } from '../../../../src/renderer/timeline/model/span-text.js';
import type { TaskResult } from '../../../../src/ipc/index.js';
import { span, timelineOf } from '../../../fixtures/timelines.js';

const timeline = timelineOf(3, [
  span(1, 'hold', 0, 6000, 1),
  span(2, 'hold', 6000, 8000, 3),
  span(0, 'wait', 0, 8000, 12),
]);

const context = { isOfBaseline: false, result: null, lanesNamed: 2 };

describe('what is said of the selection', () => {
  it('is nothing where there is none', () => {
    expect(selectionText(timeline, null, null, context)).toBeNull();
  });

  it('is what the span is, from when to when, and who made it wait', () => {
    const wait = spanOfLane(timeline, { lane: 0, kind: 'wait', index: 0 });
    const text = selectionText(timeline, wait, { startNs: 1, endNs: 2 }, context);
    if (text === null) throw new Error('nothing is said of a selected span');
    expect(text.title).toBe('wait · task #12');
    expect(Object.fromEntries(text.facts.map(({ label, value }) => [label, value]))).toEqual({
      lane: '0',
      duration: '8.00 µs',
      'lock held by': 'lane 1 6.00 µs 75 %, lane 2 2.00 µs 25 %',
      start: '0 ns',
      end: '8.00 µs',
    });
    expect(sentenceOf(text)).toContain('Selected: wait · task #12, lane 0, duration 8.00 µs');
  });

  it('is of a hold who waited meanwhile', () => {
    const hold = spanOfLane(timeline, { lane: 1, kind: 'hold', index: 0 });
    const facts = selectionText(timeline, hold, null, context)?.facts;
    expect(facts).toContainEqual({
      label: 'waited meanwhile',
      value: 'lane 0 6.00 µs 100 %',
      lanes: [{ label: 'lane 0', doing: null, lane: 0, lanes: 1, timeNs: 6000, share: '100 %' }],
    });
  });

  it('is the range’s length where no span is selected', () => {
    const text = selectionText(timeline, null, { startNs: 1000, endNs: 3500 }, context);
    expect(text?.facts.at(-1)).toEqual({ label: 'duration', value: '2.50 µs' });
  });

  it('says so where the span is of the baseline, and what came of its task', () => {
    const wait = spanOfLane(timeline, { lane: 0, kind: 'wait', index: 0 });
    const told = (result: TaskResult) =>
      selectionText(timeline, wait, null, { ...context, isOfBaseline: true, result });
    const text = told({ iterations: 1234, eigenvalue: 12.345678901, converged: true });
    expect(text?.title).toBe('Baseline · wait · task #12');
    expect(text?.facts).toContainEqual({ label: 'iterations', value: '1,234' });
    expect(text?.facts).toContainEqual({ label: 'eigenvalue', value: '12.34568' });
    const negative = told({ iterations: 1, eigenvalue: -0.5, converged: false });
    expect(negative?.facts).toContainEqual({ label: 'eigenvalue', value: '−0.5000000' });
    const capped = told({ iterations: 10_001, eigenvalue: null, converged: false });
    const value = '10,001 (not converged, cap 10,000 + 1)';
    expect(capped?.facts).toContainEqual({ label: 'iterations', value });
    expect(capped?.facts.map(({ label }) => label)).not.toContain('eigenvalue');
  });
});
