import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { answerOpenDialog, answerQuestions, answerSaveDialog, expect, test } from './app.js';

/** Lists of four cells that take some milliseconds each. */
const SMALL = {
  ...{ Matrices: '40', 'Matrix size': '16', Threads: '1,2', 'Lock mode': 'none,gil-held' },
  ...{ 'Max iterations': '200', Repeats: '3' },
};

const runs = (page: Page) => page.getByRole('list', { name: 'Runs' });
const map = (page: Page) => page.getByRole('application', { name: /^Map of the sweep/ });
const status = (page: Page) => page.getByRole('status');
const start = (page: Page) => page.getByRole('button', { name: 'Run sweep' });
const rows = (page: Page) => page.getByRole('region', { name: 'Cells' }).getByRole('row');

/** Has the form take lists, and fills some in. */
async function setUp(page: Page, lists: Readonly<Record<string, string>>): Promise<void> {
  await page.getByRole('button', { name: 'Sweep', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Threads', exact: true })).toBeFocused();
  for (const [name, text] of Object.entries(lists)) {
    await page.getByRole('textbox', { name, exact: true }).fill(text);
  }
}

/** Measures a small sweep to its end. */
async function sweepToEnd(page: Page): Promise<void> {
  await setUp(page, SMALL);
  await start(page).click();
  await expect(status(page)).toHaveText('Sweep done: 4 cells, 3 rounds');
}

test('lists are read in the form, with what they make, and refused in words', async ({ page }) => {
  await setUp(page, SMALL);
  await expect(page.getByRole('form', { name: 'Parameters' })).toContainText('4 cells');
  const threads = page.getByRole('textbox', { name: 'Threads', exact: true });
  await threads.fill('1..64*2');
  await expect(page.getByRole('form', { name: 'Parameters' })).toContainText('14 cells');
  await threads.fill('4..1');
  await expect(page.getByRole('alert')).toHaveText(
    'Threads goes down in "4..1"; begin with the least value.',
  );
  await start(page).click();
  await expect(threads).toBeFocused();
  await expect(map(page)).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('alert')).toHaveCount(0);
  // The run's own parameters are as they were.
  await page.getByRole('button', { name: 'Sweep', exact: true }).click();
  await expect(page.getByRole('spinbutton', { name: 'Matrices', exact: true })).toHaveValue('100');
});

test('a sweep fills its map, opens a cell’s timeline, and pins a cell as the baseline', async ({
  page,
}) => {
  await sweepToEnd(page);
  await expect(rows(page)).toHaveCount(5);
  await expect(page.getByRole('region', { name: 'Sweep' })).toContainText('Most is gained with');
  await expect(runs(page).getByRole('listitem')).toHaveCount(1);

  // By the keyboard: the arrows move, what is there is read out, and Enter opens it.
  await map(page).focus();
  const cell = page.locator('#sweep-map-cell');
  await expect(cell).toContainText('Cell 1: threads 1, lock mode None');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(cell).toContainText('Cell 4: threads 2, lock mode GIL held');
  await page.keyboard.press('Shift+Enter');
  await expect(runs(page).getByRole('button', { name: 'Baseline: run 4' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(map(page)).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const lanes = page.getByRole('region', { name: 'Timeline' }).getByRole('table');
  await expect(lanes.first().getByRole('row')).toHaveCount(3);
  await expect(runs(page).getByRole('listitem')).toHaveCount(3);
  await expect(runs(page).getByRole('button', { name: /^2 / })).toHaveAttribute(
    'aria-current',
    'true',
  );

  // By the pointer, back on the map.
  await page.getByRole('button', { name: '‹ Sweep' }).click();
  const box = await map(page).boundingBox();
  if (box === null) throw new Error('the map is on the page');
  const square = { x: box.width * 0.9, y: box.height * 0.2 };
  await map(page).click({ position: square, modifiers: ['Shift'] });
  await expect(runs(page).getByRole('button', { name: 'Baseline: run 2' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await map(page).click({ position: square });
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible();
});

test('a sweep is stopped, and keeps its whole rounds', async ({ page }) => {
  await setUp(page, { ...SMALL, Matrices: '400', Repeats: '900' });
  await start(page).click();
  const says = page.getByRole('region', { name: 'What it says' });
  await expect(says).toContainText(/So far, of \d+ round/);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(status(page)).toHaveText(/^Sweep stopped: 4 cells, \d+ of 900 rounds$/);
  await expect(rows(page).nth(1).getByRole('cell').nth(2)).toHaveText(/ms|µs/);
});

test('a sweep that was saved opens again with map, curves and timelines', async ({
  app,
  page,
  folder,
}) => {
  await sweepToEnd(page);
  const saved = join(folder, 'mine.gilscope');
  await answerSaveDialog(app, saved);
  await page.keyboard.press('Control+s');
  await expect(status(page)).toContainText('Saved the sweep of runs 1 to 4 to');
  const csv = join(folder, 'cells.csv');
  await answerSaveDialog(app, csv);
  await page.keyboard.press('Control+e');
  await expect(status(page)).toContainText(`Saved 4 rows to ${csv}`);
  const before = await rows(page).allTextContents();

  await answerOpenDialog(app, [saved]);
  await page.keyboard.press('Control+o');
  await expect(status(page)).toHaveText('Opened mine.gilscope: a sweep of 4 cells, 3 rounds');
  expect(await rows(page).allTextContents()).toEqual(before);
  await expect(page.getByRole('img', { name: /^Speed-up over threads/ })).toBeVisible();
  await page.getByRole('button', { name: 'Timeline of cell 2' }).click();
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible();
  await expect(runs(page).getByRole('button', { name: /^6 / })).toHaveAttribute(
    'aria-current',
    'true',
  );
  const again = join(folder, 'again.csv');
  await page.getByRole('button', { name: '‹ Sweep' }).click();
  await answerSaveDialog(app, again);
  await page.keyboard.press('Control+e');
  await expect(status(page)).toContainText('again.csv');
  expect(readFileSync(again, 'utf8')).toBe(readFileSync(csv, 'utf8'));

  // It is work that is asked about before it is lost.
  await answerQuestions(app, 2);
  await runs(page)
    .getByRole('button', { name: /^Sweep of/ })
    .last()
    .focus();
  await page.keyboard.press('Delete');
  await expect(runs(page).getByRole('button', { name: /^Sweep of/ })).toHaveCount(1);
});

test('pictures of a sweep’s charts are saved', async ({ app, page, folder }) => {
  await sweepToEnd(page);
  for (const chart of ['map of the sweep', 'speed-up curves', 'lost efficiency']) {
    for (const kind of ['PNG', 'SVG'] as const) {
      const path = join(folder, `${chart.replaceAll(' ', '-')}.${kind.toLowerCase()}`);
      await answerSaveDialog(app, path);
      await page.getByRole('button', { name: `Picture of the ${chart}` }).click();
      await page.getByRole('menuitem', { name: `Save as ${kind}…` }).click();
      await expect(status(page)).toContainText(`Saved the ${chart} as ${kind} to`);
      const bytes = readFileSync(path);
      if (kind === 'PNG') expect(bytes.subarray(1, 4).toString()).toBe('PNG');
      else expect(bytes.toString()).toContain('sweep --matrices 40');
    }
  }
});

test('a page that is loaded again shows the sweep again', async ({ page }) => {
  await sweepToEnd(page);
  await page.reload();
  await expect(rows(page)).toHaveCount(5);
  await page.getByRole('button', { name: 'Timeline of cell 3' }).click();
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a sweep breaks no rule of accessibility and fits at 1024 x 700, ${colorScheme}`, async ({
    app,
    page,
  }) => {
    await page.emulateMedia({ colorScheme });
    await app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(1024, 700);
    });
    await sweepToEnd(page);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    const overflow = await page.evaluate(() => [
      document.documentElement.scrollWidth - window.innerWidth,
      document.documentElement.scrollHeight - window.innerHeight,
    ]);
    expect(overflow).toEqual([0, 0]);
  });
}
