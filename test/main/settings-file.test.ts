import { EventEmitter, once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { SettingsFile } from '../../src/main/settings-file.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

const STATE = {
  bounds: { x: -1200, y: 40, width: 1000, height: 700 },
  isMaximised: true,
  isFullScreen: false,
};

let path: string;
let warnings: string[];
const aside = () => `${path}.broken-2026-03-04T05.06.07.089Z`;
eachInFolder((folder) => {
  path = join(folder, 'settings.json');
});
beforeEach(() => {
  warnings = [];
});

/** The settings of a start, whose changes are written when `rested` is called. */
function started() {
  const clock = new EventEmitter();
  const settings = new SettingsFile(path, {
    rest: () => once(clock, 'rested'),
    warn: (message) => warnings.push(message),
    now: () => new Date('2026-03-04T05:06:07.089Z'),
  });
  const rested = async () => {
    clock.emit('rested');
    await nextTurn();
    await settings.save();
  };
  return { settings, rested };
}

describe('settings', () => {
  it('are there at the next start', async () => {
    const { settings } = started();
    expect(settings.get('window')).toBeUndefined();
    settings.set('window', STATE);
    expect(settings.get('window')).toEqual(STATE);
    await settings.save();
    expect(started().settings.get('window')).toEqual(STATE);
    expect(warnings).toEqual([]);
  });

  it('are written once after many changes, with the last of them', async () => {
    const { settings, rested } = started();
    for (let x = 0; x < 100; x += 1) {
      settings.set('window', { ...STATE, bounds: { ...STATE.bounds, x } });
    }
    await nextTurn();
    expect(existsSync(path)).toBe(false);
    await rested();
    expect(started().settings.get('window')?.bounds.x).toBe(99);
  });

  it('are not written where nothing has changed', async () => {
    await started().settings.save();
    expect(existsSync(path)).toBe(false);
  });

  it('keep what a newer version has put beside them', async () => {
    writeFileSync(path, JSON.stringify({ ofNewer: 'dark', window: STATE }));
    const { settings } = started();
    settings.set('window', { ...STATE, isMaximised: false });
    await settings.save();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      ofNewer: 'dark',
      window: { ...STATE, isMaximised: false },
    });
  });

  it('are forgotten when they are reset, also those of newer versions', async () => {
    writeFileSync(path, JSON.stringify({ ofNewer: 'dark', window: STATE }));
    const { settings } = started();
    settings.reset();
    expect(settings.get('window')).toBeUndefined();
    await settings.save();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({});
  });

  it('do without a folder that cannot be written to, and say so', async () => {
    const settings = new SettingsFile(join(path, 'none', 'settings.json'), {
      rest: () => Promise.resolve(),
      warn: (message) => warnings.push(message),
      now: () => new Date(0),
    });
    settings.set('window', STATE);
    await settings.save();
    expect(warnings).toEqual([expect.stringMatching(/^The settings are not kept: cannot write /)]);
    expect(settings.get('window')).toEqual(STATE);
    settings.set('recent', []);
    await settings.save();
    expect(warnings).toHaveLength(1);
  });
});

describe('a settings file that is broken', () => {
  it.each([
    ['is empty', ''],
    ['is cut', '{"window": {"bounds": {"x": 1'],
    ['is no object', '17'],
    ['is a list', '[]'],
    ['is binary', '\u0000\u0001\u0002'],
  ])('is set aside where it %s, and the next start has none', (_name, text) => {
    writeFileSync(path, text);
    expect(started().settings.get('window')).toBeUndefined();
    expect(readFileSync(aside(), 'utf8')).toBe(text);
    expect(existsSync(path)).toBe(false);
    expect(warnings).toEqual([expect.stringContaining(aside())]);
    started();
    expect(warnings).toHaveLength(1);
  });

  it('keeps what is right in it', async () => {
    writeFileSync(path, JSON.stringify({ ofNewer: 'dark', window: { bounds: 'large' } }));
    const { settings } = started();
    expect(settings.get('window')).toBeUndefined();
    expect(existsSync(aside())).toBe(true);
    settings.set('window', STATE);
    await settings.save();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ ofNewer: 'dark', window: STATE });
  });

  it('is written again with what is right, though nothing changes', async () => {
    writeFileSync(
      path,
      JSON.stringify({ window: 17, recent: ['/a.gilscope'], panels: { runsPx: -1 } }),
    );
    await started().settings.save();
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ recent: ['/a.gilscope'] });
    expect(warnings).toEqual([expect.stringContaining('(window, panels: ')]);
    started();
    expect(warnings).toHaveLength(1);
  });

  it('is set aside where it is a folder', async () => {
    mkdirSync(path);
    const { settings } = started();
    settings.set('window', STATE);
    await settings.save();
    expect(readdirSync(join(path, '..')).sort()).toEqual([
      'settings.json',
      'settings.json.broken-2026-03-04T05.06.07.089Z',
    ]);
    expect(warnings).toHaveLength(1);
  });
});
