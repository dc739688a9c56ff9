import { describe, expect, it } from 'vitest';
import { finish } from '../../../src/base/cooperative-task.js';
import type { StreamMessage } from '../../../src/ipc/index.js';
import { recordedOf } from '../../../src/main/recordings/recorded.js';
import { listedEntries } from '../../../src/renderer/recordings/entry-order.js';
import { receive, replay } from '../../../src/renderer/state/receive.js';
import { INITIAL_STATE, select } from '../../../src/renderer/state/run-state.js';
import { statusOf } from '../../../src/renderer/state/run-status.js';
import {
  cellName,
  fastestText,
  fractionSwept,
  sweepTitle,
} from '../../../src/renderer/state/sweep-wording.js';
import { selectSweep, sweepView, sweepWith, withCell } from '../../../src/renderer/state/sweeps.js';
import { findingsOf } from '../../../src/sweep/find.js';
import { smallRun } from '../../fixtures/parameters.js';
import { CROWDED } from '../../fixtures/paces.js';
import { MACHINE } from '../../fixtures/records.js';
import { smallAxes, sweptRecordings } from '../../fixtures/sweeps.js';
import { after, compared, entry, progressed, wholeRun } from '../messages.js';

const AXES = smallAxes({ threads: [1, 2], lock: ['none', 'gil-held'], repeats: [3] });
const RECORDINGS = sweptRecordings(AXES);
const FINDINGS = finish(findingsOf(AXES, RECORDINGS));

const sweeping = (sweep: number, rounds = 0): StreamMessage => ({
  ...{ type: 'sweeping', sweep, axes: AXES },
  findings: rounds === 0 ? null : { ...FINDINGS, rounds },
});
const now = (sweep: number, changes: object = {}): StreamMessage => ({
  ...{
    type: 'sweepProgress',
    sweep,
    cell: 3,
    round: 2,
    rounds: 3,
    place: 2,
    cells: 4,
    leftNs: 5e9,
  },
  progress: { phase: 'repeating', repeat: 0, repeats: 1, tasksDone: 0, tasks: 12 },
  pace: CROWDED,
  ...changes,
});
const swept = (
  sweep: number,
  outcome: 'done' | 'stopped' | 'failed' = 'done',
  changes: Parameters<typeof entry>[2] = {},
): StreamMessage => ({
  ...{ type: 'swept', sweep, axes: AXES, outcome },
  recorded: {
    entry: entry('sweep', [sweep, sweep + 1, sweep + 2, sweep + 3], changes),
    machine: MACHINE,
    findings: FINDINGS,
  },
  failure: null,
});
const cellOf = (run: number, hasSpans = true) => {
  const recording = RECORDINGS[run - 1];
  if (recording === undefined) throw new Error(`there is no cell ${run}`);
  return { recorded: recordedOf(run, recording), hasSpans };
};
const still = { isExporting: false, isStarting: false };

