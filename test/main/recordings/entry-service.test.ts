import { beforeEach, describe, expect, it, vi } from 'vitest';
import { newEntry } from '../../../src/main/recordings/entries.js';
import { recordOf } from '../../fixtures/records.js';
import { encodeSpans } from '../../../src/recording/spans.js';
import { pythonComparisonFile } from '../../fixtures/python-comparisons.js';
import type { AnyRecording } from '../../../src/storage/recording-file.js';
import { fileOf, sessionWith } from '../../fixtures/session.js';

const desktop = vi.hoisted(() => ({
  path: '',
  response: 2,
  questions: [] as string[],
  proposals: [] as string[],
}));

vi.mock('electron', () => ({
  app: { getPath: () => '/documents' },
  BrowserWindow: { getFocusedWindow: () => null, getAllWindows: () => [] },
  dialog: {
    showSaveDialog: ({ defaultPath }: { defaultPath: string }) => {
      desktop.proposals.push(defaultPath);
      return Promise.resolve({ canceled: desktop.path === '', filePath: desktop.path });
    },
    showMessageBox: ({ message }: { message: string }) => {
      desktop.questions.push(message);
      return Promise.resolve({ response: desktop.response });
    },
  },
}));

const [SAVE, DISCARD, CANCEL] = [0, 1, 2];

beforeEach(() => {
  Object.assign(desktop, {
    path: '/saved.gilscope',
    response: CANCEL,
    questions: [],
    proposals: [],
  });
});

const span = encodeSpans([{ lane: 0, kind: 'task', task: 0, startNs: 0, endNs: 9 }]);

/** A session with a run of so many ns, and its entry. */
function withRun(wallNs = 1e9, hasSpans = true) {
  const world = sessionWith();
  const record = recordOf({ walls: [wallNs] });
  const spans = hasSpans ? [span] : [];
  const repeats = record.repeats.map((repeat) => ({ ...repeat, spans }));
  world.session.number();
  world.list.add(newEntry('run', [1], new Date('2026-11-30T12:00:00Z')), null, wallNs);
  world.session.keep(1, { ...record, repeats });
  return world;
}

describe('saving', () => {
  it('keeps what was measured in a Python beside a comparison', async () => {
    const { entries, list, session, saved } = sessionWith();
    const { recordings, python } = pythonComparisonFile();
    const first = session.number(recordings.length);
    const runs = recordings.map((_, place) => first + place);
    list.add(newEntry('comparison', runs, new Date('2026-11-30T12:00:00Z')), null, 1e9, { python });
    for (const [place, recording] of recordings.entries()) {
      const repeats = recording.repeats.map((repeat) => ({ ...repeat, spans: [span] }));
      session.keep(first + place, { ...recording, repeats } as AnyRecording);
    }
    await entries.save(first, false);
    expect(saved.get('/saved.gilscope')).toMatchObject({ kind: 'python-comparison', python });
    expect(saved.get('/saved.gilscope')?.recordings).toHaveLength(recordings.length);
  });

  it('asks where to once, and then remembers the file', async () => {
    const { entries, list, recent, saved } = withRun();
    expect(await entries.save(1, false)).toEqual({ status: 'saved', path: '/saved.gilscope' });
    expect(list.of(1)).toMatchObject({
      path: '/saved.gilscope',
      entry: { file: 'saved.gilscope', isSaved: true },
    });
    expect(saved.get('/saved.gilscope')).toMatchObject({
      kind: 'run',
      created: '2026-11-30T12:00:00.000Z',
    });
    entries.describe({ id: 1, name: 'the first', note: 'of two' });
    expect(list.of(1).entry.isSaved).toBe(false);
    await entries.save(1, false);
    expect(desktop.proposals).toHaveLength(1);
    expect(saved.get('/saved.gilscope')).toMatchObject({ name: 'the first', note: 'of two' });
    desktop.path = '/other.gilscope';
    await entries.save(1, true);
    expect(desktop.proposals[1]).toMatch(/^\/gilscope-.*-the-first\.gilscope$/);
    expect(recent.paths).toEqual(['/other.gilscope', '/saved.gilscope']);
  });

  it('changes nothing where the user would not, or the system refuses', async () => {
    const { entries, list } = withRun();
    desktop.path = '';
    expect(await entries.save(1, false)).toEqual({ status: 'cancelled' });
    desktop.path = '/full/a.gilscope';
    await expect(entries.save(1, false)).rejects.toThrow('cannot write /full/a.gilscope: full');
    expect(list.of(1)).toMatchObject({ path: null, entry: { file: null, isSaved: false } });
  });

  it('says where spans are no longer kept', async () => {
    const { entries } = withRun(1e9, false);
    await expect(entries.save(1, false)).rejects.toThrow('The spans of run 1 were let go');
  });

  it('keeps the note and the name of what was opened', async () => {
    const { opener, entries, saved } = sessionWith({
      '/a.gilscope': fileOf({
        name: 'old',
        recordings: [{ ...recordOf(), repeats: recordOf({ spans: [] }).repeats }],
      }),
    });
    await opener.open(['/a.gilscope']);
    entries.describe({ id: 1, name: 'new', note: '' });
    await entries.save(1, false);
    expect(desktop.proposals).toEqual([]);
    expect(saved.get('/a.gilscope')).toMatchObject({ name: 'new', created: fileOf().created });
  });
});

