import type { Locator } from '@playwright/test';
import { laneRows, type LaneRows } from '../../src/renderer/timeline/model/lane-rows.js';
import { expect, fillForm, runToEnd, test } from './app.js';
import { cutIn, outOfReach, resize } from './layout.js';

/** The axis above the lanes of the upper timeline, in px. */
const AXIS_PX = 26;

test('the histogram is high enough to read in the smallest window', async ({ app, page }) => {
  await resize(app, page, [1024, 700, 1]);
  await fillForm(page, { Matrices: 60, 'Matrix size': 16, 'Lock mode': 'gil-held' });
  await runToEnd(page, 1);
  const chart = page.getByRole('img', { name: /^Histogram/ });
  await expect(chart).toBeVisible();
  const height = async () => (await chart.boundingBox())?.height ?? 0;
  expect(await height()).toBeGreaterThanOrEqual(70);
  const method = page.getByRole('button', { name: 'Method' });
  await expect(method).toBeVisible();
  // A selected range takes no more room.
  const before = await method.boundingBox();
  const panel = page.getByRole('region', { name: 'Analysis' });
  const to = panel.getByRole('spinbutton', { name: 'To (ms)' });
  await to.fill(String(Number(await to.getAttribute('placeholder')) / 2));
  await to.press('Enter');
  await expect(panel).toContainText('Selected');
  expect(await method.boundingBox()).toEqual(before);
  // Nor does a baseline, whose marks stand beside the others.
  await fillForm(page, { Threads: 3 });
  await runToEnd(page, 1);
  await page.getByRole('button', { name: 'Baseline: run 1' }).click();
  await expect(panel.locator('.histogram')).toContainText('baseline');
  await expect.poll(height).toBeGreaterThanOrEqual(70);
  expect(await cutIn(page, '.histogram')).toEqual([]);
  const figures = page.getByRole('group', { name: 'Figures of the range' });
  expect(await hiddenIn(figures)).toBe(0);
  expect(await cutIn(page, '[aria-label="Figures of the range"]')).toEqual([]);
});

/** The rows of a timeline chart that is in the window as a whole. */
async function rowsInView(chart: Locator, lanes: number, axisPx: number): Promise<LaneRows> {
  const box = await chart.boundingBox();
  if (box === null) throw new Error('the chart is not on the page');
  await expect(chart).toBeInViewport({ ratio: 1 });
  return laneRows(lanes, { top: axisPx, height: box.height - axisPx }, true, 0);
}

test('a baseline and the shown run both have lanes in the smallest window, and nothing else moves', async ({
  app,
  page,
}) => {
  await resize(app, page, [1024, 700, 1]);
  const form = { Matrices: 60, 'Matrix size': 16, 'Lock mode': 'gil-held', 'Max iterations': 300 };
  await fillForm(page, { ...form, Threads: 4 });
  await runToEnd(page, 1);
  await fillForm(page, { Threads: 8 });
  await runToEnd(page, 1);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const below = timeline.getByLabel('Timeline chart', { exact: true });
  const above = timeline.getByLabel('Timeline chart of the baseline');
  const minimap = timeline.getByRole('slider', { name: 'Part of the run in view' });
  const others = [
    timeline,
    minimap,
    timeline.getByRole('group', { name: 'Selection' }),
    page.getByRole('region', { name: 'Analysis' }),
    page.getByRole('region', { name: 'Summary' }),
  ];
  // The verdict is there: how many lines it takes depends on what was measured.
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('All 3 repeats');
  // Shares of what is left are rounded to parts of a pixel.
  const places = async () => {
    const boxes = await Promise.all(others.map((part) => part.boundingBox()));
    return boxes.map((box) => box && Object.values(box).map(Math.round));
  };
  const alone = { chart: await below.boundingBox(), others: await places() };
  const pin = page.getByRole('button', { name: 'Baseline: run 1' });
  await pin.click();
  await above.waitFor();
  expect(await places()).toEqual(alone.others);
  expect((await above.boundingBox())?.y).toBe(alone.chart?.y);
  for (const rows of [await rowsInView(above, 4, AXIS_PX), await rowsInView(below, 8, 0)]) {
    expect(rows.area.height).toBeGreaterThanOrEqual(2 * rows.laneHeight);
  }
  // Each scrolls inside itself.
  const overhang = await timeline
    .locator('.paired')
    .evaluate((pair) => pair.scrollHeight - pair.clientHeight);
  expect(overhang).toBeLessThanOrEqual(0);
  await pin.click();
  await expect(above).toHaveCount(0);
  expect(await below.boundingBox()).toEqual(alone.chart);
  expect(await places()).toEqual(alone.others);
});

