import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AskedProgram } from '../../../src/ipc/index.js';
import { commandOf } from '../../../src/main/programs/command.js';
import { eachInFolder } from '../../fixtures/temporary-folder.js';

let folder: string;
eachInFolder((made) => {
  folder = made;
});

const interpreter = '/bin/sh';
const command = (program: AskedProgram, inFolder = folder) =>
  commandOf({ program, folder: inFolder, rate: 4000 });

describe('a command', () => {
  it('is made of a script, which may be named from its folder', () => {
    writeFileSync(join(folder, 'app.py'), '');
    const program: AskedProgram = {
      ...{ kind: 'script', interpreter, script: 'app.py' },
      arguments: ['-v'],
    };
    expect(command(program)).toEqual({ words: [interpreter, 'app.py', '-v'], folder });
  });

  it('is made of a module, and of words', () => {
    const program: AskedProgram = {
      ...{ kind: 'module', interpreter, module: 'a.b' },
      arguments: ['x y'],
    };
    expect(command(program).words).toEqual([interpreter, '-m', 'a.b', 'x y']);
    expect(command({ kind: 'command', words: ['sh', '-c', 'true'] }).words).toHaveLength(3);
  });

  it('takes ~ for the user’s folder', () => {
    expect(command({ kind: 'command', words: ['sh'] }, '~').folder).toBe(homedir());
  });

  it.each<readonly [string, AskedProgram, string, RegExp]>([
    ['no such folder', { kind: 'command', words: ['sh'] }, 'none', /^There is no folder .*none\.$/],
    ['a file in its place', { kind: 'command', words: ['sh'] }, 'data/x', /^There is no folder /],
    [
      'a name too long',
      { kind: 'command', words: ['sh'] },
      'x'.repeat(300),
      /^There is no folder /,
    ],
    ['no such program', { kind: 'command', words: ['no-such-program-here'] }, '', /no program no-/],
    ['a folder in its place', { kind: 'command', words: ['./sub'] }, '', /no program \.\/sub/],
    ['a file that may not be run', { kind: 'command', words: ['./data'] }, '', /no program \.\/d/],
    [
      'no such interpreter',
      { kind: 'module', interpreter: '/nowhere/python3', module: 'x', arguments: [] },
      '',
      /no program \/nowhere\/python3/,
    ],
    [
      'no such script',
      { kind: 'script', interpreter, script: 'none.py', arguments: [] },
      '',
      /^There is no script .*none\.py\.$/,
    ],
    [
      'a command that no question could show',
      { kind: 'command', words: ['sh', ...Array.from({ length: 900 }, () => 'word')] },
      '',
      /longer than 4000 characters/,
    ],
  ])('is refused in a line: %s', (_, program, sub, message) => {
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'data'), '');
    chmodSync(join(folder, 'data'), 0o644);
    expect(() => command(program, join(folder, sub))).toThrow(message);
  });
});
