import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import {
  cacheFolder,
  forgetRecord,
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

  it('says what to do where it cannot be made', () => {
    const file = path.join(own.folder, 'file');
    writeFileSync(file, '');
    vi.stubEnv('XDG_CACHE_HOME', file);
    expect(() => makeCacheFolder()).toThrow(/could not be made.*\n.*XDG_CACHE_HOME/);
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
    for (const name of ['old', 'new']) mkdirSync(path.join(parent, name));
    utimesSync(path.join(parent, 'old'), 0, 0);
    makeTemporaryFolder().remove();
    expect(readdirSync(parent)).toEqual(['new']);
  });
});
