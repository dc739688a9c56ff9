import { utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describe as inWords, hasCode, SetupError } from '../../scripts/setup/errors.mjs';
import { isSameStamp, stampOf } from '../../scripts/setup/index.mjs';
import { run, statusOf } from '../../scripts/setup/processes.mjs';
import { useTemporaryFolder } from './temporary.mjs';

const own = useTemporaryFolder();

describe('the stamp of an executable', () => {
  it('stays the same until it changes', () => {
    const file = path.join(own.folder, 'electron');
    writeFileSync(file, 'one');
    const kept = JSON.parse(JSON.stringify(stampOf(file)));
    expect(isSameStamp(kept, stampOf(file))).toBe(true);
    utimesSync(file, 1, 1);
    expect(isSameStamp(kept, stampOf(file))).toBe(false);
  });

  it('is not that of another, nor of none', () => {
    const files = ['one', 'two'].map((name) => path.join(own.folder, name));
    for (const file of files) writeFileSync(file, '');
    expect(isSameStamp(stampOf(files[0]), stampOf(files[1]))).toBe(false);
    expect(isSameStamp(undefined, stampOf(files[0]))).toBe(false);
  });
});

describe('a failure in words', () => {
  it('says what is wrong and what to do, without a trace', () => {
    expect(inWords(new SetupError('It broke.', 'Mend it.'))).toBe('It broke. Mend it.');
    const long = new SetupError('What it said\nIt broke.', 'Mend it.');
    expect(inWords(long)).toBe('What it said\nIt broke.\nMend it.');
  });

  it('keeps the trace of a defect', () => {
    expect(inWords(new Error('oops'))).toMatch(/^Error: oops\n\s+at /);
    expect(inWords('thrown text')).toBe('thrown text');
  });

  it('is known by its code', () => {
    const error = Object.assign(new Error('no file'), { code: 'ENOENT' });
    expect(hasCode(error, 'EEXIST', 'ENOENT')).toBe(true);
    expect(hasCode(error, 'EEXIST')).toBe(false);
    expect(hasCode('ENOENT', 'ENOENT')).toBe(false);
  });
});

describe('a process', () => {
  it('ends with its code, or as a shell says that a signal ended it', () => {
    expect(statusOf(3, null)).toBe(3);
    expect(statusOf(null, 'SIGINT')).toBe(130);
    expect(statusOf(null, 'SIGTERM')).toBe(143);
  });

  it('gives what it said', async () => {
    const script = 'console.log("out"); console.error("err"); process.exitCode = 4';
    const outcome = await run(process.execPath, ['-e', script]);
    expect(outcome).toEqual({ status: 4, stdout: 'out\n', stderr: 'err\n' });
  });

  it('is refused when there is no such program', async () => {
    await expect(run(path.join(own.folder, 'none'), [])).rejects.toThrow('ENOENT');
  });
});
