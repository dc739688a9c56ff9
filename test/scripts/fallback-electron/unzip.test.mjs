import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { unzip } from '../../../scripts/fallback-electron/unzip.mjs';
import { useTemporaryFolder } from '../temporary.mjs';

const own = useTemporaryFolder();
const REGULAR = 0o100000;
const LINK = 0o120000;

/** The fields that an entry's own header and the central directory have in common. */
function commonFields({ name, text }) {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt32LE(crc32(text), 10);
  fields.writeUInt32LE(text.length, 14);
  fields.writeUInt32LE(text.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function directoryEntry(entry, offset) {
  const head = Buffer.from('PK\x01\x02\x14\x03', 'latin1');
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE((entry.mode << 16) >>> 0, 6);
  tail.writeUInt32LE(offset, 10);
  return Buffer.concat([head, commonFields(entry), tail, Buffer.from(entry.name)]);
}

/** A zip archive of a few files, stored as they are. */
function writeZip(entries) {
  let offset = 0;
  const files = [];
  const directory = [];
  for (const entry of entries) {
    directory.push(directoryEntry(entry, offset));
    const head = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), commonFields(entry)]);
    files.push(Buffer.concat([head, Buffer.from(entry.name + entry.text)]));
    offset += files.at(-1).length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  const archive = path.join(own.folder, 'archive.zip');
  writeFileSync(archive, Buffer.concat([...files, ...directory, end]));
  return archive;
}

describe('unzip', () => {
  it('writes what is wanted where it is wanted, with its permissions', async () => {
    const archive = writeZip([
      { name: 'a/program', text: 'run', mode: REGULAR | 0o755 },
      { name: 'a/data', text: 'words', mode: REGULAR | 0o644 },
      { name: 'a/other', text: 'no', mode: REGULAR | 0o644 },
    ]);
    const places = { 'a/program': 'bin/tool', 'a/data': 'data' };
    const onProgress = vi.fn();
    await unzip(archive, own.folder, (name) => places[name], onProgress);
    expect(readFileSync(path.join(own.folder, 'bin/tool'), 'utf8')).toBe('run');
    expect(readFileSync(path.join(own.folder, 'data'), 'utf8')).toBe('words');
    expect(statSync(path.join(own.folder, 'bin/tool')).mode & 0o111).not.toBe(0);
    expect(statSync(path.join(own.folder, 'data')).mode & 0o111).toBe(0);
    expect(existsSync(path.join(own.folder, 'a'))).toBe(false);
    expect(onProgress.mock.calls).toEqual([[3], [8]]);
  });

  it.each(['../outside', '/absolute'])('refuses %s, which leaves its folder', async (name) => {
    const archive = writeZip([{ name, text: '', mode: REGULAR | 0o644 }]);
    await expect(unzip(archive, own.folder, (place) => place)).rejects.toThrow(/path/);
  });

  it('refuses links', async () => {
    const archive = writeZip([{ name: 'link', text: 'target', mode: LINK | 0o777 }]);
    await expect(unzip(archive, own.folder, (place) => place)).rejects.toThrow('symbolic link');
  });
});
