import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, fillForm, runToEnd, test } from './app.js';

const locked = {
  Matrices: 60,
  'Matrix size': 48,
  Threads: 4,
  Repeats: 1,
  Scheduler: 'executor',
  'Lock mode': 'gil-held',
};

function parts(page: Page) {
  const panel = page.getByRole('region', { name: 'Analysis' });
  return {
    panel,
    table: panel.getByRole('table'),
    from: panel.getByRole('spinbutton', { name: 'From (ms)' }),
    to: panel.getByRole('spinbutton', { name: 'To (ms)' }),
    summary: page.getByRole('region', { name: 'Summary' }),
  };
}

/** The cells of the table's row for a kind. */
function rowOf(table: Locator, kind: string): Locator {
  return table
    .getByRole('row')
    .filter({ has: table.page().getByRole('button', { name: `${kind}, by lane` }) });
}

test('judges a small run and counts its spans by kind and lane', async ({ page }) => {
  const { panel, table, summary } = parts(page);
  await expect(panel).toHaveCount(0);
  // Sleeping under the lock takes no core, so that a busy machine does not change the verdict.
  await fillForm(page, { ...locked, Workload: 'sleep', Matrices: 20, 'Sleep (ms)': 25 });
  await runToEnd(page, 1);
  await expect(summary).toContainText(
    /Lock-bound: .* % of thread time waits for the lock.*at most .*× on these 4 lanes/,
  );
  await expect(panel.getByRole('img', { name: /times of 20 tasks.*median/ })).toBeVisible();
  await expect(panel.getByRole('img', { name: /Lock held and waited for/ })).toBeVisible();
  await expect(rowOf(table, 'task').getByRole('cell').first()).toHaveText('20');

  // Each lane's row, and their counts, which add up.
  await panel.getByRole('button', { name: 'task, by lane' }).click();
  const lanes = table.getByRole('row', { name: /^lane \d/ });
  await expect(lanes).toHaveCount(4);
  const counts = await lanes.evaluateAll((rows) =>
    rows.map((row) => Number(row.querySelector('td')?.textContent)),
  );
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(20);

  // Sorted by count, the largest first.
  const heading = table.getByRole('columnheader', { name: 'Count' });
  await heading.getByRole('button').click();
  await expect(heading).toHaveAttribute('aria-sort', 'descending');
  const sorted = await lanes.evaluateAll((rows) =>
    rows.map((row) => Number(row.querySelector('td')?.textContent)),
  );
  expect(sorted).toEqual(counts.toSorted((a, b) => b - a));
});

