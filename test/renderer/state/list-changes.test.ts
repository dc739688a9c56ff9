import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparedParameters, VARIANTS } from '../../../src/experiment/variants.js';
import type { StreamMessage } from '../../../src/ipc/index.js';
import { receive, replay } from '../../../src/renderer/state/receive.js';
import {
  INITIAL_STATE,
  pin,
  select,
  type RunState,
} from '../../../src/renderer/state/run-state.js';
import { noticeText } from '../../../src/renderer/state/wording.js';
import { smallRun } from '../../fixtures/parameters.js';
import { recordOf } from '../../fixtures/records.js';
import { after, compared, entry, opened, started, wholeRun } from '../messages.js';

const variants = comparedParameters(smallRun());
const comparison = (first: number) =>
  opened(
    VARIANTS.map((variant, place) => [
      first + place,
      recordOf({ parameters: variants[variant], run: place + 1 }),
    ]),
  );

describe('a file that was opened', () => {
  it('is shown as a run that has ended', () => {
    const state = after(...wholeRun(1), opened([[2, recordOf({ walls: [3, 4, 5] })]]));
    expect(state.selected).toEqual({ run: 2, repeat: 2 });
    expect(state.runs[1]).toMatchObject({ run: 2, outcome: 'done', hasSpans: true });
    expect(state.entries.map(({ id, isOpened }) => [id, isOpened])).toEqual([
      [1, false],
      [2, true],
    ]);
    expect(noticeText(state.notice)).toMatch(/^Opened saved\.gilscope: 3 repeats, \d+ spans/);
  });

  it('is shown as a comparison where it is one', () => {
    const state = after(...wholeRun(1), comparison(2));
    expect(state).toMatchObject({ comparison: 2, selected: { run: 2 } });
    expect(state.comparisons).toMatchObject([{ runs: { serial: 2, gilHeld: 5 } }]);
  });

  it('is not told twice', () => {
    const message = opened([[1, recordOf()]]);
    expect(receive(after(message), message)).toEqual(after(message));
  });
});

describe('an entry that is removed', () => {
  it('is no longer shown nor the baseline, and what stood before it is shown', () => {
    const before = pin(after(...wholeRun(1), ...wholeRun(2), ...wholeRun(3)), 2);
    const state = receive(select(before, 2), { type: 'removed', id: 2 });
    expect(state).toMatchObject({ selected: { run: 1 }, baseline: null });
    expect(noticeText(state.notice)).toBe('Removed run 2');
    expect(receive(state, { type: 'removed', id: 1 }).selected).toMatchObject({ run: 3 });
  });

  it('leaves nothing to show where it was the last', () => {
    const state = receive(after(comparison(1)), { type: 'removed', id: 1 });
    expect(state).toMatchObject({ runs: [], comparisons: [], selected: null, comparison: null });
  });

  it('stays while it is measured', () => {
    const state = after(started(1));
    expect(receive(state, { type: 'removed', id: 1 })).toBe(state);
  });

  it('cannot come back where another run has taken its place', () => {
    const removed = receive(after(...wholeRun(1)), { type: 'removed', id: 1 });
    expect(receive(removed, started(1)).removed).toEqual([]);
  });

  it('is back as it was, whatever was removed and put back in between', () => {
    const list = [...wholeRun(1), compared(2), ...wholeRun(6), opened([[7, recordOf()]])];
    const listed = ({ runs, entries, comparisons, removed }: RunState) => ({
      runs,
      entries,
      comparisons: comparisons.toSorted((a, b) => a.runs.serial - b.runs.serial),
      removed,
    });
    const before = after(...list);
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 6, 7]), (ids) => {
        const changes: StreamMessage[] = [
          ...ids.map((id) => ({ type: 'removed', id }) as const),
          ...ids.toReversed().map((id) => ({ type: 'restored', id }) as const),
        ];
        expect(listed(changes.reduce(receive, before))).toEqual(listed(before));
        // A page that is loaded again knows the same.
        expect(listed(replay([...list, ...changes], INITIAL_STATE))).toEqual(listed(before));
      }),
    );
  });
});

it('an entry is called and saved as was last told', () => {
  const changed = entry('run', [1], { name: 'the first', file: 'a.gilscope', isSaved: true });
  const state = receive(after(...wholeRun(1), ...wholeRun(2)), { type: 'entry', entry: changed });
  expect(state.entries).toEqual([changed, entry('run', [2])]);
});
