import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { laneRows, laneTop } from '../../src/renderer/timeline/model/lane-rows.js';
import { expect, fillForm, runToEnd, test } from './app.js';

/** Three lanes that sleep with the lock in turn: waits are long, and so easy to meet. */
const SLEEPS = {
  Workload: 'sleep',
  Matrices: 9,
  Threads: 3,
  'Sleep (ms)': 15,
  Repeats: 2,
  'Warm-up': 0,
  Scheduler: 'static',
  'Lock mode': 'gil-held',
};

/** The axis above the plot, in px. */
const AXIS = 26;
/** The plot, right of the lanes' names. */
const GUTTER = 82;

interface Parts {
  readonly chart: Locator;
  readonly strip: Locator;
  readonly search: Locator;
  readonly minimap: Locator;
}

async function open(page: Page, values: Parameters<typeof fillForm>[1] = SLEEPS): Promise<Parts> {
  await fillForm(page, values);
  await runToEnd(page, 1);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const chart = timeline.getByLabel('Timeline chart');
  await chart.focus();
  return {
    chart,
    strip: timeline.getByRole('group', { name: 'Selection' }),
    search: timeline.getByRole('textbox', { name: 'Search for a task' }),
    minimap: timeline.getByRole('slider', { name: 'Part of the run in view' }),
  };
}

/** A point of the chart: a share of the plot's width, and the middle of a lane. */
async function pointOf(chart: Locator, share: number, lane: number) {
  const box = await chart.boundingBox();
  if (box === null) throw new Error('the chart is not on the page');
  const rows = laneRows(SLEEPS.Threads, { top: AXIS, height: box.height - AXIS }, true, 0);
  return {
    x: box.x + GUTTER + share * (box.width - GUTTER - 8),
    y: box.y + laneTop(rows, lane) + rows.laneHeight / 2,
  };
}

/** Waits until the view rests, elsewhere than it was, and gives which part of the run it shows. */
async function rest(minimap: Locator, before = ''): Promise<string> {
  await expect(minimap).not.toHaveAttribute('aria-valuetext', before);
  let last = '';
  await expect
    .poll(async () => {
      const before = last;
      last = (await minimap.getAttribute('aria-valuetext')) ?? '';
      return before === last;
    })
    .toBe(true);
  return last;
}

/** The lane that the strip tells of. */
async function laneOf(strip: Locator): Promise<number> {
  return Number(/lane\s*(\d+)/.exec((await strip.textContent()) ?? '')?.[1]);
}

/** Steps to and fro along the three lanes until a wait is selected: at least two of them waited. */
async function selectWait(page: Page, strip: Locator): Promise<void> {
  await page.keyboard.press('.');
  for (const along of ['.', ',', '.']) {
    // A lane has three tasks, of a wait, a hold and a sleep each.
    for (let step = 0; step < 12; step += 1) {
      // What is said of it, which follows, comes later.
      if (/^\s*wait ·/.test((await strip.textContent()) ?? '')) return;
      await page.keyboard.press(along);
    }
    await page.keyboard.press('ArrowDown');
  }
  throw new Error('no wait was found');
}

const violations = async (page: Page) =>
  (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id, nodes }) => [
    id,
    nodes.map((node) => node.html),
  ]);

test('keys zoom and pan while held, and Home shows all', async ({ page }) => {
  const { minimap } = await open(page);
  const whole = await rest(minimap);
  await page.keyboard.press('w');
  const once = await rest(minimap, whole);
  await page.keyboard.down('d');
  await expect
    .poll(async () => Number(await minimap.getAttribute('aria-valuenow')))
    .toBeGreaterThan(15);
  await page.keyboard.up('d');
  const panned = await rest(minimap, once);
  await page.keyboard.press('a');
  await rest(minimap, panned);
  await page.keyboard.press('Home');
  await expect(minimap).toHaveAttribute('aria-valuetext', whole);
});

test('moves at once where motion is reduced', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { minimap } = await open(page);
  const whole = await rest(minimap);
  await page.keyboard.press('w');
  await expect(minimap).not.toHaveAttribute('aria-valuetext', whole);
  await page.keyboard.press('s');
  await expect(minimap).toHaveAttribute('aria-valuetext', whole);
});

test('the wheel zooms with Ctrl at the pointer, pans with Shift and scrolls lanes', async ({
  page,
}) => {
  const { chart, minimap } = await open(page, {
    ...SLEEPS,
    Matrices: 64,
    Threads: 64,
    'Sleep (ms)': 1,
    'Lock mode': 'none',
  });
  const whole = await rest(minimap);
  const { x, y } = await pointOf(chart, 0.9, 0);
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, 100);
  // The lanes have scrolled and time has not: another lane is under the pointer now.
  expect(await rest(minimap)).toBe(whole);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -400);
  await page.keyboard.up('Control');
  await expect(minimap).not.toHaveAttribute('aria-valuetext', whole);
  const start = Number(await minimap.getAttribute('aria-valuenow'));
  expect(start).toBeGreaterThan(30);
  await page.keyboard.down('Shift');
  await page.mouse.wheel(0, -300);
  await page.keyboard.up('Shift');
  await expect
    .poll(async () => Number(await minimap.getAttribute('aria-valuenow')))
    .toBeLessThan(start);
});

