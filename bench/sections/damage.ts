import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pcg64Draws } from '../../src/base/pcg64.js';
import { formatBytes, formatCount, formatDuration } from '../../src/base/units.js';
import { archiveBytes, type MadePieces } from '../../src/files/archive.js';
import { archiveFiles } from '../../src/formats/gilscope/index.js';
import { damaged, noDamage, open, type Damage, type WholeFile } from '../measure/damage.js';
import { once, recordOf } from '../measure/runs.js';
import type { Section } from '../section.js';

const FILES = 100_000;
const SEED = 2026;

/** Bytes that a bomb would unpack to. */
const BOMB_BYTES = 2 ** 26;

const ABOUT = {
  kind: 'run',
  created: '2026-11-30T12:00:00.000Z',
  note: '',
  version: '0',
} as const;

/** What opening files takes whose bytes were changed at random. */
export const damage: Section = {
  title: 'Damage: files of recordings with bytes changed at random',
  async measure({ engine, pace: { scale } }) {
    const record = await recordOf(engine, once(2, { matrices: 6, size: 8, lock: 'gil-held' }));
    const files: WholeFile[] = [];
    for (const { name, pieces } of archiveFiles({ recordings: [record], ...ABOUT })) {
      files.push({ name, bytes: await gathered(pieces()) });
    }
    const folder = await mkdtemp(join(tmpdir(), 'gilscope-bench-'));
    try {
      const path = join(folder, 'damaged.gilscope');
      const all = await openDamaged(path, files, Math.round(FILES * scale));
      const bomb = await openBomb(path, files);
      const kinds = { 'changed at random': all, bomb };
      const rows = Object.entries(kinds).map(([kind, found]) => [
        kind,
        formatCount(found.opened),
        formatCount(found.refused),
        formatCount(found.crashed.length),
        formatDuration(found.longestMs * 1e6),
        formatBytes(found.mostBytes),
      ]);
      const headings = ['Files', 'opened', 'refused', 'crashed', 'longest', 'most memory'];
      const notes = all.crashed.slice(0, 5);
      return { figures: kinds, tables: [{ headings, rows }], notes };
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

/** Opens files of which the archive, recording.json or a table was changed, in turn. */
async function openDamaged(
  path: string,
  files: readonly WholeFile[],
  count: number,
): Promise<Damage> {
  const draw = pcg64Draws(SEED);
  const whole = await archiveOf(files);
  const found = noDamage();
  for (let index = 0; index < count; index += 1) {
    const place = index % files.length;
    const bytes =
      place === 0
        ? damaged(whole, draw)
        : await archiveOf(
            files.map(({ name, bytes: own }, at) => ({
              name,
              bytes: at === place ? damaged(own, draw) : own,
            })),
          );
    await writeFile(path, bytes);
    await open(path, found);
  }
  return found;
}

/** Opens a small file that would unpack to a large one. */
async function openBomb(path: string, files: readonly WholeFile[]): Promise<Damage> {
  const bomb = new Uint8Array(BOMB_BYTES);
  const bombs = files.map(({ name, bytes }) => ({
    name,
    bytes: name.endsWith('spans.arrow') ? bomb : bytes,
  }));
  await writeFile(path, await archiveOf(bombs));
  const found = noDamage();
  await open(path, found);
  return found;
}

function archiveOf(files: readonly WholeFile[]): Promise<Buffer> {
  return gathered(archiveBytes(files.map(({ name, bytes }) => ({ name, pieces: () => [bytes] }))));
}

async function gathered(pieces: MadePieces): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}