describe('removing', () => {
  it('asks nothing of a short run, which can be put back', async () => {
    const { entries, list, posted } = withRun(59e9);
    expect(await entries.remove(1)).toEqual({ status: 'removed' });
    expect(() => list.of(1)).toThrow('no entry 1');
    entries.restore();
    expect(list.of(1).entry.id).toBe(1);
    expect(() => {
      entries.restore();
    }).toThrow('Nothing was removed');
    expect(posted.map(({ type }) => type)).toEqual(['removed', 'restored']);
    expect(desktop.questions).toEqual([]);
  });

  it.each([
    [SAVE, 'removed', true],
    [DISCARD, 'removed', false],
    [CANCEL, 'cancelled', false],
  ])('asks before a run over a minute is lost; answer %i', async (response, status, isSaved) => {
    const { entries, saved } = withRun(61e9);
    desktop.response = response;
    expect(await entries.remove(1)).toEqual({ status });
    expect(desktop.questions).toEqual(['Save run 1 before you remove it?']);
    expect(saved.size > 0).toBe(isSaved);
  });

  it('removes nothing where what was to be saved is not', async () => {
    const { entries, list } = withRun(61e9);
    desktop.response = SAVE;
    desktop.path = '';
    expect(await entries.remove(1)).toEqual({ status: 'cancelled' });
    expect(list.of(1).entry.isSaved).toBe(false);
  });
});

describe('quitting', () => {
  it('asks once about all that would be lost, and not about what is saved or removed', async () => {
    const { entries, list } = withRun(61e9);
    const at = new Date();
    list.add(newEntry('comparison', [2, 3, 4, 5], at), null, 1e9);
    list.add(newEntry('run', [6], at), null, 5e9);
    list.add({ ...newEntry('run', [7], at), isSaved: true }, '/x.gilscope', 99e9);
    list.add(newEntry('run', [8], at), null, 99e9);
    list.remove(8);
    expect(await entries.mayQuit()).toBe(false);
    desktop.response = DISCARD;
    expect(await entries.mayQuit()).toBe(true);
    expect(desktop.questions).toEqual(new Array(2).fill('Save 2 recordings before you quit?'));
  });

  it('goes on at once where there is nothing to lose', async () => {
    const { entries } = withRun(1e9);
    expect(entries.hasUnsavedWork).toBe(false);
    expect(await entries.mayQuit()).toBe(true);
    expect(desktop.questions).toEqual([]);
  });
});
