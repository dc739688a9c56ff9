import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate } from '../../src/main/menu-template.js';
import { ACTION_IDS, ACTIONS } from '../../src/ipc/action-names.js';
import { RECENT_MOST } from '../../src/ipc/index.js';

type Item = MenuItemConstructorOptions;

/** All items of a menu, those of submenus too. */
function itemsOf(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [
    item,
    ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : []),
  ]);
}

describe.each([false, true])('the application menu, on a Mac: %s', (isMac) => {
  const chosen: string[] = [];
  const recent = Array.from({ length: RECENT_MOST }, (_, place) => `R&D ${place}.gilscope`);
  const menu = menuTemplate(
    isMac,
    (id) => chosen.push(id),
    () => chosen.push('About'),
    recent,
  );
  const items = itemsOf(menu);

  it('has every action of the window once', () => {
    const ids = items.flatMap(({ id }) => id ?? []);
    expect(ids.toSorted()).toEqual(ACTION_IDS.toSorted());
  });

  it('names the recent files, whatever is in their names', () => {
    expect(items.find(({ id }) => id === 'recent:3')?.label).toBe('R&&D 3.gilscope');
    const none = itemsOf(
      menuTemplate(
        isMac,
        () => undefined,
        () => undefined,
      ),
    ).find(({ label }) => label === 'Open recent');
    expect(none).toMatchObject({ enabled: false, submenu: [] });
  });

  it('has About, which is no action of the page', () => {
    const about = items.find(({ label }) => label === 'About Gilscope');
    Reflect.apply(about?.click ?? (() => undefined), about, []);
    expect(chosen.splice(0)).toEqual(['About']);
  });

  it('shows switches as checkboxes, and says what was chosen', () => {
    const live = items.find(({ id }) => id === 'live');
    expect(live?.type).toBe('checkbox');
    expect(items.find(({ id }) => id === 'run')?.type).toBe('normal');
    Reflect.apply(live?.click ?? (() => undefined), live, []);
    expect(chosen).toEqual(['live']);
  });

  it('opens each menu of its own with another letter', () => {
    const letters = menu.flatMap(({ label }) => /&(.)/.exec(label ?? '')?.[1] ?? []);
    expect(letters.length).toBe(menu.length - (isMac ? 1 : 0));
    expect(new Set(letters).size).toBe(letters.length);
  });

  it('leaves the keys of actions to the page', () => {
    const withKeys = items.filter(({ id, accelerator }) => id && accelerator);
    expect(withKeys.length).toBeGreaterThan(0);
    expect(withKeys.every(({ registerAccelerator }) => registerAccelerator === false)).toBe(true);
  });
});

it('shows for each action the first of its keys with a modifier', () => {
  const items = itemsOf(
    menuTemplate(
      false,
      () => undefined,
      () => undefined,
    ),
  );
  for (const { id, keys = [] } of ACTIONS) {
    const shown = items.find((item) => item.id === id)?.accelerator;
    expect(shown, id).toBe(keys.find((key) => key.startsWith('CmdOrCtrl+')));
  }
  // Nothing else of the menu takes a key that an action has.
  expect(items.filter(({ role }) => role?.toLowerCase().includes('zoom'))).toEqual([]);
});

it('names no action at a length that no menu has room for', () => {
  const names = ACTIONS.map(({ label, briefly = label }) => briefly);
  expect(names.filter((name) => name.length > 36)).toEqual([]);
});