test('a range from the keyboard changes table, histogram and verdict, and is let go', async ({
  page,
}) => {
  const { panel, table, from, to, summary } = parts(page);
  await fillForm(page, locked);
  await runToEnd(page, 1);
  await expect(rowOf(table, 'task').getByRole('cell').first()).toHaveText('60');
  const endMs = Number(await to.getAttribute('placeholder'));

  await from.fill(String(endMs / 4));
  await to.fill(String(endMs / 2));
  await to.press('Enter');
  await expect(panel).toContainText('Selected');
  // All of the summary is of the selection, and says so.
  await expect(summary).toContainText('Selection');
  await expect(summary.locator('dt').first()).toHaveText('Selected');
  await expect(summary).not.toContainText('Wall time');
  await expect(summary).toContainText(/\d notes? on the run/);
  const tasks = rowOf(table, 'task').getByRole('cell').first();
  await expect(tasks).toHaveText(/^(?!60$)\d+$/);
  const inRange = Number(await tasks.textContent());
  expect(inRange).toBeGreaterThan(0);
  await expect(panel.getByRole('img', { name: `times of ${inRange} tasks` })).toBeVisible();

  await from.fill(String(endMs));
  await from.press('Enter');
  await expect(page.getByRole('alert')).toContainText('From must lie before To');
  await panel.getByRole('button', { name: 'Whole repeat', exact: true }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(tasks).toHaveText('60');
  await expect(from).toHaveValue('');
});

test('looks at all repeats together, or at one of them', async ({ page }) => {
  const { panel, table, summary } = parts(page);
  await fillForm(page, { ...locked, Repeats: 3 });
  await runToEnd(page, 1);
  const tasks = rowOf(table, 'task').getByRole('cell').first();
  await expect(panel.getByRole('button', { name: 'All 3 repeats' })).toBeVisible();
  await expect(tasks).toHaveText('180');
  await expect(summary).toContainText('All 3 repeats');
  await expect(summary).toContainText('Wall time, median of 3');
  const all = panel.getByRole('button', { name: 'All repeats', exact: true });
  await expect(all).toHaveAttribute('aria-pressed', 'true');
  await panel.getByRole('button', { name: 'Whole repeat' }).click();
  await expect(tasks).toHaveText('60');
  await expect(summary).toContainText('Repeat 3');
  await expect(summary).not.toContainText('median of 3');
  await page.getByRole('button', { name: 'Previous repeat' }).click();
  await expect(summary).toContainText('Repeat 2');
  await all.click();
  await expect(tasks).toHaveText('180');
  await expect(summary).not.toContainText('Repeat 2');
});

test('has a pinned baseline’s task times in the histogram', async ({ app, page }) => {
  const { panel, from } = parts(page);
  await fillForm(page, { ...locked, Repeats: 2 });
  await runToEnd(page, 1);
  await page.getByRole('button', { name: 'Baseline: run 1' }).click();
  await fillForm(page, { Matrices: 50, Repeats: 3, 'Lock mode': 'none' });
  await runToEnd(page, 2);
  const histogram = (tasks: number) =>
    panel.getByRole('img', { name: new RegExp(`^Histogram of the times of ${tasks} tasks`) });
  await expect(histogram(150)).toHaveAccessibleName(/; 120 tasks of the baseline: median/);
  await expect(panel).toContainText('baseline, n = 120');
  await panel.getByRole('button', { name: 'Whole repeat' }).click();
  await expect(histogram(50)).toHaveAccessibleName(/; 60 tasks of the baseline: median/);
  await page.getByRole('button', { name: 'Picture of the task times' }).click();
  await page.getByRole('menuitem', { name: 'Copy as SVG' }).click();
  await expect(page.getByRole('status')).toContainText('is on the clipboard');
  const svg = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(svg).toContain('outlined: tasks of the baseline');
  expect(svg).toContain('Baseline, run 1: ');

  // Both timelines stand on one axis, and so does the range.
  await from.fill('0.001');
  await from.press('Enter');
  await expect(panel).toContainText('Selected');
  await expect(panel).toContainText(/baseline, n = \d+/);
  await page.getByRole('button', { name: 'Baseline: run 1' }).click();
  await expect(panel).not.toContainText('baseline, n');
});

test('counts and sums a run that is on, where the figures will stand', async ({ page }) => {
  const { panel, table, summary } = parts(page);
  await fillForm(page, {
    ...locked,
    Workload: 'sleep',
    Matrices: 5000,
    'Sleep (ms)': 20,
    'Warm-up': 1,
  });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const tasks = rowOf(table, 'task').getByRole('cell').first();
  await expect(panel.getByRole('button', { name: 'Warm-up, so far' })).toBeVisible();
  await expect(tasks).toHaveText(/^[1-9]/);
  await expect(panel).toContainText(/lock held, .* so far/);
  const before = await rowOf(table, 'task').boundingBox();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(panel.getByRole('button', { name: 'Warm-up, cut short' })).toBeVisible();
  await expect(summary).toContainText('Warm-up, cut short');
  await expect(panel.getByRole('img', { name: /Histogram/ })).toBeVisible();
  expect(await rowOf(table, 'task').boundingBox()).toEqual(before);
});

test('says nothing of a lock where there is none, and judges what sleeps', async ({ page }) => {
  const { panel, table, summary } = parts(page);
  await fillForm(page, {
    Workload: 'sleep',
    Matrices: 8,
    Threads: 8,
    'Sleep (ms)': 800,
    Repeats: 1,
    'Warm-up': 0,
    'Lock mode': 'none',
  });
  await runToEnd(page, 1);
  await expect(summary).toContainText('Sleeping:');
  await expect(panel.getByRole('img', { name: /Lock held/ })).toHaveCount(0);
  await expect(rowOf(table, 'sleep')).toBeVisible();
  await expect(rowOf(table, 'wait')).toHaveCount(0);
});

test('folds away, and its height is set by keys', async ({ page }) => {
  const { panel } = parts(page);
  await fillForm(page, locked);
  await runToEnd(page, 1);
  await expect(panel.getByRole('table')).toBeVisible();
  const chart = page.getByRole('group', { name: 'Timeline chart' });
  const heightOf = async () => (await chart.boundingBox())?.height ?? 0;
  const before = await heightOf();
  const splitter = panel.getByRole('separator', { name: 'Height of the analysis' });
  await splitter.focus();
  await page.keyboard.press('ArrowDown');
  await expect.poll(heightOf).toBeGreaterThan(before);
  await page.keyboard.press('ArrowUp');
  await expect.poll(heightOf).toBe(before);
  await panel.getByRole('button', { name: 'Whole repeat', expanded: true }).click();
  await expect.poll(heightOf).toBeGreaterThan(before + 100);
  await expect(panel.getByRole('table')).toHaveCount(0);
});

test('tells how it is worked out, and Escape closes that alone', async ({ page }) => {
  const { panel } = parts(page);
  await expect(panel).toHaveCount(0);
  await fillForm(page, locked);
  await runToEnd(page, 1);
  await panel.getByRole('button', { name: 'Method' }).click();
  const help = page.getByRole('dialog', { name: 'How this is worked out' });
  await expect(help).toContainText('The first that holds');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
});

test('a histogram’s bar tells its bin and count under the pointer', async ({ page }) => {
  const { panel } = parts(page);
  await fillForm(page, locked);
  await runToEnd(page, 1);
  const histogram = panel.getByRole('img', { name: /Histogram/ });
  await expect(histogram).toBeVisible();
  // The tooltip is drawn on the canvas, so what can be seen is that it changes.
  const clip = await histogram.boundingBox();
  if (clip === null) throw new Error('the histogram takes no room');
  const picture = () => page.screenshot();
  const before = await picture();
  await page.mouse.move(clip.x + clip.width / 2, clip.y + clip.height / 2);
  await expect.poll(async () => before.equals(await picture())).toBe(false);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`breaks no rule of accessibility, opened and selected, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const { panel, from } = parts(page);
    await fillForm(page, locked);
    await runToEnd(page, 1);
    await panel.getByRole('button', { name: 'wait, by lane' }).click();
    await from.fill('1');
    await from.press('Enter');
    await expect(panel).toContainText('Selected');
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
}
