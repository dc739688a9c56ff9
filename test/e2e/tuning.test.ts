import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { answerSaveDialog, expect, fillForm, runInList, runToEnd, test } from './app.js';

const small = { Matrices: 40, 'Matrix size': 24, Threads: 2, Repeats: 3, 'Max iterations': 300 };

const spin = (page: Page, name: string) => page.getByRole('spinbutton', { name, exact: true });
const compare = (page: Page) => page.getByRole('button', { name: 'Compare four ways' }).first();
const comparison = (page: Page) => page.getByRole('region', { name: 'Comparison', exact: true });
const figures = (page: Page) => page.getByRole('region', { name: /figures/ });

/** Compares the four ways of the small work, to the end. */
async function compareToEnd(page: Page): Promise<void> {
  await fillForm(page, small);
  await compare(page).click();
  await expect(page.getByRole('status')).toContainText('Comparison done');
}

const clipboardOf = (app: ElectronApplication) =>
  app.evaluate(({ clipboard }) => clipboard.readText());

test('a preset fills in the form and runs, by mouse and by keyboard, and is undone', async ({
  page,
}) => {
  const presets = page.getByRole('button', { name: 'Presets' });
  await presets.click();
  await page.getByRole('menuitem', { name: 'Thread pool, GIL held' }).click();
  await expect(page.getByRole('combobox', { name: 'Lock mode' })).toHaveValue('gil-held');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(page.getByRole('status')).toContainText('Run 1 done');
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText(
    'What to see: No two blocks stand above one another',
  );

  await presets.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Serial' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Scheduler' })).toHaveValue('static');
  await expect(presets).toBeFocused();
  await expect(page.getByRole('status')).toContainText('Run 2 done');

  await page.keyboard.press('Control+z');
  await expect(page.getByRole('combobox', { name: 'Lock mode' })).toHaveValue('gil-held');
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('combobox', { name: 'Lock mode' })).toHaveValue('none');
  // Taking back what was run runs nothing.
  await expect(page.getByRole('status')).toContainText('Run 2 done');
});

test('a preset runs from its card, and the card of what is in the form is marked', async ({
  page,
}) => {
  const cards = page.getByRole('group', { name: 'Presets' });
  const card = cards.getByRole('button', { name: /^Ten sleeps on ten threads/ });
  await expect(card).toHaveAttribute('aria-current', 'false');
  await expect(cards.getByRole('button', { name: /^Thread pool, no lock/ })).toHaveAttribute(
    'aria-current',
    'true',
  );
  await card.click();
  await expect(page.getByRole('status')).toContainText('Run 1 done');
  await expect(page.getByRole('combobox', { name: 'Workload' })).toHaveValue('sleep');
  await expect(page.getByText('What to see: All ten lanes sleep at the same time')).toBeVisible();
});

test('the menu of presets is whole at 1600 x 1000', async ({ app, page }) => {
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1600, 1000);
  });
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(1600);
  await page.getByRole('button', { name: 'Presets' }).click();
  const menu = page.getByRole('menu', { name: 'Presets' });
  await expect(menu.getByRole('menuitem').last()).toBeInViewport({ ratio: 1 });
  const hidden = await menu.evaluate((list) => list.scrollHeight - list.clientHeight);
  expect(hidden).toBeLessThanOrEqual(0);
});

