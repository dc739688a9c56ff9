import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  analyse,
  meaningOfRepeats,
  type RangeAnalysis,
  type WholeRepeat,
} from '../../src/analysis/analyse.js';
import { meanNs } from '../../src/analysis/selection-stats.js';
import { finish, type CooperativeTask } from '../../src/base/cooperative-task.js';
import { histogramOf, type TaskSource } from '../../src/analysis/task-histogram.js';
import { SPAN_KINDS, type Span } from '../../src/recording/spans.js';
import { unmeasuredCosts } from '../../src/experiment/work-costs.js';
import { smallRun } from '../fixtures/parameters.js';
import { anySpans } from '../fixtures/ranges.js';
import { span, timelineOf } from '../fixtures/timelines.js';

const BASIS = { cores: 2, costs: unmeasuredCosts(smallRun({ lock: 'gil-held' })) };

interface Repeat {
  readonly lanes: number;
  readonly spans: readonly Span[];
}

function wholeRepeat({ lanes, spans }: Repeat): WholeRepeat {
  const timeline = timelineOf(lanes, spans);
  return { timeline, wallNs: timeline.endNs + 1, isComplete: true };
}

function* streamed(repeat: Repeat): CooperativeTask<WholeRepeat> {
  yield;
  return wholeRepeat(repeat);
}

function analyseAll(repeats: readonly Repeat[]): RangeAnalysis {
  const { taskTimes, ...meaning } = finish(
    meaningOfRepeats(
      repeats.map((repeat) => () => streamed(repeat)),
      BASIS,
    ),
  );
  return { ...meaning, histogram: finish(histogramOf(taskTimes)) };
}

function analyseOne(repeat: Repeat) {
  const { timeline, wallNs } = wholeRepeat(repeat);
  return finish(analyse({ timeline, range: { startNs: 0, endNs: wallNs } }, BASIS));
}

describe('the analysis of all repeats', () => {
  it('of one repeat is that repeat’s', () => {
    fc.assert(
      fc.property(anySpans, (repeat) => {
        expect(analyseAll([repeat])).toEqual(analyseOne(repeat));
      }),
    );
  });

  it('counts every span of every repeat once, on its lane', () => {
    fc.assert(
      fc.property(anySpans, anySpans, (one, other) => {
        const lanes = Math.max(one.lanes, other.lanes);
        const repeats = [
          { ...one, lanes },
          { ...other, lanes },
        ];
        const { figures, histogram, verdict } = analyseAll(repeats);
        const parts = repeats.map(analyseOne);
        for (const kind of SPAN_KINDS) {
          for (let lane = 0; lane < lanes; lane += 1) {
            const of = parts.map((part) => part.figures.lanes[lane]?.kinds[kind]);
            const sum = (figure: 'count' | 'sumNs') =>
              of.reduce((total, each) => total + (each?.[figure] ?? NaN), 0);
            expect(figures.lanes[lane]?.kinds[kind]).toMatchObject({
              count: sum('count'),
              sumNs: sum('sumNs'),
            });
          }
        }
        expect(histogram?.count ?? 0).toBe(figures.all.kinds.task.count);
        expect(figures.range.endNs).toBe(verdict.lengthNs);
        expect(verdict.lengthNs).toBe(parts.reduce((sum, part) => sum + part.verdict.lengthNs, 0));
        expect(verdict.gain).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('has quantiles of all spans, not of the repeats’ quantiles', () => {
    const tasks = (...times: number[]) => ({
      lanes: 1,
      spans: times.map((time, index) => span(0, 'task', 1000 * index, 1000 * index + time)),
    });
    const { figures } = analyseAll([tasks(1, 2, 3), tasks(100, 200)]);
    const { task } = figures.all.kinds;
    expect([task.p50Ns, task.maxNs, meanNs(task)]).toEqual([3, 200, 306 / 5]);
  });
});

describe('the analysis of a range', () => {
  it('leaves what is known of it as it is, and counts a baseline’s tasks beside', () => {
    const source = wholeSource([span(0, 'task', 0, 100)]);
    const known = finish(analyse(source, BASIS));
    const beside = finish(analyse(source, BASIS, wholeSource([span(0, 'task', 0, 50)]), known));
    expect(beside.figures).toBe(known.figures);
    expect(beside.verdict).toBe(known.verdict);
    expect(beside.histogram?.baseline?.medianNs).toBe(50);
  });
});

function wholeSource(spans: readonly Span[]): TaskSource {
  const timeline = timelineOf(1, spans);
  return { timeline, range: { startNs: 0, endNs: timeline.endNs } };
}
