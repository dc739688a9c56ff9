import { mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { cacheFolder } from '../../scripts/setup/cache.mjs';
import { isAbandoned, withLock } from '../../scripts/setup/lock.mjs';
import { useTemporaryCache } from './temporary.mjs';

useTemporaryCache();

/** No process has this id: it is above the highest that Linux gives. */
const NOBODY = 2 ** 22 + 1;

function lockFile(owner) {
  const folder = path.join(cacheFolder(), 'locks');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'work');
  writeFileSync(file, String(owner));
  return file;
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

it('takes over from a process that is gone', async () => {
  lockFile(NOBODY);
  await expect(withLock('work', async () => 'done')).resolves.toBe('done');
});

it('leaves a lock that was taken over meanwhile to its new owner', async () => {
  const takenOver = await withLock('work', async () => lockFile(NOBODY));
  expect(readFileSync(takenOver, 'utf8')).toBe(String(NOBODY));
});

it('knows who still holds a lock', () => {
  expect(isAbandoned(lockFile(process.pid))).toBe(false);
  expect(isAbandoned(lockFile(NOBODY))).toBe(true);
  expect(isAbandoned(lockFile(''))).toBe(false);
  expect(isAbandoned(path.join(cacheFolder(), 'locks', 'none'))).toBe(false);
});

it('holds a lock for abandoned that nobody touches', () => {
  const file = lockFile(process.pid);
  utimesSync(file, 0, 0);
  expect(isAbandoned(file)).toBe(true);
});
