import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spanCsv } from '../../src/formats/span-csv.js';
import { speedscopeFile } from '../../src/formats/speedscope.js';
import { traceEvents } from '../../src/formats/trace-events.js';
import { processFindings } from '../../src/process/report.js';
import type { ProcessRecording } from '../../src/process/recording.js';
import { NO_LABEL } from '../../src/recording/spans.js';
import { openRecordings, recordingBytes } from '../../src/storage/recording-file.js';
import { ABOUT, gathered } from '../fixtures/archives.js';
import { functionLabel, programOf } from '../fixtures/programs.js';
import { span } from '../fixtures/timelines.js';

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gilscope-test-'));
  path = join(folder, 'saved.gilscope');
});
afterAll(() => rm(folder, { recursive: true }));

/** Functions of one name, on which lists of words stumble, and threads of one name. */
const PROGRAM = programOf({
  labels: [
    functionLabel('run'),
    { ...functionLabel('run'), line: 20 },
    { name: '', file: null, line: null },
  ],
  threads: [{ name: 'worker' }, { name: 'worker', native: true, lock: null }],
  spans: [
    span(0, 'hold', 0, 2 ** 33, 1),
    span(0, 'sleep', 2 ** 33, 2 ** 34, NO_LABEL),
    span(1, 'compute', 3, 9, 0),
    span(1, 'blocked', 9, 12, 2),
  ],
  source: { hotLines: [12, null, null], hiddenHandoffs: 3 },
});

async function saveAndOpen(recording: ProcessRecording): Promise<ProcessRecording> {
  const saved = { ...ABOUT, kind: 'process', recordings: [recording] } as const;
  await writeFile(path, await gathered(recordingBytes(saved)));
  const opened = await openRecordings(path);
  if (opened.kind !== 'process') throw new Error(`it is a ${opened.kind}`);
  return opened.recordings[0];
}

describe('the saved recording of a program', () => {
  it('is what it was when it is opened', async () => {
    const opened = await saveAndOpen(PROGRAM);
    expect(opened).toEqual(PROGRAM);
    for (const write of [spanCsv, traceEvents, speedscopeFile]) {
      expect([...write([opened])].join('')).toBe([...write([PROGRAM])].join(''));
    }
    expect(processFindings(opened)).toEqual(processFindings(PROGRAM));
  });

  it('is refused where its threads are not its lanes', async () => {
    const wrong = { ...PROGRAM, source: { ...PROGRAM.source, threads: [] } };
    await expect(saveAndOpen(wrong)).rejects.toThrow('its lanes are not its threads');
  });

  it('is refused where a label is not in its table', async () => {
    const wrong = { ...PROGRAM, labels: PROGRAM.labels?.slice(0, 1) ?? [] };
    await expect(saveAndOpen(wrong)).rejects.toThrow('label_index');
  });
});
