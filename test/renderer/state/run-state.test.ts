import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noticeText } from '../../../src/renderer/state/wording.js';
import { receive, replay } from '../../../src/renderer/state/receive.js';
import {
  INITIAL_STATE,
  measuredRuns,
  pin,
  select,
  selectComparison,
  selectedEntry,
} from '../../../src/renderer/state/run-state.js';
import {
  after,
  compared,
  comparing,
  ended,
  progressed,
  started,
  timeline,
  wholeRun,
} from '../messages.js';

describe('a run that is on', () => {
  it('is shown and listed at once', () => {
    const state = after(started(1));
    expect(state).toMatchObject({ live: 1, selected: { run: 1, repeat: 0 }, progress: null });
    expect(selectedEntry(state)).toMatchObject({ run: 1, outcome: 'running', overview: null });
  });

  it('takes the place of the shown run and of an old failure', () => {
    const before = { ...after(...wholeRun(1)), failure: { message: 'old' } };
    expect(receive(before, started(2))).toMatchObject({
      live: 2,
      selected: { run: 2 },
      failure: null,
    });
  });

  it('has its newest repeat shown', () => {
    expect(after(started(1), timeline(1, 0), timeline(1, 1)).selected).toEqual({
      run: 1,
      repeat: 1,
    });
  });

  it('leaves another run shown that was chosen meanwhile', () => {
    const chosen = select(after(...wholeRun(1), started(2)), 1);
    expect(receive(chosen, timeline(2, 0)).selected).toEqual({ run: 1, repeat: 1 });
  });

  it('tells its own progress only', () => {
    expect(after(started(1), progressed(1, { tasksDone: 5 })).progress?.tasksDone).toBe(5);
    expect(after(started(1), progressed(7, { tasksDone: 5 })).progress).toBeNull();
  });
});

describe('a run that has ended', () => {
  it('keeps its figures and stays shown', () => {
    const state = after(started(1), timeline(1, 0), timeline(1, 1), ended(1));
    expect(state).toMatchObject({ live: null, progress: null, selected: { run: 1, repeat: 1 } });
    expect(measuredRuns(state)).toHaveLength(1);
    expect(noticeText(state.notice)).toBe('Run 1 done: 2 repeats, 96 spans, none dropped');
  });

  it('says why it failed and leaves earlier runs as they were', () => {
    const first = after(...wholeRun(1));
    const failure = { message: 'Lane 1 died' };
    const state = [started(2), ended(2, { outcome: 'failed', overview: null, failure })].reduce(
      receive,
      first,
    );
    expect(state.failure).toBe(failure);
    expect(state.runs[0]).toBe(first.runs[0]);
    expect(state.runs[1]).toMatchObject({ outcome: 'failed', overview: null, failure });
  });

  it('is shown with its last whole repeat where it was stopped in a later one', () => {
    const state = after(started(1), timeline(1, 0), timeline(1, 1), timeline(1, 2));
    expect(receive(state, ended(1, { outcome: 'stopped' })).selected).toEqual({
      run: 1,
      repeat: 1,
    });
    const none = receive(state, ended(1, { outcome: 'stopped', overview: null }));
    expect(none.selected).toEqual({ run: 1, repeat: 2 });
  });

  it('can be stopped before any repeat was completed', () => {
    const state = after(started(1), ended(1, { outcome: 'stopped', overview: null }));
    expect(state).toMatchObject({ live: null, failure: null });
    expect(noticeText(state.notice)).toBe('Run 1 stopped: 0 of 2 repeats');
    expect(measuredRuns(state)).toEqual([]);
  });
});

describe('showing a run again', () => {
  const state = after(...wholeRun(1), ...wholeRun(2));

  it('shows its last repeat, or the one asked for', () => {
    expect(select(state, 1).selected).toEqual({ run: 1, repeat: 1 });
    expect(select(state, 1, 0).selected).toEqual({ run: 1, repeat: 0 });
  });

  it('ignores a run that there is not', () => {
    expect(select(state, 9)).toBe(state);
  });
});

describe('a stream that is opened again', () => {
  const history = [...wholeRun(1), compared(2), ...wholeRun(6)];

  it('tells the same runs, each once', () => {
    const state = after(...history);
    expect(replay(history, state)).toEqual(state);
  });

  it('leaves what was chosen, pinned and said as it was', () => {
    const chosen = pin(select(after(...history), 1, 0), 6);
    const before = { ...chosen, notice: 'Saved', failure: { message: 'no room' } };
    expect(replay(history, before)).toEqual(before);
    const shown = selectComparison(before, 2);
    expect(replay(history, shown)).toEqual(shown);
  });

  it('forgets what is not told any more', () => {
    const state = replay(wholeRun(6), pin(select(after(...history), 1, 0), 1));
    expect(state).toMatchObject({ selected: { run: 6 }, baseline: null, comparisons: [] });
    expect(state.runs.map(({ run }) => run)).toEqual([6]);
  });

  it('shows a page that is new the newest, a comparison too', () => {
    expect(replay([...wholeRun(1), compared(2)], INITIAL_STATE)).toMatchObject({ comparison: 2 });
    expect(replay(history, INITIAL_STATE)).toMatchObject({
      comparison: null,
      selected: { run: 6 },
    });
    expect(replay([started(1)], INITIAL_STATE)).toMatchObject({ live: 1 });
    expect(replay([comparing(1)], INITIAL_STATE)).toMatchObject({ comparison: 1 });
  });
});

describe('messages out of their turn', () => {
  it('that come after a run or a comparison has ended change nothing', () => {
    const state = after(...wholeRun(1), started(2));
    expect(receive(state, ended(1))).toBe(state);
    expect(receive(state, ended(9))).toBe(state);
    const done = after(compared(2));
    expect(receive(done, comparing(2))).toBe(done);
    expect(receive(done, compared(2))).toBe(done);
  });

  it('never list a run twice, nor keep the window busy for good', () => {
    const messages = [...wholeRun(1), timeline(1, 0), comparing(2), compared(2), ...wholeRun(6)];
    const anyOrder = fc.array(fc.constantFrom(...messages), { maxLength: 40 });
    fc.assert(
      fc.property(anyOrder, (order) => {
        const state = after(...order);
        const numbers = state.runs.map(({ run }) => run);
        expect(new Set(numbers).size).toBe(numbers.length);
        const over = [ended(1), ended(6), compared(2)].reduce(receive, state);
        expect(over).toMatchObject({ live: null, comparing: null, stopping: false });
      }),
      { seed: 2026, numRuns: 200 },
    );
  });
});
