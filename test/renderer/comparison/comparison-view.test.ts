import { describe, expect, it } from 'vitest';
import { comparisonOf } from '../../../src/experiment/comparison.js';
import { mapCompared, VARIANTS } from '../../../src/experiment/variants.js';
import { conclusionOf } from '../../../src/experiment/conclusion.js';
import type { StreamMessage } from '../../../src/ipc/index.js';
import { overviewOf } from '../../../src/experiment/report.js';
import {
  comparedHeadings,
  comparedNotes,
  comparedRows,
} from '../../../src/renderer/comparison/comparison-rows.js';
import { warningOf } from '../../../src/experiment/warnings.js';
import { comparisonView } from '../../../src/renderer/comparison/comparison-view.js';
import { receive } from '../../../src/renderer/state/receive.js';
import { fractionCompared, noticeText } from '../../../src/renderer/state/wording.js';
import { smallRun } from '../../fixtures/parameters.js';
import { recordOf } from '../../fixtures/records.js';
import { recordedOf } from '../../../src/main/recordings/recorded.js';
import { after, entry, progressed, wholeRun } from '../messages.js';

const parameters = smallRun({ repeats: 3 });
const runs = { serial: 2, static: 3, executor: 4, gilHeld: 5 };
const walls = {
  serial: [2000, 2100, 2200],
  static: [1000, 1100, 1050],
  executor: [1100, 1000, 1200],
  gilHeld: [2000, 2300, 2200],
};
const records = {
  serial: recordOf({ walls: walls.serial, parameters: { scheduler: 'serial', threads: 1 } }),
  static: recordOf({ walls: walls.static, parameters: { scheduler: 'static' } }),
  executor: recordOf({ walls: walls.executor }),
  gilHeld: recordOf({ walls: walls.gilHeld, parameters: { lock: 'gil-held' }, waitNs: 40 }),
};
const overviews = mapCompared(records, overviewOf);

const comparing = (wallsNs: typeof walls): StreamMessage => ({
  type: 'comparing',
  parameters,
  runs,
  variant: 'static',
  round: 1,
  wallsNs,
});
const compared = (changes: object = {}): StreamMessage => ({
  type: 'compared',
  parameters,
  runs,
  outcome: 'done',
  recorded: {
    entry: entry('comparison', Object.values(runs)),
    recordings: VARIANTS.map((variant) => recordedOf(runs[variant], records[variant])),
  },
  failure: null,
  ...changes,
});
const none = { serial: [], static: [], executor: [], gilHeld: [] };

describe('a comparison that is on', () => {
  it('is shown at once, without figures yet', () => {
    const state = after(...wholeRun(1), comparing(none));
    const view = comparisonView(state);
    expect(view?.overviews).toBeNull();
    expect(view?.rows.map(({ figures }) => figures)).toEqual([null, null, null, null]);
  });

  it('has the figures of what was measured so far', () => {
    const state = after(comparing({ ...none, serial: [2000], gilHeld: [2500] }));
    const rows = comparisonView(state)?.rows ?? [];
    expect(rows.map(({ figures }) => figures?.speedUp.ratio)).toEqual([
      1,
      undefined,
      undefined,
      0.8,
    ]);
    expect(rows.map(({ medianNs }) => medianNs)).toEqual([2000, null, null, 2500]);
    expect(rows[3]?.figures?.ci95).toBeNull();
    expect(comparisonView(state)?.rounds).toBe(0);
  });

  it('has a variant’s time before there is one of the serial variant', () => {
    const state = after(comparing({ ...none, static: [1500, 1700] }));
    const row = comparisonView(state)?.rows[1];
    expect(row?.medianNs).toBe(1600);
    expect(row?.figures).toBeNull();
  });

  it('leaves another run shown that was chosen meanwhile, and tells its progress', () => {
    const before = after(...wholeRun(1), comparing(none));
    const chosen = { ...before, comparison: null };
    expect(receive(chosen, comparing(none)).comparison).toBeNull();
    expect(receive(before, progressed(3, {})).progress).not.toBeNull();
    expect(receive(before, progressed(2, {})).progress).toBeNull();
  });

  it('grows from 0 to 1', () => {
    const fraction = (wallsNs: typeof walls) =>
      fractionCompared(
        { type: 'comparing', parameters, runs, variant: 'static', round: 0, wallsNs },
        null,
      );
    expect(fraction({ ...none, serial: [1] })).toBeCloseTo(1 / 12);
    expect(fraction(walls)).toBe(1);
  });
});

