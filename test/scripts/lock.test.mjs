import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cacheFolder } from '../../scripts/setup/cache.mjs';
import { nameOf, watchLock, withLock } from '../../scripts/setup/lock.mjs';
import { useTemporaryCache } from './temporary.mjs';

useTemporaryCache();

/** No process has this id: it is above the highest that Linux gives. */
const NOBODY = String(2 ** 22 + 1);

const lockPath = () => path.join(cacheFolder(), 'locks', 'work');

function lockFile(owner) {
  mkdirSync(path.dirname(lockPath()), { recursive: true });
  writeFileSync(lockPath(), owner);
  return lockPath();
}

it('does one piece of work after the other', async () => {
  const log = [];
  let letGo;
  const isWaitedFor = new Promise((resolve) => (letGo = resolve));
  const first = async () => {
    log.push('first begins');
    await isWaitedFor;
    log.push('first ends');
  };
  const second = async () => log.push('second');
  const onWait = () => {
    log.push('second waits');
    letGo();
  };
  await Promise.all([withLock('work', first), withLock('work', second, onWait)]);
  expect(log).toEqual(['first begins', 'second waits', 'first ends', 'second']);
});

it('lets go when the work fails', async () => {
  const failing = withLock('work', () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(readdirSync(path.join(cacheFolder(), 'locks'))).toEqual([]);
});

it('leaves a lock that was taken over meanwhile to its new owner', async () => {
  const takenOver = await withLock('work', async () => lockFile(NOBODY));
  expect(readFileSync(takenOver, 'utf8')).toBe(NOBODY);
});

describe('a lock of nobody', () => {
  const recycled = `${process.pid} 1`;

  it.each([
    ['a process that has ended', NOBODY],
    ['a process that has ended, whose start is known', `${NOBODY} 12345`],
    // Only Linux says when a process started.
    ...(process.platform === 'linux' ? [['an id that another process has by now', recycled]] : []),
  ])('is taken over at once from %s, whatever its time', async (_, owner) => {
    for (const time of [new Date(0), new Date(), new Date('2200-01-01')]) {
      utimesSync(lockFile(owner), time, time);
      await expect(withLock('work', async () => 'done')).resolves.toBe('done');
      expect(readdirSync(path.join(cacheFolder(), 'locks'))).toEqual([]);
    }
  });

  it('is taken over by one alone of many who find it', async () => {
    lockFile(NOBODY);
    let atWork = 0;
    const counts = [];
    const work = async () => {
      counts.push((atWork += 1));
      await new Promise((resolve) => setImmediate(resolve));
      atWork -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => withLock('work', work)));
    expect(counts).toEqual(Array(8).fill(1));
  });

  it('is taken over although whoever was about to do so was killed', async () => {
    lockFile(NOBODY);
    writeFileSync(`${lockPath()}.claim`, NOBODY);
    await expect(withLock('work', async () => 'done')).resolves.toBe('done');
    expect(readdirSync(path.join(cacheFolder(), 'locks'))).toEqual([]);
  });

  it('is taken over from a process that was killed while it held it', async () => {
    const lock = path.resolve(import.meta.dirname, '../../scripts/setup/lock.mjs');
    const script = `import { withLock } from ${JSON.stringify(lock)};
      await withLock('work', () => new Promise(() => { console.log('held'); setInterval(() => {}, 1e6); }));`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(watchLock(lockPath())()).toBe(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect(withLock('work', async () => 'done')).resolves.toBe('done');
  });
});

describe('a lock that is watched', () => {
  /** A watch of a lock with this owner, and a clock. */
  function watched(owner) {
    const clock = { nowMs: 0 };
    const file = lockFile(owner);
    return { file, clock, isAbandoned: watchLock(file, () => clock.nowMs) };
  }

  it.each([
    ['another process that runs', nameOf(process.ppid)],
    ['nobody that is known', ''],
    ['nobody that there can be', 'nonsense'],
    ['no process, but all', '-1'],
  ])('by %s counts for as long as it is touched, and for a minute', (_, owner) => {
    const { file, clock, isAbandoned } = watched(owner);
    for (const year of ['1980', '2200', '2020']) {
      utimesSync(file, new Date(year), new Date(year));
      clock.nowMs += 59_000;
      expect(isAbandoned()).toBe(false);
    }
    clock.nowMs += 59_000;
    expect(isAbandoned()).toBe(false);
    clock.nowMs += 2000;
    expect(isAbandoned()).toBe(true);
  });

  it('is not abandoned where there is none', () => {
    const { file, isAbandoned } = watched(NOBODY);
    rmSync(file);
    expect(isAbandoned()).toBe(false);
  });
});
