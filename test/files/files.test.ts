import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileError, checkWritable, placeOf, writePieces } from '../../src/files/files.js';

let folder: string;
let target: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gilscope-files-'));
  target = join(folder, 'tasks.csv');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function* failingPieces(): Generator<string> {
  yield 'new\n';
  throw new Error('the third repeat is missing');
}

describe('a regular file', () => {
  it('is made of the pieces, and nothing else is left', async () => {
    await writePieces(target, ['a,b\r\n', '1,é\r\n']);
    expect(readFileSync(target, 'utf8')).toBe('a,b\r\n1,é\r\n');
    expect(readdirSync(folder)).toEqual(['tasks.csv']);
  });

  it('takes the place of an older one, with its permissions', async () => {
    writeFileSync(target, 'old', { mode: 0o640 });
    chmodSync(target, 0o640);
    await writePieces(target, ['new']);
    expect(readFileSync(target, 'utf8')).toBe('new');
    expect(statSync(target).mode & 0o777).toBe(0o640);
  });

  it('is untouched while the new one is being written', async () => {
    writeFileSync(target, 'old');
    const seen: string[] = [];
    const pieces = function* () {
      yield 'new';
      seen.push(readFileSync(target, 'utf8'));
    };
    await writePieces(target, pieces());
    expect(seen).toEqual(['old']);
  });

  it('is replaced behind a link, which stays one', async () => {
    const link = join(folder, 'link.csv');
    writeFileSync(target, 'old');
    symlinkSync(target, link);
    await writePieces(link, ['new']);
    expect(readFileSync(target, 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['link.csv', 'tasks.csv']);
  });

  it('is made behind a link to nothing yet, which stays one', async () => {
    const link = join(folder, 'link.csv');
    symlinkSync('tasks.csv', link);
    await checkWritable(link);
    await writePieces(link, ['new']);
    expect(readlinkSync(link)).toBe('tasks.csv');
    expect(readFileSync(target, 'utf8')).toBe('new');
    expect(readdirSync(folder).sort()).toEqual(['link.csv', 'tasks.csv']);
  });

  it('lets other work go on between the pieces', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    const pieces = function* () {
      for (let piece = 0; piece < 200; piece += 1) yield 'x'.repeat(10_000);
    };
    await writePieces(target, pieces());
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });
});

describe('a failure', () => {
  it('of what makes the pieces leaves no part and the old file', async () => {
    writeFileSync(target, 'old');
    await expect(writePieces(target, failingPieces())).rejects.toThrow(
      `cannot write ${target}: the third repeat is missing`,
    );
    expect(readFileSync(target, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['tasks.csv']);
  });

  it('leaves nothing where there was nothing', async () => {
    await expect(writePieces(target, failingPieces())).rejects.toBeInstanceOf(FileError);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('by abortion leaves no part and the old file, and throws the reason', async () => {
    writeFileSync(target, 'old');
    const abortion = new AbortController();
    const pieces = function* () {
      yield 'new';
      abortion.abort(new Error('enough'));
      yield 'newer';
    };
    await expect(writePieces(target, pieces(), abortion.signal)).rejects.toThrow('enough');
    expect(readFileSync(target, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['tasks.csv']);
  });
});

describe('what cannot be written is refused early and late, by name and reason', () => {
  async function expectRefusal(path: string, reason: string): Promise<void> {
    const message = `cannot write ${path}: ${reason}`;
    await expect(checkWritable(path)).rejects.toThrow(message);
    await expect(writePieces(path, ['x'])).rejects.toThrow(message);
    await expect(writePieces(path, ['x'])).rejects.toBeInstanceOf(FileError);
  }

  it('a file in no folder', async () => {
    await expectRefusal(join(folder, 'none', 'a.csv'), 'no such file or directory (ENOENT)');
  });

  it('a folder', async () => {
    await expectRefusal(folder, 'it is a directory');
  });

  it('a folder that there is not, which no file is made of', async () => {
    await expectRefusal(`${join(folder, 'none')}/`, 'there is no such directory');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a link into no folder', async () => {
    symlinkSync(join(folder, 'none', 'a.csv'), target);
    await expectRefusal(target, 'no such file or directory (ENOENT)');
  });

  it('a link to itself', async () => {
    symlinkSync(target, target);
    await expectRefusal(target, 'too many symbolic links encountered (ELOOP)');
  });

  it('a file below a file', async () => {
    writeFileSync(target, 'old');
    await expectRefusal(join(target, 'a.csv'), 'not a directory (ENOTDIR)');
  });

  // Root may write anywhere but where the system itself refuses.
  const isRoot = process.getuid?.() === 0;

  it.skipIf(isRoot)('a file in a folder that may not be written', async () => {
    const locked = join(folder, 'locked');
    mkdirSync(locked, { mode: 0o500 });
    await expectRefusal(join(locked, 'a.csv'), 'permission denied (EACCES)');
  });

  it.skipIf(isRoot)('a file that may not be written, though its folder may', async () => {
    writeFileSync(target, 'old', { mode: 0o400 });
    await expectRefusal(target, 'permission denied (EACCES)');
    expect(readFileSync(target, 'utf8')).toBe('old');
  });

  it.skipIf(!existsSync('/proc/self'))('a file in a folder that takes none', async () => {
    await expectRefusal('/proc/a.csv', 'no such file or directory (ENOENT)');
  });

  it('and a check leaves nothing behind', async () => {
    await checkWritable(target);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('what is no regular file', () => {
  it.skipIf(!existsSync('/dev/full'))('is written straight to: a full device says so', async () => {
    await checkWritable('/dev/full');
    await expect(writePieces('/dev/full', ['x'])).rejects.toThrow(
      'cannot write /dev/full: no space left on device (ENOSPC)',
    );
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('is written straight to: a pipe', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = spawn('cat', [pipe]);
    const exit = once(reader, 'exit');
    const [read] = await Promise.all([text(reader.stdout), writePieces(pipe, ['a\n', 'b\n'])]);
    await exit;
    expect(read).toBe('a\nb\n');
    expect(statSync(pipe).isFIFO()).toBe(true);
  });

  describe.skipIf(process.platform === 'win32')('is left by abortion', () => {
    let pipe: string;
    let abortion: AbortController;

    beforeEach(() => {
      pipe = join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      abortion = new AbortController();
    });

    it('where nobody opens the pipe', async () => {
      const writing = writePieces(pipe, ['a\n'], abortion.signal);
      abortion.abort(new Error('enough'));
      await expect(writing).rejects.toThrow('enough');
    });

    it('where nobody reads on', async () => {
      const reader = createReadStream(pipe);
      const writing = writePieces(pipe, ['x'.repeat(2 ** 22)], abortion.signal);
      await once(reader, 'readable');
      abortion.abort(new Error('enough'));
      await expect(writing).rejects.toThrow('enough');
      reader.destroy();
    });
  });
});

describe('the place of a file', () => {
  it('is behind linked folders and links, whether or not there is anything', async () => {
    const real = join(realpathSync(folder), 'tasks.csv');
    symlinkSync(folder, join(folder, 'linked'));
    symlinkSync(join('linked', 'tasks.csv'), join(folder, 'link.csv'));
    const names = ['tasks.csv', 'linked/tasks.csv', 'link.csv', 'linked/link.csv'];
    for (const isThere of [false, true]) {
      if (isThere) writeFileSync(target, 'old');
      for (const name of names) expect(await placeOf(join(folder, name))).toBe(real);
    }
  });
});
