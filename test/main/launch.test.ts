import { describe, expect, it } from 'vitest';
import { filesOf, ownWords, readLaunch } from '../../src/main/launch.js';

describe('the words of a start that are the app’s own', () => {
  it.each([
    [['gilscope', 'a.csv'], false, ['a.csv']],
    [['electron', '.', 'a.csv', '--profile', 'p'], true, ['a.csv', '--profile', 'p']],
    [['electron', '--no-sandbox', '-r', 'first.js', '/app', 'a.csv'], true, ['a.csv']],
    [['electron', '--inspect=0', '--user-data-dir=/p', '.'], true, []],
    [['electron'], true, []],
  ])('of %j, bare Electron %s, are %j', (argv, isBareElectron, words) => {
    expect(ownWords(argv, isBareElectron)).toEqual(words);
  });
});

describe('a start', () => {
  it('opens nothing, in the user’s own profile, where nothing is asked for', () => {
    expect(readLaunch([], '/home/me')).toEqual({ files: [], profile: null, resetsSettings: false });
  });

  it('means paths from the folder that the user is in', () => {
    const words = ['a.gilscope', '/b.csv', '--profile', 'other', '--no-sandbox'];
    expect(readLaunch(words, '/home/me')).toEqual({
      files: ['/home/me/a.gilscope', '/b.csv'],
      profile: '/home/me/other',
      resetsSettings: false,
    });
    expect(readLaunch(['--profile=/p', '--', '--odd'], '/home/me')).toEqual({
      files: ['/home/me/--odd'],
      profile: '/p',
      resetsSettings: false,
    });
  });

  it('resets the settings where it is asked to', () => {
    expect(readLaunch(['--reset-settings', 'a'], '/').resetsSettings).toBe(true);
    expect(readLaunch(['--', '--reset-settings'], '/').resetsSettings).toBe(false);
  });

  it.each([[['--profile']], [['--profile', '']], [['--profile=']]])(
    'is refused with %j, which names no folder',
    (words) => {
      expect(() => readLaunch(words, '/')).toThrow('--profile needs a folder');
    },
  );
});

describe('what another start hands over', () => {
  it('are files', () => {
    expect(filesOf({ files: ['/a.csv'] })).toEqual(['/a.csv']);
  });

  it.each([
    [null],
    [{}],
    [{ files: 'a' }],
    [{ files: [''] }],
    [{ files: ['x'.repeat(5000)] }],
    [{ files: Array.from({ length: 1001 }, () => '/a') }],
  ])('are none in %j', (handedOver) => {
    expect(filesOf(handedOver)).toEqual([]);
  });
});
