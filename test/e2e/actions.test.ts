import AxeBuilder from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, fillForm, runInList, runToEnd, test } from './app.js';

const small = { Matrices: 40, 'Matrix size': 24, Threads: 2, Repeats: 2, 'Max iterations': 300 };

const palette = (page: Page) => page.getByRole('dialog', { name: 'All actions' });
const field = (page: Page) => page.getByRole('combobox', { name: 'Find an action' });
const lock = (page: Page) => page.getByRole('combobox', { name: 'Lock mode' });

/** Chooses an item of the application menu. */
async function chooseInMenu(app: ElectronApplication, id: string): Promise<void> {
  await app.evaluate(({ Menu }, item) => {
    const found = Menu.getApplicationMenu()?.getMenuItemById(item);
    if (found == null) throw new Error(`The menu has no ${item}`);
    Reflect.apply(found.click, found, []);
  }, id);
}

/** How an item of the application menu stands now. */
const itemOf = (app: ElectronApplication, id: string) =>
  app.evaluate(({ Menu }, item) => {
    const found = Menu.getApplicationMenu()?.getMenuItemById(item);
    return { enabled: found?.enabled, checked: found?.checked };
  }, id);

test('the palette finds an action and does it, by keyboard alone', async ({ page }) => {
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('held preset');
  await expect(palette(page).getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeHidden();
  await expect(lock(page)).toHaveValue('gil-held');
  await expect(page.getByRole('status')).toContainText('Run 1 done');

  await fillForm(page, small);
  await page.keyboard.press('Control+Shift+P');
  await expect(field(page)).toHaveValue('');
  await page.keyboard.press('Enter');
  await expect(runInList(page, 2)).toBeVisible();
  await expect(page.getByRole('status')).toContainText('Run 2 done');
});

test('the palette leads to a field by other words, also into a group that is folded', async ({
  page,
}) => {
  for (const [words, role, name] of [
    ['thread count', 'spinbutton', 'Threads'],
    ['tolerance', 'spinbutton', 'Epsilon'],
    ['gil field', 'combobox', 'Lock mode'],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await expect(page.getByRole(role, { name, exact: true })).toBeFocused();
  }
  // Sleeping converges to nothing, so that its group is folded.
  await fillForm(page, { Workload: 'sleep' });
  const cap = page.getByRole('spinbutton', { name: 'Max iterations' });
  await expect(cap).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('iteration cap');
  await page.keyboard.press('Enter');
  await expect(cap).toBeFocused();
});

test('arrows move through the palette, what cannot be done is not, and Escape closes it', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'All actions' }).click();
  await page.keyboard.type('export');
  const csv = palette(page).getByRole('option', { name: 'Export CSV' });
  await expect(csv).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toBeVisible();
  await field(page).fill('save');
  const options = palette(page).getByRole('option');
  await page.keyboard.press('ArrowUp');
  await expect(options.last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await field(page).fill('no such thing');
  await expect(page.getByText('No action of that name')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(palette(page)).toBeHidden();
  await expect(page.getByRole('button', { name: 'All actions' })).toBeFocused();
});

test('Escape closes the palette and leaves the run on', async ({ page }) => {
  await fillForm(page, { ...small, 'Matrix size': 256, 'Max iterations': 10_000_000 });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeEnabled();
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await expect(palette(page)).toBeHidden();
  const stop = page.getByRole('button', { name: 'Stop' });
  await expect(stop).toBeEnabled();
  // In a field, where the focus may have come back to, Escape would leave that first.
  await stop.focus();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('status')).toContainText(/stopped/);
});

test('a key that comes before the focus has left a closed dialog is the window’s', async ({
  page,
}) => {
  const close = page.locator('dialog button', { hasText: 'Close' });
  await close.dispatchEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true });
  await expect(field(page)).toBeFocused();
});

test('the application menu does what the window does', async ({ app, page }) => {
  const live = page.getByRole('switch', { name: 'Live' });
  await fillForm(page, small);
  await chooseInMenu(app, 'run');
  await expect(page.getByRole('status')).toContainText('Run 1 done');
  await chooseInMenu(app, 'previous-repeat');
  await expect(page.getByText('Repeat 1 of 2', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Previous repeat' })).toBeDisabled();
  await chooseInMenu(app, 'keys');
  await expect(page.getByRole('dialog', { name: 'Keys and pointer' })).toBeVisible();
  await chooseInMenu(app, 'palette');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await chooseInMenu(app, 'live');
  await expect(live).toHaveAttribute('aria-checked', 'true');
});

test('the application menu greys what cannot be done and marks what is on', async ({
  app,
  page,
}) => {
  await expect.poll(() => itemOf(app, 'run')).toEqual({ enabled: true, checked: false });
  for (const id of ['stop', 'undo', 'export-csv', 'save-histogram-png', 'next-span', 'analysis']) {
    expect(await itemOf(app, id), id).toMatchObject({ enabled: false });
  }
  await chooseInMenu(app, 'live');
  await expect.poll(() => itemOf(app, 'live')).toEqual({ enabled: true, checked: true });
  await chooseInMenu(app, 'live');
  await expect.poll(() => itemOf(app, 'live')).toEqual({ enabled: true, checked: false });
  await expect(page.getByRole('switch', { name: 'Live' })).toHaveAttribute('aria-checked', 'false');

  await fillForm(page, small);
  await runToEnd(page, 1);
  for (const id of ['undo', 'export-csv', 'save-histogram-png', 'next-span', 'previous-repeat']) {
    await expect.poll(() => itemOf(app, id), id).toMatchObject({ enabled: true });
  }
  await expect.poll(() => itemOf(app, 'analysis')).toEqual({ enabled: true, checked: true });
  await chooseInMenu(app, 'analysis');
  const fold = page.getByRole('region', { name: 'Analysis' }).locator('[aria-expanded]');
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  await chooseInMenu(app, 'explain');
  await expect(page.getByRole('dialog', { name: 'How this is worked out' })).toBeVisible();
});

test('Undo in the menu is of the text in a search, and of the parameters elsewhere', async ({
  app,
  page,
}) => {
  await fillForm(page, small);
  await runToEnd(page, 1);
  await chooseInMenu(app, 'preset:gil-held');
  await expect(page.getByRole('status')).toContainText('Run 2 done');
  const search = page.getByRole('search').getByRole('textbox');
  await search.focus();
  await page.keyboard.type('7');
  await chooseInMenu(app, 'undo');
  await expect(search).toHaveValue('');
  await expect(lock(page)).toHaveValue('gil-held');
  await page.getByLabel('Timeline chart').focus();
  await chooseInMenu(app, 'undo');
  await expect(lock(page)).toHaveValue('none');
  await chooseInMenu(app, 'redo');
  await expect(lock(page)).toHaveValue('gil-held');
});

test('actions reach the timeline', async ({ page }) => {
  await fillForm(page, small);
  await runToEnd(page, 1);
  const fit = page.getByRole('button', { name: 'Fit' });
  await expect(fit).toBeDisabled();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zoom in');
  await page.keyboard.press('Enter');
  await expect(fit).toBeEnabled();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('show all');
  await page.keyboard.press('Enter');
  await expect(fit).toBeDisabled();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('search');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('search').getByRole('textbox')).toBeFocused();
});

for (const colorScheme of ['dark', 'light'] as const) {
  test(`the palette has no accessibility violations, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.keyboard.press('Control+k');
    await expect(field(page)).toBeFocused();
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations).toEqual([]);
  });
}