test('Escape closes the menu of presets and leaves the run on', async ({ page }) => {
  await fillForm(page, { ...small, 'Matrix size': 256, 'Max iterations': 10_000_000, Repeats: 9 });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeEnabled();
  await page.getByRole('button', { name: 'Presets' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('status')).toContainText(/stopped/);
});

test('edits of a field are undone in one step, also from within it, and redone', async ({
  page,
}) => {
  const matrices = spin(page, 'Matrices');
  const before = await matrices.inputValue();
  await matrices.selectText();
  await page.keyboard.type('321');
  await spin(page, 'Seed').fill('7');
  await page.keyboard.press('Control+z');
  await expect(spin(page, 'Seed')).toHaveValue('42');
  await page.keyboard.press('Control+z');
  await expect(matrices).toHaveValue(before);
  const undo = page.getByRole('button', { name: 'Undo' });
  await expect(undo).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Control+Shift+z');
  await expect(matrices).toHaveValue('321');
  await page.keyboard.press('Control+y');
  await expect(spin(page, 'Seed')).toHaveValue('7');
  await undo.click();
  await page.getByRole('button', { name: 'Redo' }).click();
  await expect(spin(page, 'Seed')).toHaveValue('7');
});

test('Live runs a change at once, in one entry of the list, and needs Run for what is too long', async ({
  page,
}) => {
  await fillForm(page, small);
  await page.getByRole('switch', { name: 'Live' }).click();
  await runInList(page, 1).waitFor();
  const lanes = page.getByRole('region', { name: 'Timeline' }).getByRole('table');
  await fillForm(page, { Threads: 3 });
  await expect(lanes.getByRole('row')).toHaveCount(4);
  await fillForm(page, { Threads: 4 });
  await expect(lanes.getByRole('row')).toHaveCount(5);
  await expect(page.getByRole('status')).toContainText('Run 1 done');
  await expect(page.getByRole('list', { name: 'Runs' }).getByRole('listitem')).toHaveCount(1);

  await fillForm(page, { Threads: 999 });
  await expect(page.getByText('Live waits until each field is right')).toBeVisible();
  // The last value alone makes the form right, so that nothing in between is run.
  await fillForm(page, { Matrices: 1000, 'Matrix size': 512, Threads: 4 });
  await expect(page.getByText(/Too long for Live/)).toBeVisible();
  await expect(page.getByRole('status')).toContainText('Run 1 done');
  await fillForm(page, small);
  await expect(lanes.getByRole('row')).toHaveCount(3);

  // A run of one's own is kept, and the switch goes on in its own place.
  await page.getByRole('switch', { name: 'Live' }).click();
  await expect(page.getByRole('status')).toContainText('Run 1 done');
  await runToEnd(page, 2);
  await expect(page.getByRole('list', { name: 'Runs' }).getByRole('listitem')).toHaveCount(2);
});

test('a change while Live is on stops the run that is out of date', async ({ page }) => {
  const endless = { ...small, 'Matrix size': 64, 'Max iterations': 10_000, Repeats: 1000 };
  await fillForm(page, endless);
  await page.getByRole('switch', { name: 'Live' }).click();
  await expect(page.getByRole('status')).toContainText('Running');
  await fillForm(page, { Repeats: 2 });
  await expect(page.getByRole('status')).toContainText('Run 1 done: 2 repeats');
});

test('a run’s command line is shown and copied, and its parameters put into the form', async ({
  app,
  page,
}) => {
  await fillForm(page, { ...small, 'Lock mode': 'gil-held' });
  await runToEnd(page, 1);
  await fillForm(page, { Threads: 9, 'Lock mode': 'none' });
  await page.getByRole('button', { name: /^Run 1 / }).click();
  const dialog = page.getByRole('dialog');
  const line =
    'npm run --silent gilscope -- run --matrices 40 --size 24 --threads 2 --lock gil-held --max-iterations 300';
  await expect(dialog).toContainText(line);
  await dialog.getByRole('button', { name: 'Copy command line' }).click();
  await expect(page.getByRole('status')).toContainText('clipboard');
  expect(await clipboardOf(app)).toBe(line);

  await page.getByRole('button', { name: /^Run 1 / }).click();
  await dialog.getByRole('button', { name: 'Put into the form' }).click();
  await expect(spin(page, 'Threads')).toHaveValue('2');
  await expect(page.getByRole('combobox', { name: 'Lock mode' })).toHaveValue('gil-held');
});

test('compares the four ways in one click from the empty window, and saves what it found', async ({
  app,
  page,
  folder,
}) => {
  await compareToEnd(page);
  await expect(comparison(page)).toContainText(/threads/);
  const rows = figures(page).getByRole('row');
  await expect(rows).toHaveCount(5);
  await expect(rows.nth(1)).toContainText('100 %');
  // The comparison and its four runs.
  await expect(page.getByRole('list', { name: 'Runs' }).getByRole('listitem')).toHaveCount(5);

  const saved = async (name: string, file: string) => {
    const path = join(folder, file);
    await answerSaveDialog(app, path);
    await figures(page).getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name }).click();
    await expect(page.getByRole('status')).toContainText(file);
    expect(existsSync(path)).toBe(true);
    return readFileSync(path, 'utf8');
  };
  expect(await saved('Table as Markdown', 'c.md')).toMatch(/^\| run \| median wall time/m);
  expect(JSON.parse(await saved('Report as JSON', 'c.json'))).toMatchObject({
    schema: 'gilscope.compare/1',
  });
  const tasks = (await saved('Tasks as CSV', 'c.csv')).trimEnd().split('\r\n');
  expect(tasks).toHaveLength(1 + 4 * 3 * 40);
  expect(await saved('Spans for speedscope', 'c.speedscope.json')).toContain('"exporter"');

  await figures(page)
    .getByRole('button', { name: /GIL held/ })
    .click();
  await expect(comparison(page)).toBeHidden();
  await expect(page.getByRole('banner')).toContainText('GIL held');
  await page
    .getByRole('list', { name: 'Runs' })
    .getByRole('button', { name: /^Comparison/ })
    .click();
  await expect(comparison(page)).toBeVisible();

  // Also straight back from a run of it.
  await figures(page)
    .getByRole('button', { name: /Static/ })
    .click();
  await page.getByRole('button', { name: '‹ Comparison' }).press('Enter');
  await expect(comparison(page)).toBeVisible();
});

test('a comparison can be stopped, and another one made', async ({ page }) => {
  await fillForm(page, { ...small, 'Matrix size': 256, 'Max iterations': 10_000_000 });
  await compare(page).click();
  await expect(page.getByRole('status')).toContainText('Round 1 of 3');
  await expect(page.getByRole('progressbar')).toBeVisible();
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('status')).toContainText('Comparison stopped');
  await compareToEnd(page);
});

