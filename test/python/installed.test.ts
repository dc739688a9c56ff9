import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installedPythons } from '../../src/python/installed.js';
import { SYSTEM_PYTHON } from '../fixtures/pythons.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

let folder: string;
eachInFolder((made) => {
  folder = made;
});

/** Makes a file that looks like a program, or another one. */
function make(path: string, content = '\x7fELF'): string {
  const whole = join(folder, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, content);
  return whole;
}

const found = (environment: Record<string, string>) =>
  installedPythons({ environment, home: folder }).map(({ path, version, origin }) => [
    path.replace(`${folder}/`, ''),
    version,
    origin,
  ]);

describe('the interpreters of a machine', () => {
  it('are those of the environments, of PATH and of pyenv, each with what its files say', () => {
    make('venv/bin/python3');
    make('venv/pyvenv.cfg', 'home = /usr/bin\nversion = 3.12.4\n');
    make('conda/bin/python3.10');
    make('conda/conda-meta/python-3.10.13-h0.json', '{}');
    make('bin/python3.9');
    make('.pyenv/versions/3.8.18/bin/python');
    const environment = {
      VIRTUAL_ENV: join(folder, 'venv'),
      CONDA_PREFIX: join(folder, 'conda'),
      PATH: `${join(folder, 'bin')}:relative:/nowhere`,
    };
    expect(found(environment)).toEqual([
      ['venv/bin/python3', '3.12.4', 'VIRTUAL_ENV'],
      ['conda/bin/python3.10', '3.10.13', 'CONDA_PREFIX'],
      ['bin/python3.9', '3.9', 'PATH'],
      ['.pyenv/versions/3.8.18/bin/python', '3.8.18', 'pyenv'],
    ]);
  });

  it('are there once, whatever they are called, but for each environment of their own', () => {
    const program = make('bin/python3.11');
    symlinkSync(program, join(folder, 'bin/python3'));
    symlinkSync(program, join(folder, 'bin/python'));
    make('venv/pyvenv.cfg', 'version = 3.11.2\n');
    mkdirSync(join(folder, 'venv/bin'));
    symlinkSync(program, join(folder, 'venv/bin/python'));
    const PATH = ['bin', 'venv/bin', 'bin'].map((each) => join(folder, each)).join(':');
    expect(found({ PATH })).toEqual([
      ['bin/python3', '3.11', 'PATH'],
      ['venv/bin/python', '3.11.2', 'PATH'],
    ]);
  });

  it('are no scripts, no Python 2, nothing else that is called so, and nothing that is gone', () => {
    make('bin/python3', '#!/bin/sh\nexec pyenv python3\n');
    make('bin/python2.7');
    make('bin/python3-config');
    symlinkSync(join(folder, 'bin/python2.7'), join(folder, 'bin/python'));
    symlinkSync(join(folder, 'none'), join(folder, 'bin/python3.12'));
    expect(found({ PATH: join(folder, 'bin') })).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('are found on this one', () => {
    copyFileSync(SYSTEM_PYTHON, join(folder, 'python3'));
    expect(found({ PATH: folder })).toHaveLength(1);
    expect(found({ PATH: dirname(SYSTEM_PYTHON) })[0]?.[0]).toBe(SYSTEM_PYTHON);
  });
});
