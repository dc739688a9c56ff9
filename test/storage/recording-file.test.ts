import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentRecording } from '../../src/experiment/recording.js';
import { reportOf } from '../../src/experiment/report.js';
import { spanCsv } from '../../src/formats/span-csv.js';
import { speedscopeFile } from '../../src/formats/speedscope.js';
import { taskCsv } from '../../src/formats/task-csv.js';
import { traceEvents } from '../../src/formats/trace-events.js';
import {
  openRecordings,
  recordingBytes,
  type ExperimentFile,
} from '../../src/storage/recording-file.js';
import { ABOUT, gathered } from '../fixtures/archives.js';
import { anyNestedRecord, recordWith } from '../fixtures/nested-records.js';
import { recordOf } from '../fixtures/records.js';

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gilscope-test-'));
  path = join(folder, 'saved.gilscope');
});
afterAll(() => rm(folder, { recursive: true }));

/** What test/storage/golden/recording-1.gilscope was made of. */
const GOLDEN = recordWith(
  2,
  [
    [
      { lane: 0, kind: 'hold', task: 0, startNs: 5, endNs: 9 },
      { lane: 0, kind: 'task', task: 0, startNs: 0, endNs: 2 ** 33 },
      { lane: 1, kind: 'wait', task: 1, startNs: 0, endNs: 4 },
    ],
  ],
  { lock: 'gil-held', matrices: 2 },
);

async function save(recordings: readonly ExperimentRecording[]): Promise<Uint8Array> {
  const bytes = await gathered(recordingBytes({ recordings, ...ABOUT }));
  await writeFile(path, bytes);
  return bytes;
}

async function saveAndOpen(recordings: readonly ExperimentRecording[]): Promise<ExperimentFile> {
  await save(recordings);
  return openExperiments(path);
}

async function openExperiments(file: string): Promise<ExperimentFile> {
  const opened = await openRecordings(file);
  if (opened.kind === 'process' || opened.kind === 'python-comparison') {
    throw new Error('it is of no experiment');
  }
  return opened;
}

/** All texts that are made from recordings. */
function exportsOf(recordings: readonly ExperimentRecording[]): string[] {
  return [
    ...[taskCsv, spanCsv, traceEvents, speedscopeFile].map((write) =>
      [...write(recordings)].join(''),
    ),
    JSON.stringify(recordings.map(reportOf)),
  ];
}

describe('a saved recording', () => {
  it('is what it was when it is opened', async () => {
    const recordings = [recordOf({ run: 3, waitNs: 25, capped: 3, keptUntilNs: 900, dropped: 2 })];
    const opened = await saveAndOpen(recordings);
    expect(opened).toMatchObject(ABOUT);
    expect(exportsOf(opened.recordings)).toEqual(exportsOf(recordings));
  });

  it('has the same exports, byte for byte, whatever its spans', async () => {
    await fc.assert(
      fc.asyncProperty(anyNestedRecord, async ({ record }) => {
        const { recordings } = await saveAndOpen([record]);
        expect(exportsOf(recordings)).toEqual(exportsOf([record]));
      }),
      { numRuns: 30 },
    );
  });

  it('keeps results that are no numbers, and times beyond 32 bits', async () => {
    const record = recordOf({ walls: [2 ** 40] });
    record.source.results.eigenvalue.set([NaN, Infinity, -Infinity, -0]);
    record.repeats[0]?.timings.endNs.set([2 ** 40 - 1]);
    const { recordings } = await saveAndOpen([record]);
    expect(exportsOf(recordings)).toEqual(exportsOf([record]));
    expect(Object.is(recordings[0]?.source.results.eigenvalue[3], -0)).toBe(true);
  });

  it('is the same file whenever it is saved', async () => {
    const record = recordOf();
    expect(await save([record])).toEqual(await save([record]));
  });
});

describe('a file of an earlier Gilscope', () => {
  it('opens as it did when it was written', async () => {
    const { recordings, ...about } = await openExperiments(
      'test/storage/golden/recording-1.gilscope',
    );
    // It had no name yet.
    expect(about).toEqual({ ...ABOUT, name: undefined });
    expect(exportsOf(recordings)).toEqual(exportsOf([GOLDEN]));
  });
});

describe('what is no recording', () => {
  it('is refused in a line that names the file', async () => {
    const bytes = await save([recordOf()]);
    const middle = Math.floor(bytes.length / 2);
    // Well inside the first file that is read.
    const inside = Buffer.from(bytes).indexOf('recording.json') + 60;
    const files = {
      empty: new Uint8Array(),
      text: Buffer.from('run,repeat\n'),
      cut: bytes.subarray(0, middle),
      damaged: Uint8Array.from(bytes, (byte, at) => (at === inside ? byte ^ 1 : byte)),
    };
    for (const content of Object.values(files)) {
      await writeFile(path, content);
      const opening = openExperiments(path);
      await expect(opening).rejects.toThrow(`cannot open ${path}: `);
      await expect(opening).rejects.not.toThrow(/\n/);
    }
    await expect(openExperiments(folder)).rejects.toThrow('it is no regular file');
    await expect(openExperiments(join(folder, 'gone'))).rejects.toThrow('no such file');
  });
});
