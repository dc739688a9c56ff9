import { join } from 'node:path';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { laneRows, type LaneRows } from '../../src/renderer/chart/lane-rows.js';
import { answerSaveDialog, expect, fillForm, runToEnd, test } from './app.js';

/** The axis above the lanes of the upper timeline, in px. */
const AXIS_PX = 26;

/** Sets the size of the window's content, in the screen's pixels, and how much it is magnified. */
async function resize(
  app: ElectronApplication,
  page: Page,
  [width, height, zoom]: readonly [number, number, number],
): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      for (const window of BrowserWindow.getAllWindows()) {
        window.setContentSize(size.width, size.height);
        window.webContents.setZoomFactor(size.zoom);
      }
    },
    { width, height, zoom },
  );
  await expect
    .poll(() => page.evaluate(() => Math.abs(window.innerWidth * window.devicePixelRatio)))
    .toBeLessThanOrEqual(width + zoom);
}

/** The buttons that cannot be clicked in their middle once they are scrolled to, or whose words are cut. */
function outOfReach(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button')]
      .filter((button) => button.checkVisibility({ visibilityProperty: true }))
      .filter((button) => {
        button.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
        const { left, right, top, height } = button.getBoundingClientRect();
        const hit = document.elementFromPoint((left + right) / 2, top + height / 2);
        const isWhole = left >= 0 && right <= document.documentElement.clientWidth;
        const isCut =
          getComputedStyle(button).textOverflow !== 'ellipsis' &&
          button.scrollWidth > button.clientWidth + 1;
        return !isWhole || isCut || !button.contains(hit);
      })
      .map((button) => button.getAttribute('aria-label') ?? button.innerText),
  );
}

/** Elements whose words are cut, of those in an area. */
const cutIn = (page: Page, area: string) =>
  page.locator(area).evaluate((within) =>
    [...within.querySelectorAll<HTMLElement>('*')]
      .filter((element) => element.checkVisibility() && !element.matches('.visually-hidden'))
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map((element) => element.outerHTML.slice(0, 120)),
  );

test('the whole form is in view at 1600 x 1000, and the runs begin right below it', async ({
  app,
  page,
}) => {
  const fields = page.locator('form .fields');
  const hidden = () => fields.evaluate((area) => area.scrollHeight - area.clientHeight);
  const gap = async () => {
    const form = await page.locator('form').boundingBox();
    const runs = await page.getByRole('heading', { name: 'Runs' }).boundingBox();
    return (runs?.y ?? NaN) - (form?.y ?? NaN) - (form?.height ?? NaN);
  };
  for (const size of [
    [1600, 1000, 1],
    [2560, 1440, 1],
  ] as const) {
    await resize(app, page, size);
    await expect.poll(hidden, `hidden at ${size.join(' ')}`).toBeLessThanOrEqual(0);
    expect(await gap(), `hole at ${size.join(' ')}`).toBeLessThan(20);
  }
});

test('what is wrong with a field is told in full, and moves nothing', async ({ app, page }) => {
  await resize(app, page, [1600, 1000, 1]);
  const warmup = page.getByRole('spinbutton', { name: 'Warm-up' });
  const before = await warmup.boundingBox();
  const wrong = {
    Matrices: '',
    'Matrix size': '2.5',
    Seed: '',
    Threads: '999',
    Epsilon: '0',
    'Max iterations': '0',
    Repeats: '',
  };
  for (const [name, text] of Object.entries(wrong)) {
    await page.getByRole('spinbutton', { name, exact: true }).fill(text);
  }
  const alert = page.getByRole('form', { name: 'Parameters' }).getByRole('alert');
  await expect(alert).toHaveText(
    'Repeats is not a number; it takes a whole number from 1 to 1,000.',
  );
  await page.getByRole('spinbutton', { name: 'Threads' }).focus();
  await expect(alert).toHaveText('Threads is 999; it takes a whole number from 1 to 256.');
  expect(await cutIn(page, 'form')).toEqual([]);
  expect(await warmup.boundingBox()).toEqual(before);
});

