import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { answerQuestions, expect, fillForm, launch, questionsAsked, test } from './app.js';

/** Chooses an action from the menu. */
async function choose(app: ElectronApplication, id: string): Promise<void> {
  await app.evaluate(({ Menu }, item) => {
    Menu.getApplicationMenu()?.getMenuItemById(item)?.click();
  }, id);
}

/** What is kept from one start to the next on the same profile. */

test('the form says what it said last', async ({ folder }) => {
  const first = await launch(folder, ['.']);
  const before = await first.firstWindow();
  await fillForm(before, { Threads: 3, Workload: 'sleep' });
  // A field that is wrong keeps what it said before.
  await fillForm(before, { Matrices: 12 });
  await before.getByRole('spinbutton', { name: 'Matrices' }).fill('none');
  await first.close();
  const second = await launch(folder, ['.']);
  const after = await second.firstWindow();
  await expect(after.getByRole('spinbutton', { name: 'Threads' })).toHaveValue('3');
  await expect(after.getByRole('combobox', { name: 'Workload' })).toHaveValue('sleep');
  await expect(after.getByRole('spinbutton', { name: 'Matrices' })).toHaveValue('12');
  await second.close();
});

test('the window has the theme that was chosen, also after the next start', async ({ folder }) => {
  const surface = (page: Page) =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const isMarked = (app: ElectronApplication, id: string) =>
    app.evaluate(({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.checked, id);
  const first = await launch(folder, ['.'], null);
  const before = await first.firstWindow();
  await before.getByRole('button', { name: 'Run', exact: true }).waitFor();
  await expect.poll(() => isMarked(first, 'theme-system')).toBe(true);
  await choose(first, 'theme-light');
  await expect.poll(() => isMarked(first, 'theme-light')).toBe(true);
  const light = await surface(before);
  await choose(first, 'theme-dark');
  await expect.poll(() => surface(before)).not.toBe(light);
  await expect.poll(() => isMarked(first, 'theme-dark')).toBe(true);
  expect(await isMarked(first, 'theme-light')).toBe(false);
  const dark = await surface(before);
  await first.close();
  const second = await launch(folder, ['.'], null);
  const after = await second.firstWindow();
  await after.getByRole('button', { name: 'Run', exact: true }).waitFor();
  expect(await surface(after)).toBe(dark);
  await expect.poll(() => isMarked(second, 'theme-dark')).toBe(true);
  await second.close();
});

test('settings are reset at once where the user says so, and by a flag of a start', async ({
  folder,
}) => {
  const threads = (page: Page) => page.getByRole('spinbutton', { name: 'Threads' });
  const theme = (app: ElectronApplication) =>
    app.evaluate(({ nativeTheme }) => nativeTheme.themeSource);
  const first = await launch(folder, ['.']);
  const page = await first.firstWindow();
  await threads(page).waitFor();
  const usual = await threads(page).inputValue();
  const change = async () => {
    await choose(first, 'theme-dark');
    await threads(page).fill('77');
    await expect.poll(() => theme(first)).toBe('dark');
  };
  await change();
  await answerQuestions(first, 1);
  await choose(first, 'reset-settings');
  await expect.poll(() => questionsAsked(first)).toEqual(['Reset all settings?']);
  await expect(threads(page)).toHaveValue('77');
  await answerQuestions(first, 0);
  await choose(first, 'reset-settings');
  await expect(threads(page)).toHaveValue(usual);
  expect(await theme(first)).toBe('system');
  await change();
  await first.close();
  const second = await launch(folder, ['.', '--reset-settings']);
  await expect(threads(await second.firstWindow())).toHaveValue(usual);
  expect(await theme(second)).toBe('system');
  await second.close();
});

test('the log has starts and failures, and Help opens it', async ({ app, page, folder }) => {
  const path = join(folder, 'profile', 'gilscope.log');
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
  await app.evaluate(({ app: main, shell }) => {
    shell.openPath = (opened) => {
      Object.assign(main, { opened });
      return Promise.resolve('no program for it');
    };
  });
  await choose(app, 'open-log');
  await expect(page.getByRole('alert')).toContainText('cannot be opened: no program for it');
  expect(await app.evaluate(({ app: main }) => Reflect.get(main, 'opened') as unknown)).toBe(path);
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(lines[0]).toMatch(/^\S+Z start: Gilscope /);
  expect(lines.at(-1)).toContain('failure (log:open): ');
});
