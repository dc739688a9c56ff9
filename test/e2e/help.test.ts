import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, fillForm, runInList, runToEnd, test } from './app.js';
import { cutIn, resize } from './layout.js';

/** Help with what comes next, where it is missed. */

const SMALL = { Matrices: 40, 'Matrix size': 24, Threads: 2, Repeats: 3, 'Max iterations': 300 };

const summary = (page: Page) => page.getByRole('region', { name: 'Summary' });
const runSerial = (page: Page) => summary(page).getByRole('button', { name: 'Run serial' });
const signAware = (page: Page) => summary(page).getByRole('button', { name: 'Use sign-aware' });
const expected = (page: Page) => page.getByRole('banner').locator('.expected');

test('where the speed-up is missing, Run serial runs it and it appears', async ({ page }) => {
  await fillForm(page, { ...SMALL, 'Lock mode': 'gil-held' });
  await runToEnd(page, 1);
  const figure = summary(page).locator('dl > div').filter({ hasText: 'Speed-up over serial' });
  await expect(figure).toContainText('no serial run of it');
  const before = await figure.boundingBox();
  // What stands in the form by then does not matter, and is left as it is.
  await fillForm(page, { Seed: 7, Matrices: 9 });
  await runSerial(page).click();
  await expect(runInList(page, 1)).toContainText('Serial');
  await expect(figure).toContainText(/[\d.]+×/);
  await expect(page.getByRole('banner')).toContainText('GIL held · Executor');
  await expect(runSerial(page)).toHaveCount(0);
  expect(await figure.boundingBox()).toEqual(before);
  await expect(page.getByRole('spinbutton', { name: 'Matrices' })).toHaveValue('9');
});

test('where tasks did not converge, Use sign-aware puts that test into the form', async ({
  page,
}) => {
  await fillForm(page, SMALL);
  await runToEnd(page, 1);
  const convergence = page.getByRole('combobox', { name: 'Convergence' });
  await signAware(page).click();
  await expect(convergence).toHaveValue('sign-aware');
  await expect(page.getByRole('status')).toHaveText(
    'The form has the sign-aware test now: press Run',
  );
  await page.keyboard.press('Control+z');
  await expect(convergence).toHaveValue('strict');
  await expect(page.getByRole('status')).toHaveText('Ready');
  await page.keyboard.press('Control+Shift+z');
  await fillForm(page, { 'Max iterations': 100_000 });
  await runToEnd(page, 1);
  await expect(page.getByRole('status')).toContainText('Run 2 done');
  await expect(summary(page)).toContainText('of 40, sign-aware');
  await expect(signAware(page)).toHaveCount(0);
});

test('how long a run takes is said beside Run, follows the form, and moves nothing', async ({
  page,
}) => {
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await expect(expected(page)).toHaveText(/^\s*about \d+ m?s estimated\s*$/);
  const places = async () =>
    Promise.all([run, expected(page)].map((element) => element.boundingBox()));
  const before = await places();
  await fillForm(page, { Workload: 'sleep', Matrices: 100, Threads: 10, 'Sleep (ms)': 1000 });
  await fillForm(page, { Repeats: 2, 'Warm-up': 1 });
  await expect(expected(page)).toHaveText(/^\s*about 30 s estimated\s*$/);
  await expect(run).toHaveAccessibleDescription(/about 30 s estimated/);
  await fillForm(page, { Matrices: 1_000_000, 'Sleep (ms)': 60_000 });
  await expect(expected(page)).toHaveText(/about 200 days/);
  expect(await places()).toEqual(before);
  await fillForm(page, { Threads: 999 });
  await expect(expected(page)).toHaveText(/^\s*$/);
  expect(await places()).toEqual(before);

  await fillForm(page, { Workload: 'power', ...SMALL });
  await expect(expected(page)).toHaveText(/estimated/);
  await runToEnd(page, 1);
  await expect(expected(page)).toHaveText(/^\s*[\d.]+ m?s measured\s*$/);
  await fillForm(page, { Seed: 7 });
  await expect(expected(page)).toHaveText(/estimated/);
  expect(await places()).toEqual(before);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`all help fits into a small window and breaks no rule of accessibility, ${colorScheme}`, async ({
    app,
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await resize(app, page, [1024, 700, 1]);
    await page.getByRole('button', { name: 'Presets' }).click();
    await page.getByRole('menuitem', { name: 'Thread pool, GIL held' }).click();
    await expect(page.getByRole('status')).toContainText('Run 1 done');
    const look = page.getByText('What to see:');
    await expect(look).toBeVisible();
    expect(await cutIn(page, 'section[aria-label="Summary"] dl')).toEqual([]);
    const cutPx = await look.evaluate(
      ({ parentElement: line }) => (line?.scrollWidth ?? NaN) - (line?.clientWidth ?? NaN),
    );
    expect(cutPx).toBeLessThanOrEqual(0);
    expect(await cutIn(page, 'header .buttons')).toEqual([]);
    await page.getByLabel('Timeline chart', { exact: true }).focus();
    await page.keyboard.press('.');
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
}

test('About tells the versions and licences of all that is inside', async ({ app, page }) => {
  await expect(page.getByRole('status')).toHaveText('Ready');
  const told = await app.evaluate(async ({ dialog, Menu }) => {
    const shown = new Promise<Electron.MessageBoxOptions>((resolve) => {
      const record = (...words: unknown[]) => {
        resolve(words.at(-1) as Electron.MessageBoxOptions);
        return Promise.resolve({ response: 0, checkboxChecked: false });
      };
      Object.assign(dialog, { showMessageBox: record });
    });
    const help = Menu.getApplicationMenu()?.items.at(-1)?.submenu?.items;
    help?.find(({ label }) => label === 'About Gilscope')?.click();
    return shown;
  });
  expect(told.message).toMatch(/^Gilscope \d+\.\d+\.\d+$/);
  expect(told.detail).toMatch(/^Electron [\d.]+ \(MIT\), Chromium [\d.]+ /m);
  expect(told.detail).toMatch(/svelte [\d.]+ \(MIT\)/);
});