describe('a sweep in the window', () => {
  it('is shown from its beginning on, fills, and stays once it has ended', () => {
    const begun = after(...wholeRun(5), sweeping(6));
    expect(sweepView(begun)).toMatchObject({ sweep: 6, findings: null, isRunning: true });
    const filled = [now(6), sweeping(6, 1)].reduce(receive, begun);
    expect(sweepView(filled)?.findings?.rounds).toBe(1);
    expect(statusOf(filled, still)).toBe('Sweep: round 2 of 3');
    const ended = receive(filled, swept(6));
    expect(ended).toMatchObject({ sweeping: null, sweepNow: null, sweep: 6 });
    expect(sweepView(ended)).toMatchObject({ isRunning: false, findings: FINDINGS });
    expect(statusOf(ended, still)).toBe('Sweep done: 4 cells, 3 rounds');
  });

  it('takes no message that is out of its turn', () => {
    const state = after(swept(1));
    expect(receive(state, now(1))).toBe(state);
    expect(receive(state, swept(1))).toBe(state);
    expect(receive(after(sweeping(1)), progressed(1, {})).progress).toBeNull();
  });

  it('gives way to a run that is looked at meanwhile, and is not shown again by its rounds', () => {
    const looking = select(after(...wholeRun(5), sweeping(6)), 5);
    expect(looking.sweep).toBeNull();
    expect(receive(looking, sweeping(6, 1)).sweep).toBeNull();
    expect(receive(looking, swept(6)).sweep).toBeNull();
    expect(selectSweep(looking, 6).sweep).toBe(6);
  });

  it('leaves nothing where no round of it was whole', () => {
    const none = { ...swept(1, 'stopped'), recorded: null } as StreamMessage;
    const state = after(sweeping(1), none);
    expect(state).toMatchObject({ sweep: null, sweeping: null, sweeps: [], entries: [] });
    expect(statusOf(state, still)).toBe('Sweep stopped: no round of it was completed');
  });

  it('is shown where it was opened, beside what is there', () => {
    const state = after(
      ...wholeRun(1),
      swept(2, 'done', { isOpened: true, file: 'mine.gilscope' }),
    );
    expect(state.sweep).toBe(2);
    expect(statusOf(state, still)).toBe('Opened mine.gilscope: a sweep of 4 cells, 3 rounds');
  });

  it('has its cells one by one, and knows of each that it is one', () => {
    const state = withCell(after(swept(1)), cellOf(3));
    expect(state.runs.map(({ run, outcome }) => [run, outcome])).toEqual([[3, 'done']]);
    expect(withCell(state, cellOf(3))).toBe(state);
    expect(withCell(state, cellOf(2)).runs.map(({ run }) => run)).toEqual([2, 3]);
    expect(withCell(state, cellOf(4, false)).runs.at(-1)?.hasSpans).toBe(false);
    expect(sweepWith(state.entries, 3)?.id).toBe(1);
    expect(sweepWith(after(...wholeRun(1)).entries, 1)).toBeUndefined();
  });

  it('is removed with its cells, and put back', () => {
    const state = select(withCell(after(...wholeRun(9), swept(1)), cellOf(3)), 3);
    const removed = receive(state, { type: 'removed', id: 1 });
    expect(removed).toMatchObject({ sweeps: [], sweep: null, selected: { run: 9 } });
    const restored = receive(removed, { type: 'restored', id: 1 });
    expect(restored.sweep).toBe(1);
    expect(restored.runs.map(({ run }) => run)).toEqual([3, 9]);
  });

  it('is listed among the runs, with the cells that were looked at', () => {
    const state = withCell(after(...wholeRun(9), swept(1), ...wholeRun(10)), cellOf(3));
    const listed = listedEntries(state, 'time');
    expect(listed.map(({ entry: { id }, runs }) => [id, runs.map(({ run }) => run)])).toEqual([
      [10, [10]],
      [9, [9]],
      [1, [3]],
    ]);
    expect(listedEntries(state, 'speed').map(({ entry: { id } }) => id)).toHaveLength(3);
  });

  it('is there again where the page is loaded again', () => {
    const told = [...wholeRun(9), swept(1), compared(20)];
    expect(replay([swept(1)], INITIAL_STATE).sweep).toBe(1);
    expect(replay([sweeping(1, 2)], INITIAL_STATE)).toMatchObject({ sweep: 1, sweeping: {} });
    expect(replay(told, selectSweep(after(...told), 1)).sweep).toBe(1);
    expect(replay(told, select(after(...told), 9)).sweep).toBeNull();
    expect(replay(wholeRun(9), selectSweep(after(...told), 1)).sweep).toBeNull();
  });
});

describe('the words about sweeps', () => {
  it('say what is combined', () => {
    expect(sweepTitle(AXES)).toBe('Sweep of threads 1, 2 × lock mode None, GIL held');
    expect(sweepTitle(smallAxes())).toBe('Sweep of one cell');
    const many = smallAxes({ threads: Array.from({ length: 64 }, (_, at) => at + 1) });
    expect(sweepTitle(many)).toBe('Sweep of threads 1 to 64');
    const sizes = smallAxes({ size: [1, 2, 4, 8, 16, 32, 64, 128, 4096] });
    expect(sweepTitle(sizes)).toBe('Sweep of matrix size 1 … 4,096 (9 values)');
    expect(cellName(AXES, smallRun({ threads: 2, lock: 'gil-held' }))).toBe(
      'threads 2, lock mode GIL held',
    );
  });

  it('say what gains the most', () => {
    expect(fastestText(AXES, FINDINGS.cells)).toMatch(
      /^Most is gained with threads 2, lock mode None: 1\.9\d× as fast as one thread \(/,
    );
    // What is surely gained goes before what only may be.
    const [first, second, ...rest] = FINDINGS.cells;
    if (first === undefined || second === undefined) throw new Error('there are four cells');
    const vague = { ...first, speedup: 90, speedupCi95: [0.5, 99] as const };
    expect(fastestText(AXES, [vague, second, ...rest])).toMatch(/threads 2, lock mode None: 1\.9/);
    const cells = FINDINGS.cells.map((cell) => ({ ...cell, speedup: null, speedupCi95: null }));
    expect(fastestText(AXES, cells)).toMatch(/^No speed-ups/);
  });

  it('say how far it is', () => {
    const message = now(1);
    if (message.type !== 'sweepProgress') throw new Error('it is news of a sweep');
    expect(fractionSwept(message)).toBeCloseTo(5 / 12, 12);
  });
});
