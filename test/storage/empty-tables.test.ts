import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writePieces } from '../../src/files/files.js';
import { openSweep, recordingBytes } from '../../src/storage/recording-file.js';
import { smallAxes, sweepFile } from '../fixtures/sweeps.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

let folder: string;
eachInFolder((made) => {
  folder = made;
});

it('opens the cells of a sweep of which no spans are kept, one after the other', async () => {
  const file = sweepFile(smallAxes({ threads: [1, 2], lock: ['none', 'gil-held'], repeats: [2] }));
  const recordings = file.recordings.map((recording) => ({
    ...recording,
    repeats: recording.repeats.map((repeat) => ({
      ...repeat,
      spanCounts: repeat.spanCounts.map(() => ({ kept: 0, dropped: 7 })),
      spans: [],
    })),
  }));
  const path = join(folder, 'without-spans.gilscope');
  await writePieces(path, recordingBytes({ ...file, recordings }));
  const opened = await openSweep(path);
  expect(opened.recordings.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  expect(opened.recordings.map(({ repeats }) => repeats.length)).toEqual([2, 2, 2, 2]);
});
