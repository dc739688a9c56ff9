import type { Page } from '@playwright/test';
import { join } from 'node:path';
import { answerSaveDialog, expect, fillForm, launch, runInList, runToEnd, test } from './app.js';
import { cutIn, resize } from './layout.js';

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
  const short = { Matrices: 100_000, 'Matrix size': 1, Threads: 10, Repeats: 3 };
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
  await expect(entry).toContainText('as fast');
  expect(await height()).toBe(whileOn);
});

test('a run in the list says all that it is, also where that is much, and stays as high as it is', async ({
  page,
}) => {
  const entry = page.getByRole('list', { name: 'Runs' }).getByRole('listitem').first();
  const isWhole = async (...texts: readonly string[]) => {
    for (const text of texts) await expect(entry).toContainText(text);
    expect(await cutIn(page, '[aria-label=Runs]')).toEqual([]);
    return (await entry.boundingBox())?.height;
  };
  const endless = { Workload: 'sleep', Matrices: 1_000_000, 'Sleep (ms)': 10_000 };
  await fillForm(page, { ...endless, Threads: 16, Repeats: 3, 'Warm-up': 0 });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const size = ['16 lanes', '1,000,000 sleeps of 10,000 ms'] as const;
  const whileOn = await isWhole(...size, 'measuring…');
  await page.getByRole('button', { name: 'Stop' }).click();
  expect(await isWhole(...size, '0 of 3 repeats')).toBe(whileOn);
  // Two runs that differ in nothing else are told apart.
  const differing = { 'Switch interval (ms)': 50, Seed: 7, Convergence: 'sign-aware' };
  await fillForm(page, { Workload: 'power', Matrices: 20, 'Matrix size': 16, Threads: 2 });
  await fillForm(page, { 'Lock mode': 'gil-switching', ...differing });
  await runToEnd(page, 1);
  await isWhole('GIL switching · Executor', 'seed 7 · interval 50 ms · sign-aware · 0 warm-ups');
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

const QUICK = { Matrices: 10, 'Matrix size': 16, 'Max iterations': 100, 'Warm-up': 0 };

/** How many entries of the list of runs are wholly in view. */
const runsInView = (page: Page) =>
  page.getByRole('list', { name: 'Runs' }).evaluate((list) => {
    const end = list.getBoundingClientRect().bottom;
    const entries = [...list.children].map((entry) => entry.getBoundingClientRect());
    return entries.filter(({ bottom }) => bottom <= end + 1).length;
  });

test('at 1400 x 900 four runs are in view, and as many more as the user makes room for', async ({
  app,
  page,
}) => {
  await resize(app, page, [1400, 900, 1]);
  await fillForm(page, { ...QUICK, Repeats: 1 });
  for (let run = 1; run <= 8; run += 1) await runToEnd(page, 1);
  expect(await runsInView(page)).toBeGreaterThanOrEqual(4);
  const splitter = page.getByRole('separator', { name: 'Height of the list of runs' });
  await splitter.press('End');
  await expect.poll(() => runsInView(page)).toBeGreaterThanOrEqual(6);
  await expect(splitter).toHaveAttribute('aria-valuenow', '46');
  await splitter.press('Home');
  await expect.poll(() => runsInView(page)).toBeLessThan(3);
  // All of the form can be scrolled to, however little is left of it.
  await splitter.press('End');
  const warmup = page.getByRole('spinbutton', { name: 'Warm-up' });
  await warmup.scrollIntoViewIfNeeded();
  await expect(warmup).toBeInViewport({ ratio: 1 });
});

test('the panels are as high as they were made, also after the next start', async ({ folder }) => {
  const heights = async (page: Page) => {
    const runs = await page.getByRole('list', { name: 'Runs' }).locator('..').boundingBox();
    return Math.round(runs?.height ?? NaN);
  };
  const first = await launch(folder, ['.']);
  const page = await first.firstWindow();
  const splitter = page.getByRole('separator', { name: 'Height of the list of runs' });
  for (let step = 0; step < 3; step += 1) await splitter.press('ArrowUp');
  const made = await heights(page);
  await first.close();
  const second = await launch(folder, ['.']);
  const again = await second.firstWindow();
  await again.getByRole('button', { name: 'Run', exact: true }).waitFor();
  expect(await heights(again)).toBe(made);
  await second.close();
});

test('a group of fields without effect is folded, and can be opened', async ({ page }) => {
  const epsilon = page.getByRole('spinbutton', { name: 'Epsilon' });
  const fold = page.getByRole('button', { name: 'Convergence, without effect here' });
  await expect(epsilon).toBeVisible();
  await expect(fold).toHaveCount(0);
  await fillForm(page, { Workload: 'sleep' });
  await expect(epsilon).toHaveCount(0);
  await fold.press('Enter');
  await expect(fold).toHaveAttribute('aria-expanded', 'true');
  await expect(epsilon).toBeVisible();
  // What is wrong is never folded away.
  await epsilon.fill('0');
  await expect(fold).toHaveCount(0);
  await expect(epsilon).toBeVisible();
});

test('a count of a million is told in full in the smallest window', async ({ app, page }) => {
  await resize(app, page, [1024, 700, 1]);
  await fillForm(page, { Matrices: 1_000_000, 'Matrix size': 1, 'Max iterations': 1, Threads: 2 });
  await fillForm(page, { Scheduler: 'static', Repeats: 1, 'Warm-up': 0 });
  await runToEnd(page, 1);
  const figures = page.getByRole('group', { name: 'Figures of the range' });
  await expect(figures).toContainText('1,000,000');
  for (const size of [
    [1024, 700, 1],
    [1400, 900, 1],
    [1400, 900, 2],
  ] as const) {
    await resize(app, page, size);
    const cut = () => cutIn(page, '[aria-label="Figures of the range"]');
    await expect.poll(cut, `cut at ${size.join(' ')}`).toEqual([]);
  }
});

test('no fact of a selection is left out that there is room for, and the lock’s chart has room', async ({
  app,
  page,
}) => {
  await fillForm(page, { ...QUICK, Matrices: 60, Threads: 2, 'Lock mode': 'gil-held' });
  await runToEnd(page, 1);
  await page.getByLabel('Timeline chart', { exact: true }).focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('.');
  const strip = page.getByRole('group', { name: 'Selection' });
  await expect(strip).toContainText('iterations');
  /** Facts that are not shown though they are narrower than the room that is left, in px. */
  const leftOut = () =>
    strip.locator('dl').evaluate((list) => {
      const { top, right } = list.getBoundingClientRect();
      const facts = [...list.children].map((fact) => fact.getBoundingClientRect());
      const shown = facts.filter((fact) => fact.top < top + 4);
      const roomPx = right - Math.max(...shown.map((fact) => fact.right));
      const gapPx = parseFloat(getComputedStyle(list).columnGap);
      return facts
        .filter((fact) => fact.top >= top + 4 && fact.width + gapPx + 2 < roomPx)
        .map(({ width }) => [Math.round(width), Math.round(roomPx)]);
    });
  for (const size of [
    [1024, 700, 1],
    [1280, 800, 1],
    [1400, 900, 1],
    [1600, 1000, 1],
  ] as const) {
    await resize(app, page, size);
    await expect.poll(leftOut, `left out at ${size.join(' ')}`).toEqual([]);
  }
  await resize(app, page, [1400, 900, 1]);
  const chart = page.getByRole('img', { name: /^Lock held and waited for/ });
  await expect.poll(async () => (await chart.boundingBox())?.height).toBeGreaterThanOrEqual(64);
});

test('at 200 % the timeline of a run that is chosen is in view as a whole', async ({
  app,
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await resize(app, page, [1400, 900, 2]);
  await fillForm(page, { ...QUICK, Repeats: 1 });
  await runToEnd(page, 1);
  await runToEnd(page, 1);
  await runInList(page, 2).getByRole('button').first().click();
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline).toBeInViewport({ ratio: 0.99 });
  const header = await page.getByRole('banner').boundingBox();
  const box = await timeline.boundingBox();
  expect(box?.y).toBeGreaterThanOrEqual((header?.y ?? NaN) + (header?.height ?? NaN) - 1);
});
