import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { fileTasks } from '../../../src/main/recordings/file-tasks.js';
import { encodeSpans } from '../../../src/recording/spans.js';
import { recordOf } from '../../fixtures/records.js';
import { smallAxes, sweepFile } from '../../fixtures/sweeps.js';
import { fileOf } from '../../fixtures/session.js';
import { eachInFolder } from '../../fixtures/temporary-folder.js';

vi.mock('electron', () => ({}));

/** `npm run build` makes it. */
const tasks = fileTasks(pathToFileURL(resolve('out/main/file-worker.js')));
const never = new AbortController().signal;
const spans = [{ lane: 1, kind: 'compute', task: 0, startNs: 2, endNs: 9 }] as const;

let folder: string;
eachInFolder((made) => {
  folder = made;
});

/** A file with the spans of its repeats, of which there are so many. */
function fileWith(count: number) {
  const record = recordOf();
  const words = encodeSpans(
    Array.from({ length: count }, (_, at) => ({ ...spans[0], startNs: 9 * at, endNs: 9 * at + 9 })),
  );
  const repeats = record.repeats.map((repeat) => ({
    ...repeat,
    spanCounts: repeat.spanCounts.map(() => ({ kept: count, dropped: 0 })),
    spans: [words],
  }));
  return fileOf({ recordings: [{ ...record, repeats }], name: 'n', note: 'of two\nlines' });
}

describe('the thread for files', () => {
  it('saves what it opens again, with the figures that are told', async () => {
    const path = join(folder, 'a.gilscope');
    const file = fileWith(10);
    await tasks.save(path, file, never);
    const { file: read, recorded } = await tasks.open(path, never, () => undefined);
    expect(read).toMatchObject({ kind: 'run', name: 'n', note: 'of two\nlines' });
    const [before, now] = [file.recordings[0], read.recordings[0]];
    expect(now.repeats.map((repeat) => repeat.spans[0])).toEqual(
      before?.repeats.map((repeat) => repeat.spans[0]),
    );
    expect(recorded).toMatchObject([{ repeats: [{ spans: 20 }, { spans: 20 }] }]);
  });

  it('opens a sweep with what it found, and refuses one of which no round is whole', async () => {
    const axes = smallAxes({ threads: [1, 2], repeats: [2] });
    const path = join(folder, 's.gilscope');
    await tasks.save(path, sweepFile(axes), never);
    const { file, recorded, findings } = await tasks.open(path, never, () => undefined);
    expect(file.recordings).toHaveLength(2);
    expect(recorded).toEqual([]);
    expect(findings).toMatchObject({ rounds: 2, cells: [{ speedup: 1 }, { cell: 2 }] });
    await tasks.save(path, sweepFile(axes, { recordings: [] }), never);
    await expect(tasks.open(path, never, () => undefined)).rejects.toThrow(
      's.gilscope: no round of its sweep is whole; go on with it: gilscope sweep --resume',
    );
  });

  it('says how much is unpacked, never less than before', async () => {
    const path = join(folder, 'a.gilscope');
    await tasks.save(path, fileWith(200_000), never);
    const shares: number[] = [];
    await tasks.open(path, never, (share) => shares.push(share));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.every((share) => share > 0 && share <= 1)).toBe(true);
  });

  it('names the file and the reason where it cannot be read or written', async () => {
    const none = join(folder, 'none.gilscope');
    await expect(tasks.open(none, never, () => undefined)).rejects.toThrow(
      `cannot open ${none}: no such file or directory (ENOENT)`,
    );
    const nowhere = join(folder, 'none', 'a.gilscope');
    await expect(tasks.save(nowhere, fileWith(1), never)).rejects.toThrow(
      `cannot write ${nowhere}`,
    );
  });

  it('gives up reading, and writing without leaving a part', async () => {
    const path = join(folder, 'a.gilscope');
    writeFileSync(path, 'old');
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(tasks.open(path, stopped, () => undefined)).rejects.toThrow('stopped');
    await expect(tasks.save(path, fileWith(200_000), stopped)).rejects.toThrow('stopped');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.gilscope']);
    expect(existsSync(path)).toBe(true);
  });
});
