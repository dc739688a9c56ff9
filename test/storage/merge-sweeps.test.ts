import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectGarbage } from '../../src/engine/garbage.js';
import { mergeSweeps } from '../../src/storage/merge-sweeps.js';
import { openSweep, recordingBytes } from '../../src/storage/recording-file.js';
import type { Span } from '../../src/recording/spans.js';
import { sweepJson } from '../../src/sweep/saved-sweep.js';
import { portionOf } from '../../src/sweep/shards.js';
import { ABOUT, archiveOf, gathered, wholeFiles } from '../fixtures/archives.js';
import { MACHINE, recordOf } from '../fixtures/records.js';
import { smallPlan } from '../fixtures/sweeps.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gilscope-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Four cells on one thread. */
const PLAN = smallPlan({ size: [8, 16], lock: ['none', 'gil-held'], repeats: [1000] });

/** What a part has in each cell, by the part's number. */
function spansOf(index: number, count: number): Span[] {
  return Array.from({ length: count }, (_, place) => ({
    lane: 0,
    kind: 'compute',
    task: place % 12,
    startNs: 100 * place + index,
    endNs: 100 * place + 90,
  }));
}

/** A part of many, which has one round of each cell. */
function partOf(index: number, spans: number) {
  const shard = { index, count: 1000 };
  const recordings = portionOf(PLAN, shard).cells.map(({ cell, parameters }) =>
    recordOf({
      run: cell,
      parameters: { ...parameters, repeats: 1 },
      walls: [1000 * cell + index],
      spans: spansOf(index, spans),
    }),
  );
  const sweep = { plan: PLAN, parts: [shard] };
  return { ...ABOUT, kind: 'sweep', recordings, machine: MACHINE, sweep } as const;
}

async function writePart(index: number, spans: number): Promise<string> {
  const path = join(folder, `part-${index}.gilscope`);
  await writeFile(path, await gathered(recordingBytes(partOf(index, spans))));
  return path;
}

function writeParts(count: number, spans: number): Promise<string[]> {
  return Promise.all(Array.from({ length: count }, (_, place) => writePart(place + 1, spans)));
}

/** What is alive in memory, in bytes. */
async function liveBytes(): Promise<number> {
  // Buffers that the first collection finds dead are given back beside what follows.
  collectGarbage();
  await setImmediate();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe('a sweep that is merged from files', () => {
  it.each([1, 2 ** 26])(
    'has all that is in them, read in batches of %i bytes',
    async (batchBytes) => {
      const paths = await writeParts(5, 40);
      const merged = await mergeSweeps(paths.reverse(), { batchBytes });
      expect(merged).toMatchObject({ runs: 4, machines: 1, repeats: 20 });
      const path = join(folder, 'whole.gilscope');
      await writeFile(path, await gathered(merged.bytes()));
      const { recordings, sweep } = await openSweep(path);
      expect(sweep.parts.map(({ index }) => index)).toEqual([5, 4, 3, 2, 1]);
      expect(recordings).toEqual(
        portionOf(PLAN, { index: 1, count: 1000 }).cells.map(({ cell, parameters }) => {
          const parts = [1, 2, 3, 4, 5];
          const walls = parts.map((index) => 1000 * cell + index);
          const whole = recordOf({ run: cell, parameters: { ...parameters, repeats: 5 }, walls });
          const repeats = whole.repeats.map((repeat, place) => ({
            ...repeat,
            spans: recordOf({ walls: [0], spans: spansOf(place + 1, 40) }).repeats[0]?.spans,
          }));
          return { ...whole, repeats };
        }),
      );
    },
  );

  it('may be merged with further parts', async () => {
    const [first = '', second = '', third = ''] = await writeParts(3, 4);
    const half = join(folder, 'half.gilscope');
    await writeFile(half, await gathered((await mergeSweeps([first, third])).bytes()));
    const merged = await mergeSweeps([half, second]);
    const path = join(folder, 'whole.gilscope');
    await writeFile(path, await gathered(merged.bytes()));
    const { recordings } = await openSweep(path);
    const walls = recordings[0]?.repeats.map(({ wallNs }) => wallNs);
    expect(walls?.sort()).toEqual([1001, 1002, 1003]);
  });
});

describe('memory while parts are merged', () => {
  const SPANS = 2000;
  /** Of a part's four cells. */
  const TABLE_BYTES = 4 * 24 * SPANS;

  it('has of a part what it says of itself, and not its tables', async () => {
    const paths = await writeParts(24, SPANS);
    await mergeSweeps(paths);
    const before = await liveBytes();
    const few = await mergeSweeps(paths.slice(0, 4));
    const withFew = (await liveBytes()) - before;
    const many = await mergeSweeps(paths);
    const withMany = (await liveBytes()) - before - withFew;
    expect(few.repeats + many.repeats).toBe(4 * 28);
    expect((withMany - withFew) / 20).toBeLessThan(TABLE_BYTES / 10);
  });

  it('has the tables of some cells at a time while the file is written', async () => {
    const paths = await writeParts(12, SPANS);
    const ofCell = (12 * TABLE_BYTES) / 4;
    const peaks: number[] = [];
    for (const batchBytes of [ofCell, 5 * ofCell]) {
      const merged = await mergeSweeps(paths, { batchBytes });
      const before = await liveBytes();
      let [peak, bytes, looks] = [0, 0, 0];
      for await (const piece of merged.bytes()) {
        bytes += piece.length;
        // Looking takes longer than making a piece.
        if (bytes < looks * 4096) continue;
        looks += 1;
        peak = Math.max(peak, (await liveBytes()) - before);
      }
      peaks.push(peak);
    }
    const [oneCell = NaN, allCells = NaN] = peaks;
    expect(allCells - oneCell).toBeGreaterThan(2 * ofCell);
  });
});

describe('a part whose tables are not as they should be', () => {
  it('is named, and nothing more is made', async () => {
    const paths = await writeParts(3, 4);
    const [, second = ''] = paths;
    const bytes = await readFile(second);
    const at = bytes.indexOf('runs/2/spans.arrow') + 40;
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    await writeFile(second, bytes);
    const merged = await mergeSweeps(paths);
    await expect(gathered(merged.bytes())).rejects.toThrow(`cannot open ${second}: runs/2/spans`);
  });

  it.each([4e7, 2 ** 50])(
    'is named where it has no room for %i spans that it says it has',
    async (spans) => {
      const part = partOf(1, 4);
      const files = await wholeFiles({ ...part, sweep: sweepJson(part.sweep) });
      const changed = files.map(({ name, bytes }) => ({
        name,
        bytes: Buffer.from(
          name === 'recording.json'
            ? bytes.toString().replace(/"spans": *4\b/, `"spans":${spans}`)
            : bytes,
        ),
      }));
      const path = join(folder, 'part.gilscope');
      await writeFile(path, await archiveOf(changed));
      await expect(mergeSweeps([path])).rejects.toThrow(
        new RegExp(
          `^cannot open ${path}: runs/1/spans.arrow has \\d+ bytes, too few for ${spans} rows$`,
        ),
      );
    },
  );

  it('is named where it changed meanwhile', async () => {
    const paths = await writeParts(2, 4);
    const merged = await mergeSweeps(paths);
    await appendFile(paths[1] ?? '', 'x');
    await expect(gathered(merged.bytes())).rejects.toThrow(
      `cannot open ${paths[1] ?? ''}: it changed while it was read`,
    );
  });
});
