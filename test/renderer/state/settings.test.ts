import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../src/ipc/index.js';
import type { Ask } from '../../../src/renderer/app/bridge.js';
import { Settings } from '../../../src/renderer/state/settings.svelte.js';

/** Settings whose requests are kept and answered alike, and what went wrong with them. */
function settingsWith(answer: unknown = { ok: true, value: null }) {
  const asked: [string, unknown][] = [];
  const failures: Failure[] = [];
  const ask = ((name: string, request: unknown) => {
    asked.push([name, request]);
    return Promise.resolve(answer);
  }) as Ask;
  const reporter = { fail: (failure: Failure) => failures.push(failure) };
  const settings = new Settings(reporter, { panels: { runsPx: 200 }, theme: 'dark' }, ask);
  return { settings, asked, failures };
}

describe('settings of the window', () => {
  it('begin with what was kept', () => {
    const { settings, asked } = settingsWith();
    expect([settings.theme, settings.panels.heights]).toEqual(['dark', { runsPx: 200 }]);
    expect(asked).toEqual([]);
  });

  it('are kept at each change', async () => {
    const { settings, asked } = settingsWith();
    await settings.setTheme('light');
    settings.panels.set('analysisPx', 300);
    expect(settings.theme).toBe('light');
    expect(asked).toEqual([
      ['setTheme', 'light'],
      ['keepPanels', { runsPx: 200, analysisPx: 300 }],
    ]);
  });

  it.each([
    ['reset', true, 'system', {}],
    ['cancelled', false, 'dark', { runsPx: 200 }],
  ])('when resetting was %s', async (status, isReset, theme, heights) => {
    const { settings, asked } = settingsWith({ ok: true, value: { status } });
    expect(await settings.reset()).toBe(isReset);
    expect([settings.theme, settings.panels.heights]).toEqual([theme, heights]);
    expect(asked).toEqual([['resetSettings', null]]);
  });

  it('say why they could not be kept', async () => {
    const failure = { message: 'refused' };
    const { settings, failures } = settingsWith({ ok: false, failure });
    await settings.setTheme('light');
    expect(failures).toEqual([failure]);
  });
});
