import type { Locator, Page } from '@playwright/test';
import { expect, fillForm, runToEnd, test } from './app.js';

/** Escape closes, reverts, leaves; it stops a run only where there is nothing of that to do. */

const SHORT = { Matrices: 8, 'Matrix size': 16, 'Warm-up': 0, Repeats: 3, 'Lock mode': 'gil-held' };
const ENDLESS = { Workload: 'sleep', Matrices: 1000, 'Sleep (ms)': 1000, Threads: 2 };

async function startEndlessRun(page: Page): Promise<void> {
  await fillForm(page, ENDLESS);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeEnabled();
}

/** Presses Escape, and sees that the run goes on. */
async function escape(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('status')).not.toContainText(/stop/i);
  await expect(page.getByRole('button', { name: 'Stop' })).toBeEnabled();
}

test('in a field it takes back what was typed, then leaves it; then it stops the run', async ({
  page,
}) => {
  await fillForm(page, SHORT);
  await runToEnd(page, 1);
  await startEndlessRun(page);
  // The range of a run can be written where that run has ended.
  await page.getByRole('list', { name: 'Runs' }).getByRole('button', { name: /^1 / }).click();
  const fields: [Locator, string][] = [
    [page.getByRole('spinbutton', { name: 'Matrices', exact: true }), '12'],
    [page.getByRole('spinbutton', { name: 'Seed', exact: true }), '7'],
    [page.getByRole('spinbutton', { name: 'From (ms)' }), '3'],
  ];
  for (const [field, typed] of fields) {
    const before = await field.inputValue();
    await field.fill(typed);
    await escape(page);
    await expect(field).toHaveValue(before);
    await expect(field).toBeFocused();
    await escape(page);
    await expect(field).not.toBeFocused();
  }
  for (const field of [
    page.getByRole('combobox', { name: 'Scheduler', exact: true }),
    page.getByRole('textbox', { name: 'Search for a task' }),
  ]) {
    await field.focus();
    await escape(page);
    await expect(field).not.toBeFocused();
  }
  await page.locator('body').press('Escape');
  await expect(page.getByRole('status')).toContainText(/stopped/i);
});

test('what is open is closed, and the run goes on', async ({ page }) => {
  await fillForm(page, SHORT);
  await runToEnd(page, 1);
  await startEndlessRun(page);
  const opened: [open: () => Promise<void>, part: Locator][] = [
    [() => page.keyboard.press('Control+k'), page.getByRole('dialog', { name: 'All actions' })],
    [() => page.keyboard.press('?'), page.getByRole('dialog', { name: 'Keys and pointer' })],
    [
      () => page.getByRole('button', { name: 'Presets' }).click(),
      page.getByRole('menu', { name: 'Presets' }),
    ],
    [
      () => page.getByRole('button', { name: 'Picture of the timeline' }).click(),
      page.getByRole('menu', { name: 'Picture of the timeline' }),
    ],
  ];
  for (const [open, part] of opened) {
    await open();
    await expect(part).toBeVisible();
    await escape(page);
    await expect(part).toBeHidden();
  }
});

test('a drag is taken back, and a selection let go of, before the run is stopped', async ({
  page,
}) => {
  await startEndlessRun(page);
  const chart = page.getByLabel('Timeline chart', { exact: true });
  const box = await chart.boundingBox();
  if (box === null) throw new Error('the timeline has no place');
  const strip = page.getByRole('group', { name: 'Selection' });
  const drag = async () => {
    await page.keyboard.down('Shift');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 80, box.y + box.height / 2, { steps: 4 });
    await page.keyboard.up('Shift');
  };
  await drag();
  await expect(strip.getByRole('button', { name: 'Zoom' })).toBeVisible();
  await escape(page);
  await page.mouse.up();
  await expect(strip.getByRole('button', { name: 'Zoom' })).toBeHidden();
  await drag();
  await page.mouse.up();
  await page.getByRole('button', { name: 'Stop' }).focus();
  await escape(page);
  await expect(strip.getByRole('button', { name: 'Zoom' })).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('status')).toContainText(/stopped/i);
});