test('a run in the list takes two lines, also while it is measured and against a baseline', async ({
  page,
}) => {
  const short = { Matrices: 100_000, 'Matrix size': 1, Threads: 10, Repeats: 3, 'Warm-up': 0 };
  await fillForm(page, { ...short, 'Lock mode': 'gil-switching' });
  const entry = page.getByRole('list', { name: 'Runs' }).getByRole('listitem').first();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(entry).toContainText('measuring…');
  const height = async () => (await entry.boundingBox())?.height;
  const whileOn = await height();
  expect(whileOn).toBeLessThan(46);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(entry).toContainText(/of 3 repeats/);
  await fillForm(page, { Matrices: 1000 });
  await runToEnd(page, 1);
  await page.getByRole('button', { name: 'Baseline: run 2' }).click();
  await fillForm(page, { 'Lock mode': 'none' });
  await runToEnd(page, 1);
  await expect(entry).toContainText('%');
  expect(await height()).toBe(whileOn);
});

test('results come into view at 200 %, and the buttons stay under the pointer', async ({
  app,
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await resize(app, page, [1600, 1000, 2]);
  await fillForm(page, { Matrices: 4, 'Matrix size': 512, 'Max iterations': 10_000_000 });
  const run = page.getByRole('button', { name: 'Run', exact: true });
  await expect(page.getByRole('region', { name: 'Timeline' })).not.toBeInViewport();
  const before = await run.boundingBox();
  await run.click();
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeInViewport();
  expect(await run.boundingBox()).toEqual(before);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('status')).toContainText(/stopped/);
});

test('a failure hides nothing, and begins as a sentence does', async ({ app, page, folder }) => {
  await fillForm(page, { Matrices: 40, 'Matrix size': 16, Repeats: 1, 'Max iterations': 300 });
  await runToEnd(page, 1);
  await answerSaveDialog(app, join(folder, 'missing', 'tasks.csv'));
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const alert = page.getByRole('alert');
  await expect(alert).toHaveText(/^Cannot write .*tasks\.csv: /);
  const banner = await alert.boundingBox();
  const summary = await page.getByRole('region', { name: 'Summary' }).boundingBox();
  const end = (banner?.y ?? NaN) + (banner?.height ?? NaN);
  expect(end).toBeLessThanOrEqual(summary?.y ?? NaN);
  await page.keyboard.press('Escape');
  await expect(alert).toBeHidden();
});

test('the histogram is high enough to read in the smallest window', async ({ app, page }) => {
  await resize(app, page, [1024, 700, 1]);
  await fillForm(page, { Matrices: 60, 'Matrix size': 16, 'Lock mode': 'gil-held' });
  await runToEnd(page, 1);
  const chart = page.getByRole('img', { name: /^Histogram/ });
  await expect(chart).toBeVisible();
  expect((await chart.boundingBox())?.height).toBeGreaterThanOrEqual(70);
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
  const places = () => Promise.all(others.map((part) => part.boundingBox()));
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
  await expect(summary).toContainText(/% \(range of 3\)/);
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

test('moves nothing where motion is unwanted', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element);
      const moves = !/^0s(, 0s)*$/.test(transitionDuration) || animationName !== 'none';
      return moves || scrollBehavior === 'smooth' ? [element.outerHTML.slice(0, 80)] : [];
    }),
  );
  expect(moving).toEqual([]);
});

test('draws charts in the colours that the user forces', async ({ page }) => {
  await fillForm(page, {
    Matrices: 40,
    'Matrix size': 16,
    Threads: 4,
    Repeats: 1,
    'Max iterations': 300,
    'Lock mode': 'gil-switching',
  });
  await runToEnd(page, 1);
  await expect(page.getByRole('button', { name: 'Picture of the lock occupancy' })).toBeEnabled();
  await page.emulateMedia({ forcedColors: 'active' });
  await expect(page.locator('html')).toHaveCSS('--chart-surface', 'Canvas');
  const chosen = page.getByRole('list', { name: 'Runs' }).locator('[aria-current=true]');
  await expect(chosen).toHaveCSS('outline-style', 'solid');
});
