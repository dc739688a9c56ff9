import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import {
  cacheFolder,
  forgetRecord,
  inCache,
  makeCacheFolder,
  makeTemporaryFolder,
  readRecord,
  writeRecord,
} from '../../scripts/setup/cache.mjs';
import { useTemporaryCache } from './temporary.mjs';

const own = useTemporaryCache();

describe('the cache folder', () => {
  it('is in XDG_CACHE_HOME where that is set', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/somewhere' })).toBe('/somewhere/gilscope');
  });

  it.each([{}, { XDG_CACHE_HOME: '' }, { XDG_CACHE_HOME: 'relative' }])(
    'is in ~/.cache with %o',
    (env) => {
      expect(cacheFolder(env)).toBe(path.join(homedir(), '.cache', 'gilscope'));
    },
  );

  it.each([
    ['an empty', ''],
    ['a relative', 'relative'],
  ])('is refused with %s HOME, rather than made where one happens to be', (_, home) => {
    vi.stubEnv('HOME', home);
    expect(() => cacheFolder({})).toThrow(/^There is no home folder .* XDG_CACHE_HOME /);
  });

  it.each([
    ['a file in its place', () => path.join(own.folder, 'gilscope'), () => own.folder],
    ['a file above it', () => path.join(own.folder, 'file'), () => path.join(own.folder, 'file')],
  ])('says in a line what to do where there is %s', (_, file, home) => {
    writeFileSync(file(), '');
    vi.stubEnv('XDG_CACHE_HOME', home());
    const uses = [
      () => makeCacheFolder(),
      () => makeCacheFolder('locks'),
      () => makeTemporaryFolder(),
      () => writeRecord('one', {}),
      () => forgetRecord('one'),
    ];
    for (const use of uses) {
      expect(use).toThrow(/^The cache folder .* cannot be used \(.*\)\. Set XDG_CACHE_HOME .*$/);
    }
    expect(readRecord('one')).toBeUndefined();
  });

  it.skipIf(process.platform !== 'linux')('is refused where nothing can ever be made', () => {
    for (const place of ['/proc/x', '/proc/x/y/z', '/dev/null']) {
      vi.stubEnv('XDG_CACHE_HOME', place);
      expect(() => makeCacheFolder('locks')).toThrow(/^The cache folder .* cannot be used/);
    }
  });

  it.each([
    ['ENOSPC', 'Make room there'],
    ['EDQUOT', 'Make room there'],
    ['EROFS', 'Set XDG_CACHE_HOME'],
    ['EACCES', 'Set XDG_CACHE_HOME'],
  ])('has the system’s %s tell what to do', (code, remedy) => {
    const refused = () =>
      inCache(() => {
        throw Object.assign(new Error(`${code}: no`), { code });
      });
    expect(refused).toThrow(`(${code}: no). ${remedy}`);
  });

  it('leaves other errors as they are', () => {
    const error = new TypeError('a defect');
    expect(() =>
      inCache(() => {
        throw error;
      }),
    ).toThrow(error);
  });
});

describe('a record', () => {
  it('is read as it was written, and nothing is left beside it', () => {
    writeRecord('one', { at: 1 });
    expect(readRecord('one')).toEqual({ at: 1 });
    expect(readdirSync(cacheFolder())).toEqual(['one.json']);
  });

  it('is none where it is missing, forgotten or spoilt', () => {
    writeRecord('one', { at: 1 });
    forgetRecord('one');
    writeFileSync(path.join(cacheFolder(), 'two.json'), '{"at"');
    expect(readRecord('one')).toBeUndefined();
    expect(readRecord('two')).toBeUndefined();
  });
});

describe('a temporary folder', () => {
  it('is gone when it is removed', () => {
    const { folder, remove } = makeTemporaryFolder();
    writeFileSync(path.join(folder, 'part'), '');
    remove();
    expect(existsSync(folder)).toBe(false);
  });

  it('sweeps away what was left long ago, and nothing newer', () => {
    const parent = makeCacheFolder('unfinished');
    for (const name of ['old', 'new', 'ahead']) mkdirSync(path.join(parent, name));
    utimesSync(path.join(parent, 'old'), 0, 0);
    utimesSync(path.join(parent, 'ahead'), new Date('2200-01-01'), new Date('2200-01-01'));
    makeTemporaryFolder().remove();
    expect(readdirSync(parent)).toEqual(['new']);
  });
});
