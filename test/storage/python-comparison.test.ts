import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writePieces } from '../../src/files/files.js';
import {
  openRecordings,
  recordingBytes,
  type PythonComparisonFile,
} from '../../src/storage/recording-file.js';
import { pythonComparisonFile } from '../fixtures/python-comparisons.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

let path: string;
eachInFolder((folder) => {
  path = join(folder, 'beside.gilscope');
});

async function saveAndOpen(file: PythonComparisonFile) {
  const pieces: Uint8Array[] = [];
  for await (const piece of recordingBytes(file)) pieces.push(piece);
  await writePieces(path, pieces);
  return openRecordings(path);
}

describe('a saved comparison with a Python', () => {
  it('is what it was when it is opened, also of a program without a span', async () => {
    const file = pythonComparisonFile();
    const opened = await saveAndOpen(file);
    expect(opened).toMatchObject({ kind: 'python-comparison', python: file.python });
    expect(opened.recordings.map(({ number, description }) => [number, description])).toEqual(
      file.recordings.map(({ number, description }) => [number, description]),
    );
  });

  const file = pythonComparisonFile();
  const { python, recordings } = file;
  it.each<[string, Partial<PythonComparisonFile>, string]>([
    ['lacks a recording', { recordings: recordings.slice(0, 4) }, 'of 4 recordings'],
    [
      'has a program in the place of a run',
      { recordings: recordings.toReversed() },
      'Expected "experiment"',
    ],
    [
      'lacks one of the four',
      { python: { ...python, own: ['serial'], recorded: [] }, recordings: recordings.slice(0, 1) },
      'a comparison of 1 recordings',
    ],
    [
      'has no times',
      { python: { ...python, times: [{ ...python.times[0], wallsNs: [] }] } as never },
      'what was measured in a Python',
    ],
    [
      'has times of what there is not',
      { python: { ...python, times: [{ ...python.times[0], variant: 'magic' }] } as never },
      'what was measured in a Python',
    ],
    ['has nothing of a Python', { python: undefined } as never, 'what was measured in a Python'],
  ])('is refused in a line where it %s', async (_, changes, reason) => {
    const opening = saveAndOpen({ ...file, ...changes });
    await expect(opening).rejects.toThrow(reason);
    await expect(opening).rejects.toThrow(/^cannot open .*beside\.gilscope: [^\n]+$/);
  });
});
