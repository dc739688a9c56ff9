import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { exportSpans } from '../../../src/main/runs/export-spans.js';
import { recordWith } from '../../fixtures/nested-records.js';
import { eachInFolder } from '../../fixtures/temporary-folder.js';
import { span } from '../../fixtures/timelines.js';

const desktop = vi.hoisted(() => ({ folder: '', response: 0, questions: [] as string[] }));

vi.mock('electron', () => ({
  app: { getPath: () => desktop.folder },
  BrowserWindow: { getFocusedWindow: () => null, getAllWindows: () => [] },
  dialog: {
    showSaveDialog: ({ defaultPath }: { defaultPath: string }) =>
      Promise.resolve({ canceled: false, filePath: defaultPath }),
    showMessageBox: ({ message }: { message: string }) => {
      desktop.questions.push(message);
      return Promise.resolve({ response: desktop.response });
    },
  },
}));
vi.mock('../../../src/formats/viewer-limits.js', () => ({
  viewerCaution: (format: string, _: unknown, part: { range: unknown }) =>
    format === 'speedscope' && part.range === null ? 'The file is too large' : null,
}));

eachInFolder((folder) => {
  desktop.folder = folder;
});

beforeEach(() => {
  desktop.questions = [];
});

const RECORD = recordWith(1, [[span(0, 'compute', 5, 9, 0), span(0, 'task', 0, 9, 0)]]);
const WHOLE = { repeat: null, range: null };

describe('a file that its viewer cannot open', () => {
  it('is written where the user says so, and else not', async () => {
    desktop.response = 1;
    expect(await exportSpans(RECORD, 'speedscope', WHOLE)).toEqual({ status: 'cancelled' });
    expect(readdirSync(desktop.folder)).toEqual([]);
    desktop.response = 0;
    expect(await exportSpans(RECORD, 'speedscope', WHOLE)).toMatchObject({ status: 'saved' });
    expect(desktop.questions).toEqual(['The file is too large.', 'The file is too large.']);
    expect(readdirSync(desktop.folder)).toEqual([expect.stringMatching(/\.speedscope\.json$/)]);
  });

  it('is not asked about where a part of it can be opened, nor in other formats', async () => {
    const part = { repeat: 0, range: { startNs: 6, endNs: 8 } };
    await exportSpans(RECORD, 'speedscope', part);
    await exportSpans(RECORD, 'trace', part);
    await exportSpans(RECORD, 'csv', part);
    expect(desktop.questions).toEqual([]);
    const names = readdirSync(desktop.folder).sort();
    expect(names.map((name) => /(?:-spans|-trace|\.speedscope)\.\w+$/.exec(name)?.[0])).toEqual([
      '-spans.csv',
      '-trace.json',
      '.speedscope.json',
    ]);
    const csv = readFileSync(join(desktop.folder, names[0] ?? ''), 'utf8');
    expect(csv.split('\r\n').slice(1)).toEqual(['1,0,0,task,0,6,8', '1,0,0,compute,0,6,8', '']);
  });
});

it('spans that are no longer kept are not written as none', async () => {
  const repeats = RECORD.repeats.map((repeat) => ({ ...repeat, spans: [] }));
  await expect(exportSpans({ ...RECORD, repeats }, 'csv', WHOLE)).rejects.toThrow(
    'The spans of run 1 were let go to save memory: run it again.',
  );
  expect(readdirSync(desktop.folder)).toEqual([]);
});
