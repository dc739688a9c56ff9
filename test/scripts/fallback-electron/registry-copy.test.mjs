import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { checkArchive, gistOf } from '../../../scripts/fallback-electron/archive.mjs';
import { cacheFolder } from '../../../scripts/setup/cache.mjs';
import { placeInRuntime } from '../../../scripts/fallback-electron/make-copy.mjs';
import {
  ensureCopy,
  findCopy,
  isCopyOffered,
} from '../../../scripts/fallback-electron/registry-copy.mjs';
import { archive } from '../../../scripts/fallback-electron/source.mjs';
import { useTemporaryCache } from '../temporary.mjs';

const own = useTemporaryCache();

/** Has `npm` be a shell script, which finds the folder to write to in $destination. */
function replaceNpm(script) {
  const folder = path.join(own.folder, 'programs');
  mkdirSync(folder);
  const lines = ['#!/bin/sh', 'for destination; do :; done', script, ''];
  writeFileSync(path.join(folder, 'npm'), lines.join('\n'), { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
}

/** What is in the cache, in however deep a folder. */
function filesInCache() {
  const entries = readdirSync(cacheFolder(), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('an archive', () => {
  it('is taken when it is the one that was asked for', async () => {
    const file = path.join(own.folder, 'archive');
    writeFileSync(file, 'contents');
    const sha256 = createHash('sha256').update('contents').digest('hex');
    await expect(checkArchive(file, { ...archive, sha256 })).resolves.toBeUndefined();
  });

  it('is refused with both checksums when it is another', async () => {
    const file = path.join(own.folder, 'archive');
    writeFileSync(file, 'other contents');
    const found = createHash('sha256').update('other contents').digest('hex');
    const refusal = checkArchive(file, archive);
    await expect(refusal).rejects.toThrow(found);
    await expect(refusal).rejects.toThrow(archive.sha256);
  });
});

describe('the gist of what npm says', () => {
  it('leaves out where in npm it was, and a log that is removed', () => {
    const said = [
      'npm error code ECONNREFUSED',
      'npm error FetchError: request failed',
      'npm error     at ClientRequest.<anonymous>',
      'npm error   code: "ECONNREFUSED",',
      'npm error }',
      'npm error A complete log of this run can be found in: somewhere',
    ];
    expect(gistOf(said.join('\n'))).toBe(said.slice(0, 2).join('\n'));
  });

  it('is all of it where it is of another kind', () => {
    expect(gistOf('sh: broken\n')).toBe('sh: broken');
  });
});

describe.runIf(isCopyOffered())('the copy in the registry', () => {
  it('is not there before it is fetched', () => {
    expect(findCopy()).toBeUndefined();
  });

  it('leaves nothing behind when the download is not what it should be', async () => {
    replaceNpm('echo spoilt > "$destination/package.tgz"');
    await expect(ensureCopy()).rejects.toThrow(/sha256 is \w+, expected \w+.*thrown away/);
    expect(findCopy()).toBeUndefined();
    expect(filesInCache()).toEqual([]);
  });

  it('hands on what npm says when the download fails, and leaves nothing behind', async () => {
    replaceNpm('echo "npm error no such host" >&2; exit 1');
    await expect(ensureCopy()).rejects.toThrow(/could not be fetched.*\nnpm error no such host\n/);
    expect(filesInCache()).toEqual([]);
  });

  it('says so when there is no npm', async () => {
    vi.stubEnv('PATH', path.join(own.folder, 'nothing'));
    await expect(ensureCopy()).rejects.toThrow('npm is not installed.');
  });
});

describe('the place of a file in the runtime', () => {
  it.each([
    ['Cypress/Cypress', 'electron'],
    ['Cypress/libffmpeg.so', 'libffmpeg.so'],
    ['Cypress/locales/de.pak', 'locales/de.pak'],
    ['Cypress/v8_context_snapshot.bin', 'v8_context_snapshot.bin'],
    ['Cypress/browser_v8_context_snapshot.bin', undefined],
    ['Cypress/resources/app/index.js', undefined],
    ['Cypress/resources/app-update.yml', undefined],
  ])('of %s is %s', (name, place) => {
    expect(placeInRuntime(name)).toBe(place);
  });
});