describe('a comparison that has ended', () => {
  const state = after(...wholeRun(1), comparing(walls), compared());

  it('leaves four runs with figures, and is still shown', () => {
    expect(state.runs.map(({ run }) => run)).toEqual([1, 2, 3, 4, 5]);
    expect(state.comparing).toBeNull();
    expect(noticeText(state.notice)).toBe('Comparison done: runs 2 to 5, 3 repeats each');
    expect(comparisonView(state)).toMatchObject({ overviews, rounds: 3 });
  });

  it('agrees with the comparison that the command line prints', () => {
    const { rows, conclusion } = comparisonOf(records);
    expect(conclusionOf(overviews)).toBe(conclusion);
    comparisonView(state)?.rows.forEach(({ medianNs, figures, waitShare }, index) => {
      const row = rows[index];
      expect(medianNs).toBe(row?.summary.wallNs.median);
      expect(figures?.ci95?.map(Math.round)).toEqual(row?.summary.wallNs.ci95);
      expect(figures?.speedUp).toEqual({
        ratio: row?.speedup,
        ci95: row?.speedupCi95,
        repeats: 3,
      });
      expect(waitShare).toBe(row?.summary.waitShare);
    });
  });

  it('tells efficiency as a share of the threads', () => {
    const rows = comparisonView(state)?.rows ?? [];
    expect(rows[0]?.figures?.efficiency).toBe(1);
    expect(rows[1]?.figures?.efficiency).toBe((rows[1]?.figures?.speedUp.ratio ?? 0) / 2);
  });

  it('says a note of all once, and others with their variant', () => {
    const ofAll = warningOf('dropped-spans', { dropped: 3 });
    const crowded = mapCompared(records, (record) => ({
      ...overviewOf(record),
      summary: { ...overviewOf(record).summary, warnings: [ofAll] },
    }));
    const odd = { ...crowded, gilHeld: overviews.gilHeld };
    expect(comparedNotes(crowded)).toEqual([ofAll.message]);
    expect(comparedNotes(odd)).toContain(
      `No lock · Serial; No lock · Static; No lock · Executor: ${ofAll.message}`,
    );
    expect(VARIANTS).toHaveLength(4);
  });

  it('goes away where nothing was measured', () => {
    const stopped = after(comparing(none), compared({ outcome: 'stopped', recorded: null }));
    expect(stopped).toMatchObject({ comparison: null, comparing: null, runs: [] });
    const failure = { message: 'it broke' };
    const failed = after(comparing(none), compared({ outcome: 'failed', recorded: null, failure }));
    expect(failed.failure).toEqual(failure);
  });
});

describe('the headings of a comparison', () => {
  const headings = (rounds: number) => {
    const first = mapCompared(walls, (wallsNs) => wallsNs.slice(0, rounds));
    return comparedHeadings(rounds, comparedRows(parameters, first, null));
  };

  it('speak of an interval where there is one, and of what kind it is', () => {
    expect(headings(3)).toEqual({
      bars: 'Wall time: median and range of 3',
      interval: 'range of 3',
    });
  });

  it('speak of none where there are too few rounds for one', () => {
    expect(headings(2)).toEqual({ bars: 'Wall time: median of 2', interval: 'range' });
    expect(headings(0)).toEqual({ bars: 'Wall time: median', interval: 'range' });
  });
});
