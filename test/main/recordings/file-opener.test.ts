import { describe, expect, it, vi } from 'vitest';
import { comparedParameters, VARIANTS } from '../../../src/experiment/variants.js';
import { smallRun } from '../../fixtures/parameters.js';
import { MACHINE, recordOf } from '../../fixtures/records.js';
import { smallAxes, sweepFile } from '../../fixtures/sweeps.js';
import { fileOf, sessionWith } from '../../fixtures/session.js';

vi.mock('electron', () => ({}));

const compared = Object.values(comparedParameters(smallRun())).map((parameters) =>
  recordOf({ parameters }),
);

describe('opening files', () => {
  it('makes entries like any other, under the session’s own numbers', async () => {
    const { session, opener, posted } = sessionWith({
      '/a.gilscope': fileOf(),
      '/b.gilscope': fileOf({ kind: 'comparison', recordings: compared, note: 'of the old pool' }),
    });
    await opener.open(['/a.gilscope', '/b.gilscope']);
    const entries = posted.flatMap((message) =>
      message.type === 'opened' ? [message.recorded.entry] : [],
    );
    expect(entries).toMatchObject([
      { id: 1, runs: [1], file: 'a.gilscope', isOpened: true, isSaved: true },
      { id: 2, runs: [2, 3, 4, 5], kind: 'comparison', note: 'of the old pool' },
    ]);
    expect(session.recording(5)).toBe(compared.at(-1));
    expect(session.number()).toBe(6);
    expect(session.isRunning).toBe(false);
  });

  it('makes a sweep one entry, whose cells have numbers of their own', async () => {
    const axes = smallAxes({ threads: [1, 2], repeats: [3] });
    const { session, opener, entries, posted, saved } = sessionWith({
      '/a.gilscope': fileOf(),
      '/s.gilscope': sweepFile(axes, { name: 'mine' }),
    });
    await opener.open(['/a.gilscope', '/s.gilscope']);
    const swept = posted.find(({ type }) => type === 'swept');
    expect(swept).toMatchObject({
      ...{ sweep: 2, axes, outcome: 'done' },
      recorded: {
        entry: { id: 2, kind: 'sweep', runs: [2, 3], name: 'mine', isOpened: true, isSaved: true },
        findings: { rounds: 3, cells: [{ cell: 1 }, { cell: 2 }] },
      },
    });
    expect(session.recording(3).number).toBe(2);
    entries.describe({ id: 2, name: 'mine', note: 'quiet' });
    await entries.save(2, false);
    expect(saved.get('/s.gilscope')).toMatchObject({ ...sweepFile(axes), note: 'quiet' });
  });

  it('numbers a part of a sweep by its cells', async () => {
    const axes = smallAxes({ threads: [1, 2], size: [8, 16], repeats: [2] });
    const whole = sweepFile(axes);
    const part = sweepFile(axes, {
      recordings: whole.recordings.slice(2),
      sweep: { ...whole.sweep, parts: [{ index: 2, count: 2 }] },
    });
    const { opener, posted, session } = sessionWith({ '/p.gilscope': part });
    await opener.open(['/p.gilscope']);
    const swept = posted.find(({ type }) => type === 'swept');
    expect(swept).toMatchObject({ sweep: 1, recorded: { entry: { id: 1, runs: [3, 4] } } });
    expect(session.number()).toBe(5);
  });

  it('says how far it is, and that it has ended', async () => {
    const { opener, posted } = sessionWith({ '/a.gilscope': fileOf() });
    await opener.open(['/a.gilscope']);
    const opening = posted.flatMap((message) =>
      message.type === 'opening' ? [message.opening?.share] : [],
    );
    expect(opening).toEqual([0, 0.5, undefined]);
  });

  it('says of each that cannot be opened why, in a line, and keeps nothing of it', async () => {
    const { session, opener, posted, recent } = sessionWith({ '/a.gilscope': fileOf() });
    const names = ['x\n<b>\u202e', ...Array.from({ length: 7 }, (_, at) => `none ${at}`)];
    await opener.open([...names.map((name) => `/${name}`), '/a.gilscope']);
    const failed = posted.find(({ type }) => type === 'failed');
    const lines = failed?.type === 'failed' ? failed.failure.message.split('\n') : [];
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBe('Cannot open /x <b> : none');
    expect(lines.at(-1)).toBe('… and 3 more');
    expect(posted.filter(({ type }) => type === 'opened')).toHaveLength(1);
    expect(session.number()).toBe(2);
    expect(recent.paths).toEqual(['/a.gilscope']);
  });

  it('waits for what is running, and is waited for', async () => {
    const { session, opener } = sessionWith({ '/a.gilscope': fileOf() });
    const opening = opener.open(['/a.gilscope']);
    expect(() => session.begin()).toThrow('A run is on');
    await opening;
    session.begin();
    await expect(opener.open(['/a.gilscope'])).rejects.toThrow('A run is on');
  });

  it('is stopped between files and within them', async () => {
    const { session, opener, posted } = sessionWith({ '/a.gilscope': fileOf() });
    const opening = opener.open(['/a.gilscope', '/a.gilscope']);
    session.stop();
    await opening;
    expect(posted.filter(({ type }) => type === 'opened')).toHaveLength(1);
    expect(posted.filter(({ type }) => type === 'failed')).toEqual([]);
  });

  it('takes whole paths alone of what is dropped', async () => {
    const { opener } = sessionWith();
    await expect(opener.openDropped([])).rejects.toThrow('no file of this system');
    await expect(opener.openDropped(['a.gilscope'])).rejects.toThrow('no whole path');
  });

  it('opens a recent file, and none that another has taken the place of', async () => {
    const { opener, recent, posted } = sessionWith({ '/a.gilscope': fileOf() });
    recent.add('/b/a.gilscope');
    recent.add('/a.gilscope');
    expect(recent.names).toEqual(['a.gilscope (/)', 'a.gilscope (/b)']);
    await opener.openRecent({ place: 0, file: 'a.gilscope (/)' });
    expect(posted.some(({ type }) => type === 'opened')).toBe(true);
    await expect(opener.openRecent({ place: 1, file: 'a.gilscope (/)' })).rejects.toThrow(
      'changed',
    );
    await opener.openRecent({ place: 1, file: 'a.gilscope (/b)' });
    expect(recent.names).toEqual(['a.gilscope']);
  });

  it('shows no text of a file that turns or hides what is around it', async () => {
    const recording = recordOf({ machine: { ...MACHINE, cpu: 'A\u202eB\nC' } });
    const file = fileOf({ recordings: [recording], name: 'n\u0007\u202e', note: 'x\r\ny\u001b' });
    const { opener, posted } = sessionWith({ '/a.gilscope': file });
    await opener.open(['/a.gilscope']);
    const opened = posted.find(({ type }) => type === 'opened');
    expect(opened).toMatchObject({
      recorded: {
        entry: { name: 'n', note: 'x\ny' },
        recordings: [{ about: { machine: { cpu: 'A B C' } } }],
      },
    });
  });
});

it('a comparison has as many recordings as there are variants', () => {
  expect(compared).toHaveLength(VARIANTS.length);
});
