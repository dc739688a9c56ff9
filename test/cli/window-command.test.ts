import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMeantAsFile, whyNoWindow } from '../../src/cli/window-command.js';
import { gilscope } from '../fixtures/command-line.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

let folder: string;
eachInFolder((made) => {
  folder = made;
});

const user = { getuid: () => 1000 };

describe('a window', () => {
  it.each([
    [{ platform: 'linux', env: { DISPLAY: ':0' }, ...user }],
    [{ platform: 'linux', env: { WAYLAND_DISPLAY: 'wayland-0' }, ...user }],
    [{ platform: 'darwin', env: {}, ...user }],
    [{ platform: 'win32', env: {} }],
  ] as const)('can be opened in %j', (surroundings) => {
    expect(whyNoWindow(surroundings)).toBeNull();
  });

  it('cannot be opened without a display, which is said with what to do', () => {
    const env = { DISPLAY: '' };
    expect(whyNoWindow({ platform: 'linux', env, ...user })).toMatch(
      /no display .*`gilscope show FILE`/,
    );
  });

  it('is not opened for root, who has no sandbox', () => {
    const env = { DISPLAY: ':0' };
    expect(whyNoWindow({ platform: 'linux', env, getuid: () => 0 })).toMatch(/ordinary user/);
  });
});

describe('where a command may stand', () => {
  it.each(['a.gilscope', './a', '/tmp/a', 'recordings/a', 'src', '..'])('%s is a file', (word) => {
    expect(isMeantAsFile(word)).toBe(true);
  });

  it.each(['run', 'jump'])('%s is none', (word) => {
    expect(isMeantAsFile(word)).toBe(false);
  });
});

describe('a command line without a window', () => {
  const line = /^gilscope: no window is installed here: [^\n]*`gilscope help`[^\n]*\n$/;

  it.each([
    [[]],
    [['a.gilscope']],
    [['--profile', 'p']],
    [['--profile', 'p', 'a.gilscope', 'b.gilscope']],
  ])('says so in a line for %j, and what to do', async (words) => {
    const { code, stdout, stderr } = await gilscope(...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(line);
  });

  it('takes a file for a file though it has no extension', async () => {
    const file = join(folder, 'recording');
    writeFileSync(file, '');
    expect((await gilscope(file)).stderr).toMatch(line);
  });
});
