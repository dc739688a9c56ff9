import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type * as Files from 'node:fs/promises';
import { open, type FileHandle } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkWritable, writePieces } from '../../src/files/files.js';
import { asNobody, eachUndone, isMightyRoot, mount, setAttribute } from '../fixtures/root.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

const faults = vi.hoisted(() => ({ rename: undefined as string | undefined }));

vi.mock('node:fs/promises', async (importOriginal) => {
  const original = await importOriginal<typeof Files>();
  const rename: typeof original.rename = async (from, to) => {
    if (faults.rename !== undefined) throw systemError(faults.rename);
    await original.rename(from, to);
  };
  return { ...original, rename };
});

const ERRNO: Readonly<Record<string, number>> = { EPERM: -1, EINVAL: -22, ENOSPC: -28, EIO: -5 };

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made up`), { code, errno: ERRNO[code] });
}

let folder: string;
let target: string;

eachInFolder((made) => {
  folder = made;
  target = join(folder, 'tasks.csv');
});
eachUndone();

/** The parts that are left among temporary files. */
function partsIn(place: string): string[] {
  return readdirSync(place).filter((name) => name.endsWith('.part'));
}

let partsBefore: string[];

beforeEach(() => {
  partsBefore = partsIn(tmpdir());
});

afterEach(() => {
  faults.rename = undefined;
  vi.restoreAllMocks();
  expect(partsIn(tmpdir())).toEqual(partsBefore);
});

/** What all open files have in common. */
async function handles(): Promise<FileHandle> {
  const handle = await open(tmpdir(), 'r');
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
}

/** Has writing into the target fail, once or for ever; says whether it did. */
async function failWriting(code: string, often: 'once' | 'for ever'): Promise<() => boolean> {
  const prototype = await handles();
  const write = Reflect.get(prototype, 'write') as (...words: unknown[]) => unknown;
  const { ino } = statSync(target);
  let hasFailed = false;
  const failing = async function (this: FileHandle, ...words: unknown[]) {
    if ((await this.stat()).ino === ino && (often === 'for ever' || !hasFailed)) {
      hasFailed = true;
      throw systemError(code);
    }
    return Reflect.apply(write, this, words);
  };
  vi.spyOn(prototype, 'write').mockImplementation(failing as never);
  return () => hasFailed;
}

/** The file is written, and is still the one that it was. */
async function expectInPlace(text = 'new'): Promise<void> {
  const before = statSync(target);
  await checkWritable(target);
  await writePieces(target, [text]);
  expect(readFileSync(target, 'utf8')).toBe(text);
  const after = statSync(target);
  expect(after.ino).toBe(before.ino);
  expect([after.uid, after.gid, after.mode]).toEqual([before.uid, before.gid, before.mode]);
  expect(partsIn(folder)).toEqual([]);
}

async function expectRefusal(path: string, reason: string): Promise<void> {
  const message = `cannot write ${path}: ${reason}`;
  await expect(checkWritable(path)).rejects.toThrow(message);
  await expect(writePieces(path, ['x'.repeat(2 ** 17)])).rejects.toThrow(message);
  expect(partsIn(join(path, '..'))).toEqual([]);
}

describe('a file that the system does not replace', () => {
  it.each(['EBUSY', 'EPERM', 'EACCES', 'EXDEV', 'EINVAL', 'ETXTBSY'])(
    'is written in place: %s',
    async (code) => {
      faults.rename = code;
      for (const old of ['older and longer', '']) {
        writeFileSync(target, old);
        await expectInPlace();
      }
    },
  );

  it('is made in its own place where there was none', async () => {
    faults.rename = 'EPERM';
    await writePieces(target, ['new']);
    expect(readdirSync(folder)).toEqual(['tasks.csv']);
    expect(readFileSync(target, 'utf8')).toBe('new');
  });

  it('is as it was where the text fails, and none is left where there was none', async () => {
    faults.rename = 'EBUSY';
    const failing = function* () {
      yield 'new';
      throw new Error('the third repeat is missing');
    };
    await expect(writePieces(target, failing())).rejects.toThrow('the third repeat is missing');
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(target, 'old');
    await expect(writePieces(target, failing())).rejects.toThrow('the third repeat is missing');
    expect(readFileSync(target, 'utf8')).toBe('old');
  });

  it('is as it was where its disk has no room, or writing fails otherwise', async () => {
    faults.rename = 'EBUSY';
    for (const code of ['ENOSPC', 'EIO', 'EDQUOT']) {
      writeFileSync(target, 'old and longer than the new');
      const hasFailed = await failWriting(code, 'once');
      await expect(writePieces(target, ['new'])).rejects.toThrow(`cannot write ${target}: `);
      vi.restoreAllMocks();
      expect(hasFailed()).toBe(true);
      expect(readFileSync(target, 'utf8')).toBe('old and longer than the new');
      expect(readdirSync(folder)).toEqual(['tasks.csv']);
    }
  });

  it('says where the old text is if it cannot be put back', async () => {
    faults.rename = 'EBUSY';
    writeFileSync(target, 'old');
    await failWriting('EIO', 'for ever');
    await expect(writePieces(target, ['new'])).rejects.toThrow(
      /cannot write .*: i\/o error \(EIO\); what was there is in \S+\.part \(i\/o error \(EIO\)\)/,
    );
    const [kept = ''] = partsIn(folder);
    expect(readFileSync(join(folder, kept), 'utf8')).toBe('old');
  });
});

describe('a file system that lacks something', () => {
  it.each(['EPERM', 'EINVAL', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'])(
    'writes all the same where nothing can be synced: %s',
    async (code) => {
      vi.spyOn(await handles(), 'sync').mockRejectedValue(systemError(code));
      await checkWritable(target);
      await writePieces(target, ['new']);
      await writePieces(target, ['newer']);
      expect(readFileSync(target, 'utf8')).toBe('newer');
      expect(readdirSync(folder)).toEqual(['tasks.csv']);
    },
  );

  it.each(['EIO', 'ENOSPC', 'EDQUOT'])('fails where syncing does: %s', async (code) => {
    writeFileSync(target, 'old');
    vi.spyOn(await handles(), 'sync').mockRejectedValue(systemError(code));
    await expect(writePieces(target, ['new'])).rejects.toThrow(`cannot write ${target}: `);
    expect(readFileSync(target, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['tasks.csv']);
  });

  it.each(['EPERM', 'EINVAL', 'ENOTSUP'])(
    'keeps the permissions where they cannot be set: %s',
    async (code) => {
      writeFileSync(target, 'old', { mode: 0o640 });
      chmodSync(target, 0o640);
      vi.spyOn(await handles(), 'chmod').mockRejectedValue(systemError(code));
      await expectInPlace();
    },
  );
});

describe('long names', () => {
  it('may be as long as the system lets them be', async () => {
    const path = join(folder, `${'n'.repeat(251)}.csv`);
    await checkWritable(path);
    await writePieces(path, ['new']);
    await writePieces(path, ['newer']);
    expect(readFileSync(path, 'utf8')).toBe('newer');
    await expectRefusal(join(folder, `${'n'.repeat(252)}.csv`), 'name too long (ENAMETOOLONG)');
  });

  it.skipIf(process.platform !== 'linux')('leave no room for a part in a long path', async () => {
    let path = folder;
    while (path.length < 4000) {
      path = join(path, 'd'.repeat(Math.min(200, 4070 - path.length)));
    }
    mkdirSync(path, { recursive: true });
    path = join(path, 'a.csv');
    await checkWritable(path);
    await writePieces(path, ['new']);
    await writePieces(path, ['newer']);
    expect(readFileSync(path, 'utf8')).toBe('newer');
  });
});

// Else these say that they were skipped: they need the superuser's rights to mount and to lock.
const probe = mkdtempSync(join(tmpdir(), 'gilscope-root-'));
const isRoot = isMightyRoot(probe);
rmdirSync(probe);

describe.skipIf(!isRoot)('on real file systems, as root', () => {
  it('a bind-mounted file is written in place', async () => {
    const source = join(folder, 'source.csv');
    writeFileSync(source, 'old');
    writeFileSync(target, '');
    mount('--bind', source, target);
    await expectInPlace();
    expect(readFileSync(source, 'utf8')).toBe('new');
  });

  it('a bind-mounted file on a full disk is as it was', async () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    mount('-t', 'tmpfs', '-o', 'size=64k', 'none', disk);
    const old = 'o'.repeat(20_000);
    writeFileSync(join(disk, 'source.csv'), old);
    writeFileSync(target, '');
    mount('--bind', join(disk, 'source.csv'), target);
    await checkWritable(target);
    await expect(writePieces(target, ['n'.repeat(100_000)])).rejects.toThrow(
      `cannot write ${target}: no space left on device (ENOSPC)`,
    );
    expect(readFileSync(target, 'utf8')).toBe(old);
    expect(readdirSync(folder).sort()).toEqual(['disk', 'tasks.csv']);
    expect(readdirSync(disk)).toEqual(['source.csv']);
  });

  it('a disk too small leaves the old file and no part', async () => {
    mount('-t', 'tmpfs', '-o', 'size=64k', 'none', folder);
    writeFileSync(target, 'old');
    for (const path of [target, join(folder, 'new.csv')]) {
      await checkWritable(path);
      await expect(writePieces(path, ['n'.repeat(100_000)])).rejects.toThrow(
        `cannot write ${path}: no space left on device (ENOSPC)`,
      );
    }
    expect(readFileSync(target, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['tasks.csv']);
  });

  it('a full disk is refused before there is anything to write', async () => {
    mount('-t', 'tmpfs', '-o', 'size=8k', 'none', folder);
    writeFileSync(target, 'o'.repeat(8192));
    await expectRefusal(target, 'no space left on device (ENOSPC)');
    await expectRefusal(join(folder, 'new.csv'), 'no space left on device (ENOSPC)');
    expect(readdirSync(folder)).toEqual(['tasks.csv']);
    expect(statSync(target).size).toBe(8192);
  });

  it('a disk without room for another file takes the text in place', async () => {
    mount('-t', 'tmpfs', '-o', 'size=64k,nr_inodes=2', 'none', folder);
    writeFileSync(target, 'old');
    await expectInPlace();
    await expectRefusal(join(folder, 'new.csv'), 'no space left on device (ENOSPC)');
  });

  it('a disk that is only read is refused', async () => {
    mount('-t', 'tmpfs', 'none', folder);
    writeFileSync(target, 'old');
    mount('-o', 'bind,ro', folder, folder);
    await expectRefusal(target, 'read-only file system (EROFS)');
    await expectRefusal(join(folder, 'new.csv'), 'read-only file system (EROFS)');
  });

  it('a file in a folder that takes no other is written in place', async () => {
    writeFileSync(target, 'old');
    setAttribute('i', folder);
    await expectInPlace();
    await expectRefusal(join(folder, 'new.csv'), 'operation not permitted (EPERM)');
  });

  it.each(['i', 'a'])('a file that is locked is refused: chattr +%s', async (attribute) => {
    writeFileSync(target, 'old');
    setAttribute(attribute, target);
    await expectRefusal(target, 'operation not permitted (EPERM)');
    expect(readFileSync(target, 'utf8')).toBe('old');
  });

  it('another’s file is written in place, sticky or not, and stays another’s', async () => {
    for (const mode of [0o1777, 0o777]) {
      chmodSync(folder, mode);
      writeFileSync(target, 'old');
      chmodSync(target, 0o666);
      await asNobody(() => expectInPlace());
    }
  });

  it('another’s file in a folder that may not be written is written in place', async () => {
    chmodSync(folder, 0o755);
    writeFileSync(target, 'old');
    chmodSync(target, 0o666);
    await asNobody(async () => {
      await expectInPlace();
      await expectRefusal(join(folder, 'new.csv'), 'permission denied (EACCES)');
    });
  });

  it('another’s file that may not be written is refused', async () => {
    chmodSync(folder, 0o777);
    writeFileSync(target, 'old');
    chmodSync(target, 0o644);
    await asNobody(() => expectRefusal(target, 'permission denied (EACCES)'));
    expect(readFileSync(target, 'utf8')).toBe('old');
  });

  it('a file that root replaces stays its owner’s', async () => {
    writeFileSync(target, 'old');
    chownSync(target, 1234, 5678);
    chmodSync(target, 0o600);
    await writePieces(target, ['new']);
    const { uid, gid, mode } = statSync(target);
    expect([uid, gid, mode & 0o777]).toEqual([1234, 5678, 0o600]);
  });

  it('a file behind a link into a folder that takes no other is written in place', async () => {
    const inner = join(folder, 'inner');
    mkdirSync(inner);
    writeFileSync(join(inner, 'tasks.csv'), 'old');
    symlinkSync(join('inner', 'tasks.csv'), target);
    setAttribute('i', inner);
    await expectInPlace();
    expect(existsSync(join(inner, 'tasks.csv'))).toBe(true);
  });
});

it.skipIf(process.platform === 'win32')('a socket is refused', async () => {
  const server = createServer().listen(join(folder, 'socket'));
  await once(server, 'listening');
  await expectRefusal(join(folder, 'socket'), 'it is a socket');
  server.close();
});

it('a folder that has another name meanwhile fails in words', async () => {
  const inner = join(folder, 'inner');
  mkdirSync(inner);
  const path = join(inner, 'tasks.csv');
  const moving = function* () {
    yield 'new';
    renameSync(inner, join(folder, 'moved'));
  };
  await expect(writePieces(path, moving())).rejects.toThrow(
    `cannot write ${path}: no such file or directory (ENOENT)`,
  );
});
