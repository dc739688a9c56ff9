import type { Page } from '@playwright/test';
import { expect, fillForm, test } from './app.js';

/** Long enough to be stopped. */
const ENDLESS = { Workload: 'sleep', Matrices: 1000, 'Sleep (ms)': 1000, 'Warm-up': 0, Repeats: 1 };
const SHORT = { Matrices: 8, 'Matrix size': 16, 'Warm-up': 0, Repeats: 1, 'Lock mode': 'gil-held' };

function parts(page: Page) {
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  return {
    run: button('Run'),
    stop: button('Stop'),
    compare: page.getByRole('banner').getByRole('button', { name: 'Compare four ways' }),
    back: button('‹ Comparison'),
    chart: page.getByLabel('Timeline chart', { exact: true }),
    figures: page.getByRole('region', { name: 'Comparison’s figures' }),
    strip: page.getByRole('group', { name: 'Selection' }),
  };
}

for (const way of ['click', 'Enter'] as const) {
  test(`the focus goes from Run to Stop and back, by ${way}`, async ({ page }) => {
    const { run, stop } = parts(page);
    await fillForm(page, ENDLESS);
    if (way === 'click') await run.click();
    else await run.press('Enter');
    await expect(stop).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(run).toBeFocused();
  });
}

test('the focus goes from a run that ends by itself back to Run', async ({ page }) => {
  const { run } = parts(page);
  await fillForm(page, SHORT);
  await run.click();
  await expect(page.getByRole('region', { name: 'Analysis' }).getByRole('table')).toBeVisible();
  await expect(run).toBeFocused();
});

test('the focus stays in a comparison, goes with a way to its timeline, and back', async ({
  page,
}) => {
  const { compare, stop, chart, back, figures } = parts(page);
  await fillForm(page, { ...SHORT, Matrices: 400 });
  await compare.press('Enter');
  await expect(stop).toBeFocused();
  await expect(compare).toBeFocused();
  const way = figures.getByRole('button', { name: /^GIL held/ });
  await way.press('Enter');
  await expect(chart).toBeFocused();
  await back.press('Enter');
  await expect(way).toBeFocused();
});

test('the focus goes to the comparison that the empty window began', async ({ page }) => {
  const { stop, compare } = parts(page);
  await fillForm(page, SHORT);
  await page
    .getByRole('main')
    .getByRole('button', { name: /Compare/ })
    .press('Enter');
  await expect(stop.or(compare).and(page.locator(':focus'))).toHaveCount(1);
});

test('the focus goes to the timeline where what had it is gone', async ({ page }) => {
  const { run, chart, strip } = parts(page);
  await fillForm(page, SHORT);
  await run.click();
  await expect(run).toBeFocused();
  await chart.focus();
  await page.keyboard.press('.');
  await strip.getByRole('button', { name: 'Let go of the selection' }).press('Enter');
  await expect(chart).toBeFocused();
});