test('a drag pans, a drag with Shift measures, and Escape lets go', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { chart, minimap, strip } = await open(page);
  const whole = await rest(minimap);
  await page.keyboard.press('w');
  const before = await rest(minimap, whole);
  const from = await pointOf(chart, 0.7, 0);
  const to = await pointOf(chart, 0.3, 0);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
  const panned = await rest(minimap, before);
  await page.keyboard.down('Shift');
  await page.mouse.move(to.x, to.y);
  await page.mouse.down();
  await page.mouse.move(from.x, from.y, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  expect(await rest(minimap)).toBe(panned);
  await expect(strip).toContainText('Range');
  await expect(strip).toContainText(/duration\s*[\d.]+ ms/);
  await page.keyboard.press('f');
  await rest(minimap, panned);
  await page.keyboard.press('Escape');
  await expect(strip).toContainText('Click a span');
});

test('a selection takes no room from the chart', async ({ page }) => {
  const { chart, strip } = await open(page);
  const before = await chart.boundingBox();
  await page.keyboard.press('.');
  await expect(strip).toContainText('task #');
  expect(await chart.boundingBox()).toEqual(before);
});

test('period and comma step through the lane, arrows change it, F zooms to the span', async ({
  page,
}) => {
  const { strip, minimap } = await open(page);
  const whole = await rest(minimap);
  await page.keyboard.press('.');
  await expect(strip).toContainText('task #');
  const first = await strip.textContent();
  await page.keyboard.press('.');
  await expect(strip).not.toHaveText(first ?? '');
  await page.keyboard.press(',');
  await expect(strip).toHaveText(first ?? '');
  expect(await laneOf(strip)).toBe(0);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => laneOf(strip)).toBe(1);
  await page.keyboard.press('f');
  await rest(minimap, whole);
  await expect(strip.getByText(/^Selected: /)).toHaveCount(1);
});

test('a wait is selected by a click, has links to its holders, and there is a way back', async ({
  page,
}) => {
  const { chart, strip } = await open(page);
  await selectWait(page, strip);
  const lane = await laneOf(strip);
  await expect(strip).toContainText('lock held by');
  await page.keyboard.press('f');
  const { x, y } = await pointOf(chart, 0.5, lane);
  const above = chart.locator('canvas').last();
  const unlit = await above.screenshot();
  await page.keyboard.press('Escape');
  await expect.poll(async () => unlit.equals(await above.screenshot())).toBe(false);
  await page.mouse.move(x, y);
  await expect(page.getByText('Lock held meanwhile by')).toBeVisible();
  const place = await chart.boundingBox();
  await page.mouse.click(x, y);
  await expect(strip).toContainText('wait · task');
  expect(await laneOf(strip)).toBe(lane);
  expect(await chart.boundingBox()).toEqual(place);
  const back = strip.getByRole('button', { name: 'Back' });
  await expect(back).toHaveCount(0);
  const link = strip.getByRole('button', { name: /^lane \d+ \S+ ms \d+ %/ });
  const holder = Number(/^lane (\d+)/.exec((await link.first().textContent()) ?? '')?.[1]);
  await link.first().click();
  await expect(strip).toContainText('hold · task');
  expect(await laneOf(strip)).toBe(holder);
  expect(await chart.boundingBox()).toEqual(place);
  await back.click();
  await expect(strip).toContainText('wait · task');
  expect(await laneOf(strip)).toBe(lane);
  await expect(back).toHaveCount(0);

  // By keys alone: along the links, or at once to the hold that was waited for.
  await link.first().press('Enter');
  await expect(strip).toContainText('hold · task');
  await expect(chart).toBeFocused();
  await page.keyboard.press('Backspace');
  await expect(strip).toContainText('wait · task');
  await page.keyboard.press('Enter');
  await expect(strip).toContainText('hold · task');
  await back.press('Enter');
  await expect(strip).toContainText('wait · task');
  await expect(chart).toBeFocused();
});

test('a wait names five holders at most, and how many more there are', async ({ page }) => {
  const { strip } = await open(page, { ...SLEEPS, Threads: 9 });
  const links = strip.getByRole('button', { name: /^lane \d+ / });
  const more = strip.getByText(/^\+\d+ more$/);
  const holders = async () => {
    const others = (await more.allTextContents()).map((text) => parseInt(text, 10));
    return (await links.count()) + (others[0] ?? 0);
  };
  // Lanes that come late wait for most of the eight others.
  await page.keyboard.press('.');
  for (let lane = 0; lane < 9 && (await holders()) <= 5; lane += 1) {
    await page.keyboard.press('ArrowDown');
    await expect(strip).toContainText('task');
  }
  await expect(more).toBeVisible();
  await strip.getByRole('button', { name: 'All facts' }).press('Enter');
  await expect(links).toHaveCount(5);
  await expect(strip).toContainText(/\+[1-3] more [\d.]+ ms \d+ %/);
});

