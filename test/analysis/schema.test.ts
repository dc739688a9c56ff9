import fc from 'fast-check';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.js';
import { RangeAnalysisSchema } from '../../src/analysis/schema.js';
import { finish } from '../../src/base/cooperative-task.js';
import { unmeasuredCosts } from '../../src/experiment/work-costs.js';
import { smallRun } from '../fixtures/parameters.js';
import { anyRange, anySpans } from '../fixtures/ranges.js';
import { timelineOf } from '../fixtures/timelines.js';

it('an analysis crosses from process to process as it is', () => {
  fc.assert(
    fc.property(anySpans, anyRange, fc.boolean(), ({ lanes, spans }, range, hasBaseline) => {
      const timeline = timelineOf(lanes, spans);
      const costs = unmeasuredCosts(smallRun({ lock: 'gil-held' }));
      const baseline = hasBaseline ? { timeline, range } : null;
      const analysis = finish(analyse({ timeline, range }, { cores: 2, costs }, baseline));
      expect(v.parse(RangeAnalysisSchema, structuredClone(analysis))).toEqual(analysis);
    }),
  );
});
