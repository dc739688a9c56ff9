import { afterEach, describe, expect, it, vi } from 'vitest';
import { RunAnalyses, taskResultOf } from '../../../src/main/runs/analyse-run.js';
import { SPANS_A_SLICE } from '../../../src/base/cooperative-task.js';
import { encodeSpans } from '../../../src/recording/spans.js';
import { Timeline } from '../../../src/recording/timeline.js';
import { recordOf } from '../../fixtures/records.js';
import { span } from '../../fixtures/timelines.js';

/** A record of two repeats, with so many tasks on lane 0 in each. */
function recordWith(tasks: number) {
  const record = recordOf({ walls: [100 * tasks, 200 * tasks] });
  const spans = Array.from({ length: tasks }, (_, task) => [
    span(0, 'compute', 100 * task, 100 * task + 80, task),
    span(0, 'task', 100 * task, 100 * task + 90, task),
  ]);
  const words = spans.map((each) => encodeSpans(each));
  return { ...record, repeats: record.repeats.map((repeat) => ({ ...repeat, spans: words })) };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the analysis of a kept run', () => {
  const analyses = new RunAnalyses();

  it('is of all repeats', async () => {
    const { figures, histogram, verdict } = await analyses.of(recordWith(10), null, () => false);
    expect(figures.range).toEqual({ startNs: 0, endNs: 3000 });
    expect(figures.all.kinds.task).toMatchObject({ count: 20, sumNs: 1800, p50Ns: 90 });
    expect(histogram?.count).toBe(20);
    expect(verdict.tasks).toBe(20);
  });

  it('has the tasks of a baseline’s repeats beside its own, also without their spans', async () => {
    const baseline = recordOf({ run: 2, walls: [1000, 1000, 1000] });
    const { histogram } = await analyses.of(recordWith(10), baseline, () => false);
    const tasks = 3 * baseline.source.parameters.matrices;
    expect(histogram?.count).toBe(20);
    expect(histogram?.baseline).toMatchObject({ count: tasks, medianNs: 100, p95Ns: 100 });
  });

  it('goes through its spans once, whatever it is set against', async () => {
    const append = vi.spyOn(Timeline.prototype, 'append');
    const record = recordWith(10);
    const alone = await analyses.of(record, null, () => false);
    const once = append.mock.calls.length;
    expect(once).toBe(20);
    const baseline = recordOf({ run: 2, walls: [1000] });
    const beside = await analyses.of(record, baseline, () => false);
    expect(append.mock.calls.length).toBe(once);
    expect(beside.histogram?.baseline).not.toBeNull();
    expect(await analyses.of(record, null, () => false)).toEqual(alone);
    // Another record is another run, if of the same number.
    await analyses.of(recordWith(10), null, () => false);
    expect(append.mock.calls.length).toBe(2 * once);
  });

  it('lets others have their turn, and is called off between', async () => {
    let asked = 0;
    const called = analyses.of(recordWith(20_000), null, () => {
      asked += 1;
      return asked === 2;
    });
    await expect(called).rejects.toThrow('The analysis of the run was called off.');
  });

  it('is called off while a baseline’s tasks are counted, too', async () => {
    // So much time goes by between two looks at the clock that each step ends a slice.
    let nowMs = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += 1000));
    const parameters = { matrices: 2 * SPANS_A_SLICE };
    const [first, second] = recordOf({ parameters, walls: [1000, 1000] }).repeats;
    if (first === undefined || second === undefined) throw new Error('there are two repeats');
    const timings = vi.fn(() => second.timings);
    const later = Object.defineProperty({ ...second }, 'timings', { get: timings });
    const baseline = { ...recordOf({ run: 2, parameters }), repeats: [first, later] };
    await expect(analyses.of(recordWith(10), baseline, () => true)).rejects.toThrow('called off');
    expect(timings).not.toHaveBeenCalled();
  });

  it('cannot be made of spans that were let go', async () => {
    await expect(analyses.of(recordOf(), null, () => false)).rejects.toThrow(
      'The spans of the run were let go to save memory.',
    );
  });
});

describe('a task’s result', () => {
  it('is what its power method gave', () => {
    const record = recordOf({ capped: 1 });
    expect(taskResultOf(record, 0)).toEqual({ iterations: 1, eigenvalue: 0.5, converged: false });
    expect(taskResultOf(record, 3)).toEqual({ iterations: 4, eigenvalue: 3.5, converged: true });
  });

  it('is none of a task that there is not, or that sleeps', () => {
    expect(taskResultOf(recordOf(), 12)).toBeNull();
    expect(taskResultOf(recordOf({ parameters: { workload: 'sleep' } }), 0)).toBeNull();
  });
});
