import { expect, fillForm, runToEnd, test } from './app.js';
import { resize } from './layout.js';

test('streams every span of a busy run into the picture, live', async ({ page }) => {
  await page.evaluate(() => {
    const painted: { spans: number }[] = [];
    Object.assign(globalThis, { painted });
    new PerformanceObserver((list) => {
      for (const { detail } of list.getEntries() as PerformanceMeasure[]) {
        painted.push({ spans: (detail as { spans: number }).spans });
      }
    }).observe({ type: 'measure' });
  });
  // One lane computes at a time, so there is a core to draw on; four spans a task.
  const tasks = 30_000;
  await fillForm(page, {
    ...{ Matrices: tasks, 'Matrix size': 8, Threads: 2, 'Warm-up': 0, Repeats: 1 },
    ...{ 'Max iterations': 200, Scheduler: 'static', 'Lock mode': 'gil-held' },
  });
  await runToEnd(page, 1);
  const painted = () =>
    page.evaluate(() => (globalThis as unknown as { painted: { spans: number }[] }).painted);
  const status = page.getByRole('status');
  await expect(status).toContainText('none dropped');
  const recorded = /([\d,]+) spans/.exec((await status.textContent()) ?? '')?.[1] ?? '';
  // A task, a hold and a computing for each task, and a wait wherever the other lane held.
  expect(Number(recorded.replaceAll(',', ''))).toBeGreaterThanOrEqual(3 * tasks);
  await expect
    .poll(async () => (await painted()).at(-1)?.spans)
    .toBe(Number(recorded.replaceAll(',', '')));
  const spans = (await painted()).map((paint) => paint.spans);
  expect(spans.length).toBeGreaterThan(1);
  expect(spans).toEqual([...spans].sort((a, b) => a - b));
});

test('follows the newest time of a run that is on, until the view is moved by hand', async ({
  page,
}) => {
  await fillForm(page, {
    ...{ Workload: 'sleep', Matrices: 20_000, 'Sleep (ms)': 20, Threads: 2 },
    ...{ 'Warm-up': 0, Repeats: 1 },
  });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const chart = page.getByRole('group', { name: 'Timeline chart' });
  const follow = page.getByRole('button', { name: 'Follow', exact: true });
  const inView = page.getByRole('slider', { name: 'Part of the run in view' });
  const shown = () => inView.getAttribute('aria-valuetext');
  await chart.waitFor();
  await expect(follow).toBeEnabled();
  await chart.focus();
  // Far in, whatever the run is foreseen to take, so that time soon leaves the view.
  await chart.hover({ position: { x: 200, y: 150 } });
  await page.keyboard.down('Control');
  for (let turn = 0; turn < 6; turn += 1) await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  await expect(page.getByRole('button', { name: 'Fit', exact: true })).toBeEnabled();

  await page.keyboard.press('l');
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('Following the newest time').first()).toBeAttached();
  const first = await shown();
  await expect.poll(shown).not.toBe(first);

  await page.keyboard.press('ArrowLeft');
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByText('No longer following').first()).toBeAttached();
  await follow.click();
  await expect(follow).toHaveAttribute('aria-pressed', 'true');

  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(follow).toBeDisabled();
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
});

test('adds to the picture of a run that needs every core, and says that it is coarser', async ({
  app,
  page,
}) => {
  await resize(app, page, [1024, 700, 1]);
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  await fillForm(page, {
    ...{ Matrices: 200_000, 'Matrix size': 16, Threads: cores, 'Warm-up': 0, Repeats: 1 },
    ...{ Scheduler: 'dynamic', 'Lock mode': 'none' },
  });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const words = page.getByText(': the lanes need every core');
  await expect(words).toBeInViewport({ ratio: 1 });
  const newest = page.locator('canvas.newest').first();
  await expect(newest).toBeVisible();
  await expect(page.getByRole('status')).toContainText('Running');
  const picture = () => newest.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const first = await picture();
  await expect.poll(picture).not.toBe(first);

  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(newest).toBeHidden();
  await expect(words).toHaveCount(0);
});

test('shows all of a run that needs every core below a pinned one, while it is on and at its end', async ({
  page,
}) => {
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  const form = {
    ...{ 'Matrix size': 16, Threads: cores, 'Warm-up': 0, Repeats: 1 },
    ...{ Scheduler: 'dynamic', 'Lock mode': 'none' },
  };
  await fillForm(page, { ...form, Matrices: 200 });
  await runToEnd(page, 1);
  await page.getByRole('button', { name: 'Baseline: run 1' }).click();
  await fillForm(page, { ...form, Matrices: 200_000 });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const words = page.getByText(': the lanes need every core');
  await words.waitFor();
  await expect(page.getByLabel('Timeline chart of the baseline')).toBeVisible();
  const fit = page.getByRole('button', { name: 'Fit', exact: true });
  await expect(page.getByRole('status')).toContainText('Running');
  await expect(page.getByText(/[1-9][\d,]* of 200,000 tasks/)).toBeVisible();
  await expect(fit).toBeDisabled();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(words).toHaveCount(0);
  await expect(page.getByText('cut short').first()).toBeVisible();
  await expect(fit).toBeDisabled();
});
