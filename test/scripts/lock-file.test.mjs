import { describe, expect, it } from 'vitest';
import { problemsOfLock } from '../../scripts/lock-file.mjs';

const rules = { areTools: false, mayHaveInstallScripts: ['builder'] };

/** The problems of a lock file with one package in it. */
function problems(locked, name = 'some', own = rules) {
  return problemsOfLock(
    { packages: { '': { license: 'MIT' }, [`node_modules/${name}`]: locked } },
    own,
  );
}

describe('licences', () => {
  it.each(['MIT', 'ISC', '(MIT OR GPL-3.0)', 'WTFPL OR ISC', 'MIT AND ISC'])(
    '%s is allowed',
    (license) => {
      expect(problems({ license })).toEqual([]);
    },
  );

  it.each(['GPL-3.0', 'MIT AND GPL-3.0', 'SEE LICENSE IN LICENSE', 'MPL-2.0', undefined])(
    '%s is not, in what products may hold',
    (license) => {
      expect(problems({ license })).toEqual([`some has the licence ${license ?? 'of no name'}`]);
    },
  );

  it('of tools alone may ask for more', () => {
    expect(problems({ license: 'MPL-2.0', dev: true })).toEqual([]);
    expect(problems({ license: 'MPL-2.0' }, 'some', { ...rules, areTools: true })).toEqual([]);
    expect(problems({ license: 'GPL-3.0', dev: true })).toHaveLength(1);
  });
});

describe('what is installed', () => {
  it('runs no script of its own', () => {
    const locked = { license: 'MIT', hasInstallScript: true };
    expect(problems(locked)).toEqual(['some runs a script when it is installed']);
    expect(problems(locked, 'builder')).toEqual([]);
  });

  it('names no place to be downloaded from, in packages within packages too', () => {
    const locked = { license: 'MIT', resolved: 'https://example.org/some.tgz' };
    expect(problems(locked, 'other/node_modules/some')).toEqual([
      'some names where it is downloaded from',
    ]);
  });
});
