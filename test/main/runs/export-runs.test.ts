import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { exportRuns } from '../../../src/main/runs/export-runs.js';
import { comparedParameters } from '../../../src/experiment/variants.js';
import { TEXT_FORMATS, type TextFormatId } from '../../../src/formats/registry.js';
import { ALL_SPANS } from '../../../src/formats/span-part.js';
import { findingsOf } from '../../../src/cli/findings.js';
import { recordWith } from '../../fixtures/nested-records.js';
import { eachInFolder } from '../../fixtures/temporary-folder.js';
import { smallRun } from '../../fixtures/parameters.js';
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

const OWN_SPANS = [span(0, 'compute', 5, 9, 0), span(0, 'task', 0, 9, 0)];
const RECORD = recordWith(1, [OWN_SPANS]);
const WHOLE = ALL_SPANS;

describe('a file that its viewer cannot open', () => {
  it('is written where the user says so, and else not', async () => {
    desktop.response = 1;
    expect(await exportRuns([RECORD], 'speedscope', WHOLE)).toEqual({ status: 'cancelled' });
    expect(readdirSync(desktop.folder)).toEqual([]);
    desktop.response = 0;
    expect(await exportRuns([RECORD], 'speedscope', WHOLE)).toMatchObject({ status: 'saved' });
    expect(desktop.questions).toEqual(['The file is too large.', 'The file is too large.']);
    expect(readdirSync(desktop.folder)).toEqual([expect.stringMatching(/\.speedscope\.json$/)]);
  });

  it('is not asked about where a part of it can be opened, nor in other formats', async () => {
    const part = { repeat: 0, range: { startNs: 6, endNs: 8 } };
    await exportRuns([RECORD], 'speedscope', part);
    await exportRuns([RECORD], 'trace', part);
    await exportRuns([RECORD], 'spans', part);
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
  await expect(exportRuns([{ ...RECORD, repeats }], 'spans', WHOLE)).rejects.toThrow(
    'The spans were let go to save memory: run it again',
  );
  expect(readdirSync(desktop.folder)).toEqual([]);
});

describe('what the window exports', () => {
  const file = { created: '2026-11-30T12:00:00.000Z', note: '', version: '0.1.0' };
  const parameters = Object.values(comparedParameters(smallRun({ threads: 2 })));
  const compared = parameters.map((own, index) => ({
    ...recordWith(2, [OWN_SPANS], own),
    number: index + 1,
  }));

  /** What the command line writes of the same recordings, as text. */
  async function fromCommandLine(recordings: typeof compared, format: TextFormatId) {
    const kind = recordings.length === 1 ? 'run' : 'comparison';
    const { exports } = findingsOf({ ...file, kind, recordings }, ALL_SPANS);
    const pieces = [];
    for await (const piece of exports[format]?.pieces() ?? []) pieces.push(piece.toString());
    return exports[format] === undefined ? undefined : pieces.join('');
  }

  it.each(TEXT_FORMATS)('of a comparison as %s is what the command line does', async (format) => {
    const result = await exportRuns(compared, format, WHOLE);
    expect(result.status).toBe('saved');
    const [name = ''] = readdirSync(desktop.folder);
    expect(name).toContain('-comparison-');
    const text = await fromCommandLine(compared, format);
    expect(text?.length).toBeGreaterThan(0);
    expect(readFileSync(join(desktop.folder, name), 'utf8')).toBe(text);
  });

  it.each(TEXT_FORMATS)('of a run as %s is what the command line does', async (format) => {
    const [, , run] = compared;
    const runs = run === undefined ? [] : [run];
    const text = await fromCommandLine(runs, format);
    if (text === undefined) {
      await expect(exportRuns(runs, format, WHOLE)).rejects.toThrow(
        'There is no table of it to export.',
      );
      expect(readdirSync(desktop.folder)).toEqual([]);
    } else {
      await exportRuns(runs, format, WHOLE);
      const [name = ''] = readdirSync(desktop.folder);
      expect(readFileSync(join(desktop.folder, name), 'utf8')).toBe(text);
    }
  });

  it('says how many rows a table of tasks has', async () => {
    expect(await exportRuns(compared, 'csv', WHOLE)).toMatchObject({ rows: 4 * 12 });
    expect(await exportRuns(compared, 'spans', WHOLE)).toMatchObject({ rows: null });
  });
});