test('the comparison says what it measures, and lines its figures up in a small window', async ({
  app,
  page,
}) => {
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 700);
  });
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(1024);
  await fillForm(page, { ...small, 'Matrix size': 256, 'Max iterations': 10_000_000 });
  await compare(page).click();
  await expect(comparison(page)).toContainText(/Round 1 of 3: .* · /);
  await expect(figures(page).locator('tr[aria-current=true]')).toHaveCount(1);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('status')).toContainText('Comparison stopped');

  await compareToEnd(page);
  const rights = (cells: string) =>
    figures(page)
      .locator(cells)
      .evaluateAll((all) =>
        all.slice(1).map((cell) => {
          const range = document.createRange();
          range.selectNodeContents(cell);
          return Math.round(range.getBoundingClientRect().right);
        }),
      );
  const heads = await rights('thead th');
  const values = await rights('tbody tr:nth-child(3) > *');
  expect(heads).toHaveLength(6);
  for (const [index, right] of values.entries()) {
    expect(Math.abs(right - (heads[index] ?? NaN)), `column ${index}`).toBeLessThanOrEqual(1);
  }
  const overhang = await figures(page)
    .locator('.table')
    .evaluate((table) => table.scrollWidth - table.clientWidth);
  expect(overhang).toBeLessThanOrEqual(0);
});

test('others are measured against the pinned run', async ({ page }) => {
  // A key moves the view by one step then, and not for a while.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await compareToEnd(page);
  const runs = page.getByRole('list', { name: 'Runs' });
  const pin = runs.getByRole('button', { name: 'Baseline: run 1' });
  await pin.click();
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  await expect(runs.getByRole('button', { name: /^4 GIL held/ })).toContainText('as fast');
  await runs.getByRole('button', { name: /^4 GIL held/ }).click();
  const summary = page.getByRole('region', { name: 'Summary' });
  await expect(summary).toContainText('Speed-up over run 1');
  await expect(summary).toContainText(/\S+ – \S+ \(range of \d\)/);

  // Two timelines on one axis: what moves the one moves the other.
  const above = page.getByLabel('Timeline chart of the baseline');
  const below = page.getByLabel('Timeline chart', { exact: true });
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const range = timeline.locator('p.range');
  const whole = await range.textContent();
  const pictureOf = (chart: typeof above) => chart.locator('canvas').first().screenshot();
  // Both are laid out and painted once neither changes any more.
  let last = Buffer.alloc(0);
  await expect
    .poll(async () => {
      const seen = last;
      last = Buffer.concat([await pictureOf(above), await pictureOf(below)]);
      return seen.equals(last);
    })
    .toBe(true);
  const before = { above: await pictureOf(above), below: await pictureOf(below) };
  await above.focus();
  await page.keyboard.press('w');
  await expect(range).not.toHaveText(whole ?? '');
  await expect.poll(async () => before.below.equals(await pictureOf(below))).toBe(false);
  await below.focus();
  await page.keyboard.press('Home');
  await expect(range).toHaveText(whole ?? '');
  await expect.poll(async () => before.above.equals(await pictureOf(above))).toBe(true);

  // One selection, of either; the strip tells whose it is, and its buttons stay there.
  const strip = timeline.getByRole('group', { name: 'Selection' });
  await above.focus();
  await page.keyboard.press('.');
  await expect(strip).toContainText('Baseline · compute · task #0');
  await strip.getByRole('button', { name: 'Next span' }).click();
  await expect(strip).toContainText('Baseline · compute · task #1');
  await expect(strip).toContainText('iterations');
  await below.focus();
  await page.keyboard.press('.');
  await expect(strip).not.toContainText('Baseline');
  await expect(strip).toContainText('task #');

  await pin.click();
  await expect(above).toBeHidden();
  await expect(summary).toContainText('Speed-up over serial');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`breaks no rule of accessibility with all of it open, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const violations = async () =>
      (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(
        ({ id, nodes }) => [id, nodes.map((node) => node.html)],
      );
    await page.getByRole('button', { name: 'Presets' }).click();
    expect(await violations()).toEqual([]);
    await page.keyboard.press('Escape');
    await compareToEnd(page);
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Baseline: run 1' }).click();
    await page
      .getByRole('list', { name: 'Runs' })
      .getByRole('button', { name: /^4 GIL held/ })
      .click();
    await page.getByRole('button', { name: /^Run 4 / }).click();
    expect(await violations()).toEqual([]);
  });
}

test('nothing is cut off magnified to 200 %', async ({ app, page }) => {
  await compareToEnd(page);
  await app.evaluate(({ BrowserWindow }) => {
    const window = BrowserWindow.getAllWindows()[0];
    window?.setContentSize(1024, 700);
    window?.webContents.setZoomFactor(2);
  });
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBeLessThan(600);
  // The charts take their new size a frame or two after the window.
  await expect
    .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
    .toBeLessThanOrEqual(0);
  await figures(page)
    .getByRole('button', { name: /GIL held/ })
    .scrollIntoViewIfNeeded();
  await expect(figures(page).getByRole('button', { name: /GIL held/ })).toBeInViewport();
});