test('every figure is told in full in a small window, and takes no more room after a run', async ({
  app,
  page,
}) => {
  const summary = page.getByRole('region', { name: 'Summary' });
  const figures = 'section[aria-label="Summary"] dl';
  const heightOf = async () => (await page.locator(figures).boundingBox())?.height;
  await resize(app, page, [1024, 700, 1]);
  await fillForm(page, {
    Matrices: 40,
    'Matrix size': 16,
    Threads: 4,
    Repeats: 3,
    'Max iterations': 300,
    'Lock mode': 'gil-switching',
    Convergence: 'sign-aware',
  });
  const before = await heightOf();
  await runToEnd(page, 1);
  await page.getByRole('button', { name: 'Baseline: run 1' }).click();
  await fillForm(page, { Threads: 2 });
  await runToEnd(page, 1);
  await expect(summary).toContainText(/ – \S+ \(range of 3\)/);
  expect(await cutIn(page, figures)).toEqual([]);
  expect(await heightOf()).toBe(before);
  // Other work has a longer note, which goes on in a next line.
  await fillForm(page, { Matrices: 41 });
  await runToEnd(page, 1);
  await expect(summary).toContainText('other work');
  expect(await cutIn(page, figures)).toEqual([]);
  await resize(app, page, [1024, 700, 2]);
  expect(await cutIn(page, figures)).toEqual([]);
});

test('facts of a selection that the strip has no room for are shown when asked for, by keys too', async ({
  app,
  page,
}) => {
  await resize(app, page, [1024, 700, 1]);
  await fillForm(page, { Matrices: 40, 'Matrix size': 16, Threads: 4, 'Lock mode': 'gil-held' });
  await runToEnd(page, 1);
  const strip = page.getByRole('group', { name: 'Selection' });
  await page.getByLabel('Timeline chart', { exact: true }).focus();
  await page.keyboard.press('.');
  const end = strip.getByText('end', { exact: true });
  const isSeen = () =>
    end.evaluate((element) => {
      const { left, top } = element.getBoundingClientRect();
      return element.contains(document.elementFromPoint(left + 1, top + 1));
    });
  const more = strip.getByRole('button', { name: 'All facts' });
  await expect(more).toHaveAttribute('aria-expanded', 'false');
  expect(await isSeen()).toBe(false);
  const before = await strip.boundingBox();
  await more.press('Enter');
  await expect(more).toHaveAttribute('aria-expanded', 'true');
  expect(await isSeen()).toBe(true);
  expect(await strip.boundingBox()).toEqual(before);
  await more.press('Escape');
  await expect(more).toHaveAttribute('aria-expanded', 'false');
  await expect(strip).toContainText('task #');
  // Where there is room for all of them the button goes, and the focus with it.
  await expect(more).toBeFocused();
  await resize(app, page, [2560, 1440, 1]);
  await expect(more).toHaveCount(0);
  await expect(page.getByLabel('Timeline chart', { exact: true })).toBeFocused();
});

test('nothing is cut off or out of reach at 200 % and in a small window', async ({ app, page }) => {
  await fillForm(page, {
    Matrices: 40,
    'Matrix size': 16,
    Threads: 4,
    Repeats: 2,
    'Max iterations': 300,
    'Lock mode': 'gil-switching',
  });
  await runToEnd(page, 1);
  await expect(page.getByRole('button', { name: 'Picture of the task times' })).toBeEnabled();
  for (const size of [
    [1600, 1000, 2],
    [1024, 700, 1],
    [1024, 700, 1.5],
  ] as const) {
    await resize(app, page, size);
    // Charts take their new size a moment after the window has.
    const overhang = () =>
      page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
    await expect.poll(overhang, `too wide at ${size.join(' ')}`).toBeLessThanOrEqual(0);
    expect(await outOfReach(page), `out of reach at ${size.join(' ')}`).toEqual([]);
    if (size[2] > 1)
      expect(await cutIn(page, 'header .bar'), `cut at ${size.join(' ')}`).toEqual([]);
  }
});

test('the analysis’s head takes no more than two lines, however narrow', async ({ app, page }) => {
  await fillForm(page, { Matrices: 40, 'Matrix size': 16, Repeats: 100, 'Lock mode': 'gil-held' });
  await runToEnd(page, 1);
  const panel = page.getByRole('region', { name: 'Analysis' });
  const method = panel.getByRole('button', { name: 'Method' });
  const lines = () =>
    panel.locator('.panel > .head').evaluate((head) => {
      const parts = [...head.querySelectorAll('button, input')].filter((p) => p.checkVisibility());
      return new Set(parts.map((part) => Math.round(part.getBoundingClientRect().top))).size;
    });
  await expect(panel.getByRole('button', { name: 'All 100 repeats' })).toBeVisible();
  await expect(method).toBeVisible();
  for (const size of [
    [1600, 1000, 2],
    [1024, 700, 2],
    [1024, 700, 1],
  ] as const) {
    await resize(app, page, size);
    await expect.poll(lines, `at ${size.join(' ')}`).toBeLessThanOrEqual(2);
  }
});