test('searches a task through its spans and repeats, and says where there is none', async ({
  page,
}) => {
  const { chart, strip, search } = await open(page);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('4');
  await page.keyboard.press('Enter');
  await expect(strip).toContainText('task #4');
  await expect(timeline.getByText('Repeat 2 of 2')).toBeVisible();
  await expect(timeline.getByText(/^1 of \d/)).toBeVisible();
  // Past the task's last span comes the next repeat, which is the first again.
  await page.keyboard.press('Shift+Enter');
  await expect(timeline.getByText('Repeat 1 of 2')).toBeVisible();
  await expect(strip).toContainText('task #4');
  await search.fill('77');
  await page.keyboard.press('Enter');
  await expect(timeline.getByText('not 0 to 8')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(chart).toBeFocused();
  await page.keyboard.press('Control+f');
  await expect(search).toBeFocused();
});

test('pins lanes with P and by their names', async ({ page }) => {
  const { chart, strip } = await open(page);
  await page.keyboard.press('.');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => laneOf(strip)).toBe(2);
  await page.keyboard.press('p');
  // Lane 2 is on top now, and lane 0 below it.
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => laneOf(strip)).toBe(0);
  await page.keyboard.press('Escape');
  const { y } = await pointOf(chart, 0, 0);
  const box = await chart.boundingBox();
  await page.mouse.click((box?.x ?? 0) + 30, y);
  await expect(strip).toContainText('Lane 2 not pinned');
});

test('the minimap moves and resizes the view, by pointer and by keys', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const { minimap } = await open(page);
  const whole = await rest(minimap);
  await page.keyboard.press('w');
  const once = await rest(minimap, whole);
  await page.keyboard.press('w');
  await rest(minimap, once);
  const start = async () => Number(await minimap.getAttribute('aria-valuenow'));
  const frame = async () => {
    await rest(minimap);
    return minimap.evaluate((track) => {
      const { left, right } =
        track.querySelector('.frame')?.getBoundingClientRect() ?? new DOMRect();
      return { left, right, width: right - left };
    });
  };
  const { width } = await frame();
  await minimap.focus();
  await page.keyboard.press('Home');
  await expect.poll(start).toBe(0);
  await page.keyboard.press('End');
  await expect.poll(start).toBeGreaterThan(20);
  const box = await minimap.boundingBox();
  if (box === null) throw new Error('the minimap is not on the page');
  const y = box.y + box.height / 2;
  await page.mouse.click(box.x + 2, y);
  await expect.poll(start).toBe(0);
  expect((await frame()).width).toBeCloseTo(width, 0);

  const drag = async (from: number, to: number) => {
    await page.mouse.move(from, y);
    await page.mouse.down();
    await page.mouse.move(to, y, { steps: 3 });
    await page.mouse.up();
  };
  const { right } = await frame();
  await drag(right - 1, right - 1 - 0.2 * box.width);
  const shorter = await frame();
  expect(width - shorter.width).toBeCloseTo(0.2 * box.width, -1);
  expect(await start()).toBe(0);
  await drag(shorter.left + shorter.width / 2, shorter.left + shorter.width / 2 + 100);
  expect((await frame()).left - shorter.left).toBeCloseTo(100, -1);
  expect((await frame()).width).toBeCloseTo(shorter.width, 0);
});

test('a question mark shows all keys, and Escape closes them and stops nothing', async ({
  page,
}) => {
  await open(page);
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys and pointer' });
  await expect(dialog).toBeVisible();
  await expect(dialog).toContainText('Next span of the lane');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Keys' }).click();
  await expect(dialog).toBeVisible();
});

test('Escape lets go of the selection before it stops a run', async ({ page }) => {
  const { strip } = await open(page);
  await fillForm(page, { Matrices: 300, 'Sleep (ms)': 50 });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('Running');
  await page.getByRole('region', { name: 'Timeline' }).getByLabel('Timeline chart').focus();
  await expect
    .poll(async () => {
      await page.keyboard.press('.');
      return strip.textContent();
    })
    .toContain('task #');
  await page.keyboard.press('Escape');
  await expect(strip).toContainText('Click a span');
  await expect(page.getByRole('button', { name: 'Stop' })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('status')).toContainText(/stopped/i);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`breaks no rule of accessibility with a selection, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const { chart, strip } = await open(page);
    await selectWait(page, strip);
    await page.keyboard.press('p');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    const from = await pointOf(chart, 0.2, 1);
    const to = await pointOf(chart, 0.6, 1);
    await page.keyboard.down('Shift');
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 3 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await expect(strip).toContainText('Range');
    await page.keyboard.press('/');
    await page.keyboard.type('99999');
    await page.keyboard.press('Enter');
    expect(await violations(page)).toEqual([]);
  });
}
