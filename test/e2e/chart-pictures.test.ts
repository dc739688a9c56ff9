import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Locator, Page } from '@playwright/test';
import { expect, fillForm, launch, runInList, runToEnd, test as base } from './app.js';

/**
 * The charts as they are painted, compared with references pixel by pixel. The spans are made up,
 * by the window bench's engine; text is not painted and has a set width, as fonts differ between
 * machines; charts have a set size, whatever room the page has.
 *
 * `npx playwright test chart-pictures --update-snapshots` makes the references anew.
 */

/** The runtime that the references were painted by; another one rounds corners in its own way. */
const REFERENCE = { platform: 'linux', electron: '33.2.1' };

/** How much of a picture may differ, and by how much a pixel may, 0 to 1. */
const TOLERANCE = { maxDiffPixelRatio: 0.002, threshold: 0.05 };

const SCENE = { kind: 'kept', lanes: 4, spans: 600 };

const test = base.extend<{ electron: string }>({
  app: async ({ folder }, use) => {
    const app = await launch(folder, [
      '--force-device-scale-factor=1',
      'out/bench/window/main.js',
      JSON.stringify(SCENE),
    ]);
    await use(app);
    await app.close();
  },
  electron: async ({ app }, use) => {
    await use(await app.evaluate(() => process.versions.electron));
  },
});

test.beforeAll(async () => {
  await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    "(await import('./scripts/bundle-bench-window.mjs')).bundleBenchWindow();",
  ]);
});

test.beforeEach(async ({ electron, page }) => {
  test.skip(
    process.platform !== REFERENCE.platform || electron !== REFERENCE.electron,
    `the references are of Electron ${REFERENCE.electron} on ${REFERENCE.platform}`,
  );
  await page.evaluate(paintNoText);
});

/** Runs in the page: text is not painted, and takes 6 px a character. */
function paintNoText(): void {
  for (const { prototype } of [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D]) {
    prototype.fillText = () => undefined;
    prototype.measureText = (text: string) =>
      ({
        width: 6 * text.length,
        actualBoundingBoxAscent: 8,
        actualBoundingBoxDescent: 2,
      }) as TextMetrics;
  }
}

/** A chart's canvas, in a size of its own, once it has been painted in it. */
async function paintedPng(canvas: Locator, width: number, height: number): Promise<Buffer> {
  await canvas.evaluate(
    (element: HTMLCanvasElement, size) => {
      const box = element.parentElement ?? element;
      Object.assign(box.style, { position: 'fixed', inset: 'auto', left: '0', top: '0' });
      Object.assign(box.style, { width: `${size.width}px`, height: `${size.height}px` });
    },
    { width, height },
  );
  await expect(canvas).toHaveJSProperty('width', width);
  await expect(canvas).toHaveJSProperty('height', height);
  const data = await canvas.evaluate(async (element: HTMLCanvasElement) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    return element.toDataURL('image/png');
  });
  return Buffer.from(data.slice(data.indexOf(',') + 1), 'base64');
}

function timelineCanvas(page: Page): Locator {
  return page.getByRole('group', { name: 'Timeline chart' }).locator('canvas').first();
}

function figureCanvas(page: Page, name: RegExp): Locator {
  return page.getByRole('img', { name }).locator('canvas');
}

for (const colorScheme of ['dark', 'light'] as const) {
  test(`the charts of a run are painted as ever, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await fillForm(page, { 'Lock mode': 'gil-held' });
    await runToEnd(page, 1);
    await runInList(page, 1).getByRole('button').first().click();
    const histogram = figureCanvas(page, /^Histogram/);
    await histogram.waitFor();
    expect(await paintedPng(timelineCanvas(page), 640, 320)).toMatchSnapshot(
      `timeline-${colorScheme}.png`,
      TOLERANCE,
    );
    expect(await paintedPng(figureCanvas(page, /^Lock held/), 640, 60)).toMatchSnapshot(
      `occupancy-${colorScheme}.png`,
      TOLERANCE,
    );
    expect(await paintedPng(histogram, 400, 160)).toMatchSnapshot(
      `histogram-${colorScheme}.png`,
      TOLERANCE,
    );
  });
}

for (const colorScheme of ['dark', 'light'] as const) {
  test(`the chart of a comparison is painted as ever, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.getByRole('banner').getByRole('button', { name: 'Compare four ways' }).click();
    await expect(page.getByRole('status')).toContainText('Comparison done');
    const canvas = page.getByRole('region', { name: 'Comparison’s figures' }).locator('canvas');
    expect(await paintedPng(canvas, 640, 240)).toMatchSnapshot(
      `comparison-${colorScheme}.png`,
      TOLERANCE,
    );
  });
}
