import { expect, fillForm, runToEnd, test } from './app.js';

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
  expect(spans.length).toBeGreaterThan(2);
  expect(spans).toEqual([...spans].sort((a, b) => a - b));
});
