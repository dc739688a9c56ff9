import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArchiveError } from '../../src/files/open-archive.js';
import { TableLayouts } from '../../src/formats/gilscope/index.js';
import { openRecordings } from '../../src/storage/recording-file.js';
import { ABOUT, archiveOf, wholeFiles, type WholeFile } from '../fixtures/archives.js';
import { recordWith } from '../fixtures/nested-records.js';

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gilscope-test-'));
  path = join(folder, 'damaged.gilscope');
});
afterAll(() => rm(folder, { recursive: true }));

const RECORD = recordWith(2, [
  [
    { lane: 0, kind: 'compute', task: 0, startNs: 5, endNs: 9 },
    { lane: 0, kind: 'task', task: 0, startNs: 0, endNs: 10 },
    { lane: 1, kind: 'task', task: 1, startNs: 0, endNs: 4 },
  ],
]);
/** Opens an archive of the record's files, with some of the bytes of one changed. */
async function openChanged(changed: string, change: (bytes: Buffer) => Uint8Array) {
  const files = await wholeFiles({ recordings: [RECORD], ...ABOUT });
  return openFiles(
    files.map(({ name, bytes }) => ({
      name,
      bytes: name === changed ? Buffer.from(change(bytes)) : bytes,
    })),
  );
}

async function openFiles(files: readonly WholeFile[]) {
  await writeFile(path, await archiveOf(files));
  return openRecordings(path);
}

/** Has a word of recording.json changed. */
function openJson(change: (json: Record<string, unknown>) => void) {
  return openChanged('recording.json', (bytes) => {
    const json = JSON.parse(bytes.toString()) as Record<string, unknown>;
    change(json);
    return Buffer.from(JSON.stringify(json));
  });
}

describe('a file that means harm', () => {
  it('opens, or is refused in a line, whichever bytes of its tables are changed', async () => {
    const names = ['recording.json', 'runs/1/spans.arrow', 'runs/1/tasks.arrow'] as const;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), {
          minLength: 1,
          maxLength: 8,
        }),
        async (name, changes) => {
          try {
            await openChanged(name, (bytes) => {
              for (const [place, byte] of changes) {
                bytes[Math.floor(place * (bytes.length - 1))] = byte;
              }
              return bytes;
            });
          } catch (error) {
            refused += 1;
            expect(error).toBeInstanceOf(ArchiveError);
            expect((error as Error).message).toMatch(/^cannot open .*damaged\.gilscope: [^\n]+$/);
          }
        },
      ),
      { numRuns: 400, seed: 2026 },
    );
    expect(refused).toBeGreaterThan(100);
  });

  it('is refused at once where a list of a table says that it has two thousand million elements', async () => {
    const files = await wholeFiles({ recordings: [RECORD], ...ABOUT });
    const { bytes } = files.find(({ name }) => name === 'runs/1/spans.arrow') ?? { bytes: [] };
    let refused = 0;
    // At each multiple of four bytes there may be the length of a list.
    for (let at = 8; at + 4 < bytes.length; at += 4) {
      const changed = Uint8Array.from(bytes);
      new DataView(changed.buffer).setInt32(at, 0x7fff_ffff, true);
      try {
        new TableLayouts().read(changed);
      } catch {
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(100);
  });

  it('is refused where a newer Gilscope wrote it, and both versions are named', async () => {
    const opening = openJson((json) => {
      json['schema'] = 'gilscope.recording/2';
    });
    await expect(opening).rejects.toThrow(/gilscope\.recording\/2.*gilscope\.recording\/1/);
  });

  it('may have fields that are not known', async () => {
    const opened = await openJson((json) => {
      json['colour'] = 'blue';
    });
    expect(opened.recordings).toHaveLength(1);
  });

  it.each([
    ['a lane that there is not', { lane: 7 }],
    ['a span that ends before it starts', { startNs: 8 }],
    ['spans that overlap', { startNs: 7, endNs: 12 }],
  ])('is refused for %s', async (_, wrong) => {
    const good = { lane: 1, kind: 'task', task: 1, startNs: 0, endNs: 4 } as const;
    const record = recordWith(2, [
      [
        { ...good, endNs: 8 },
        { ...good, ...wrong },
      ],
    ]);
    const files = await wholeFiles({ recordings: [record], ...ABOUT });
    await expect(openFiles(files)).rejects.toThrow(/spans\.arrow has/);
  });

  it('is refused where a file inside is not what its checksum is of', async () => {
    const bytes = await archiveOf(await wholeFiles({ recordings: [RECORD], ...ABOUT }));
    // The checksum in an entry of the central directory (APPNOTE.TXT, 4.3.12).
    for (let at = bytes.indexOf('PK\x01\x02'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 1)) {
      bytes.writeUInt32LE((bytes.readUInt32LE(at + 16) ^ 1) >>> 0, at + 16);
    }
    await writeFile(path, bytes);
    await expect(openRecordings(path)).rejects.toThrow('recording.json: it is corrupt');
  });

  it('is refused before anything is unpacked where it would become too large', async () => {
    const opening = openChanged('runs/1/spans.arrow', () => new Uint8Array(2 ** 26));
    await expect(opening).rejects.toThrow('spans.arrow would unpack to');
  });
});