/** How much of an element has to be scrolled to, in px. */
const hiddenIn = (part: Locator) =>
  part.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);

test('every kind of span, the first run and the time in view are told in full in small windows', async ({
  app,
  page,
}) => {
  await fillForm(page, {
    Matrices: 60,
    'Matrix size': 16,
    Threads: 4,
    Repeats: 6,
    'Lock mode': 'gil-held',
  });
  await runToEnd(page, 1);
  const panel = page.getByRole('region', { name: 'Analysis' });
  const figures = panel.getByRole('group', { name: 'Figures of the range' });
  await expect(figures.getByRole('button', { name: 'idle, by lane' })).toBeVisible();
  const runs = page.getByRole('list', { name: 'Runs' });
  await expect(runs).toContainText('6 repeats');
  const cut = () =>
    page
      .locator('[aria-label=Timeline] > .head .range')
      .evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  for (const size of [
    [1024, 700, 1],
    [1024, 768, 1],
    [1280, 800, 1],
    [1280, 801, 1],
    [1280, 865, 1],
    [1440, 900, 1],
  ] as const) {
    await resize(app, page, size);
    await expect.poll(() => hiddenIn(figures), `figures at ${size.join(' ')}`).toBe(0);
    await expect.poll(() => hiddenIn(runs), `runs at ${size.join(' ')}`).toBe(0);
    await expect.poll(cut, `time at ${size.join(' ')}`).toBeLessThanOrEqual(0);
  }
});

test('the histogram has room beside a baseline at 1280 x 800', async ({ app, page }) => {
  await resize(app, page, [1280, 800, 1]);
  await fillForm(page, { Matrices: 60, 'Matrix size': 16, 'Lock mode': 'gil-held' });
  await runToEnd(page, 1);
  await fillForm(page, { Threads: 3 });
  await runToEnd(page, 1);
  await page.getByRole('button', { name: 'Baseline: run 1' }).click();
  const panel = page.getByRole('region', { name: 'Analysis' });
  await expect(panel.locator('.histogram')).toContainText('baseline');
  const chart = page.getByRole('img', { name: /^Histogram/ });
  const height = async () => (await chart.boundingBox())?.height ?? 0;
  await expect.poll(height).toBeGreaterThanOrEqual(70);
});

test('the name of the run is cut before the sign of what it opens', async ({ app, page }) => {
  await resize(app, page, [1024, 700, 1]);
  await fillForm(page, { Matrices: 1000, 'Matrix size': 16, 'Lock mode': 'gil-switching' });
  await runToEnd(page, 1);
  const name = page.getByRole('banner').getByRole('button', { name: /^Run 1 · GIL switching/ });
  const sign = await name.getByText('▾').boundingBox();
  const whole = await name.boundingBox();
  const end = (box: typeof sign) => (box?.x ?? NaN) + (box?.width ?? NaN);
  expect(end(sign)).toBeLessThan(end(whole));
});

test('at 200 % a comparison has bars to read, and only the page scrolls', async ({ app, page }) => {
  await resize(app, page, [1600, 1000, 2]);
  const steps = page.getByRole('region', { name: 'Timeline' }).locator('.steps');
  expect(await hiddenIn(steps)).toBe(0);
  await fillForm(page, { Matrices: 20, 'Matrix size': 16, Repeats: 2, 'Max iterations': 300 });
  await page.getByRole('banner').getByRole('button', { name: 'Compare four ways' }).click();
  await expect(page.getByRole('status')).toContainText('Comparison done');
  const figures = page.getByRole('region', { name: 'Comparison’s figures' });
  expect(await hiddenIn(figures.locator('.table'))).toBe(0);
  const bars = await figures.locator('canvas').boundingBox();
  expect(bars?.height).toBeGreaterThanOrEqual(200);
});

test('the way back to a comparison stands beside the sentence', async ({ app, page }) => {
  await resize(app, page, [1280, 800, 1]);
  await fillForm(page, { Matrices: 20, 'Matrix size': 16, Repeats: 2, 'Max iterations': 300 });
  await page.getByRole('banner').getByRole('button', { name: 'Compare four ways' }).click();
  await expect(page.getByRole('status')).toContainText('Comparison done');
  const figures = page.getByRole('region', { name: 'Comparison’s figures' });
  await figures.getByRole('button', { name: 'GIL held · Executor' }).click();
  const summary = page.getByRole('region', { name: 'Summary' });
  // The sentence is another one once the run's spans are there.
  const middle = async (of: Locator) => {
    const box = await of.boundingBox();
    return (box?.y ?? NaN) + (box?.height ?? NaN) / 2;
  };
  await expect
    .poll(async () => {
      const back = await middle(summary.getByRole('button', { name: 'Comparison' }));
      return Math.abs(back - (await middle(summary.locator('strong'))));
    })
    .toBeLessThan(2);
});
