import fc from 'fast-check';
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.js';
import { RangeAnalysisSchema } from '../../src/analysis/schema.js';
import { finish } from '../../src/base/sliced.js';
import { anyRange, anySpans } from '../fixtures/ranges.js';
import { timelineOf } from '../fixtures/timelines.js';

it('an analysis crosses from process to process as it is', () => {
  fc.assert(
    fc.property(anySpans, anyRange, fc.boolean(), ({ lanes, spans }, range, hasBaseline) => {
      const timeline = timelineOf(lanes, spans);
      const baseline = hasBaseline ? { timeline, range } : null;
      const analysis = finish(analyse({ timeline, range }, 2, baseline));
      expect(v.parse(RangeAnalysisSchema, structuredClone(analysis))).toEqual(analysis);
    }),
  );
});
