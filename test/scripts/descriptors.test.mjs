import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lackOfFiles } from '../../scripts/setup/descriptors.mjs';

const scripts = path.resolve(import.meta.dirname, '../../scripts');

/** Runs a script of the project by a shell whose limit on open files is this. */
function runLimited(files, script, ...words) {
  const line = `ulimit -n ${files}; exec "$0" "$@"`;
  const args = ['-c', line, process.execPath, path.join(scripts, script), ...words];
  const { status, stdout, stderr } = spawnSync('/bin/sh', args, { encoding: 'utf8' });
  return { status, stdout, stderr };
}

it('is quiet where there are enough', () => {
  expect(lackOfFiles(10, 'A test')).toBeUndefined();
});

describe.skipIf(process.platform === 'win32')('few files that may be opened', () => {
  it.each(['setup.mjs', 'electron-path.mjs', 'gilscope.mjs', 'start.mjs', 'build-project.mjs'])(
    'have %s say so in a line, and end with 1',
    (script) => {
      for (const files of [20, 40]) {
        const { status, stdout, stderr } = runLimited(files, script);
        expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
        expect(stderr).toMatch(/^Gilscope needs 64 files open at once, .*ulimit -n 1024.*\n$/);
        if (process.platform === 'linux') expect(stderr).toContain(`limit is ${files} (ulimit -n)`);
      }
    },
  );
});
