import type { CDPSession, Page } from '@playwright/test';
import { expect, fillForm, runToEnd, test } from './app.js';

const locked = {
  Matrices: 40,
  'Matrix size': 24,
  Threads: 3,
  Repeats: 2,
  'Max iterations': 300,
  'Lock mode': 'gil-held',
};

/** Pixels that each canvas in sight has for a CSS pixel, along and down. */
const ratiosOf = (page: Page) =>
  page.locator('canvas').evaluateAll((canvases) =>
    canvases.flatMap((canvas) => {
      const { width, height } = canvas.getBoundingClientRect();
      const { width: along, height: down } = canvas as HTMLCanvasElement;
      return width === 0 || height === 0 ? [] : [along / width, down / height];
    }),
  );

/** Waits until each canvas in sight has the screen's pixels. */
async function expectSharp(page: Page, session: CDPSession, ratio: number): Promise<void> {
  await expect.poll(() => page.evaluate(() => devicePixelRatio)).toBeCloseTo(ratio);
  await expect
    .poll(async () => {
      // An emulated screen is drawn, and the page hears of it, when somebody looks.
      await session.send('Page.captureScreenshot');
      const found = await ratiosOf(page);
      // A canvas has whole pixels, and so at most one more or less than its box.
      const off = found.filter((own) => Math.abs(own / ratio - 1) > 0.06);
      return { canvases: found.length >= 8, off };
    })
    .toEqual({ canvases: true, off: [] });
}

test('every canvas follows the screen’s pixels', async ({ app, page }) => {
  await fillForm(page, locked);
  await runToEnd(page, 1);
  await expect(page.getByRole('img', { name: /^Histogram/ })).toBeVisible();
  const session = await page.context().newCDPSession(page);
  const { width, height } = await page.evaluate(() => ({
    width: window.innerWidth,
    height: window.innerHeight,
  }));
  for (const ratio of [1.25, 1.5, 3, 2]) {
    // Of the same size in CSS pixels, so that the page has no other word of it.
    const screen = { width, height, deviceScaleFactor: ratio, mobile: false };
    await session.send('Emulation.setDeviceMetricsOverride', screen);
    await expectSharp(page, session, ratio);
  }
  await session.send('Emulation.clearDeviceMetricsOverride');
  for (const factor of [0.5, 1.1, 3]) {
    await app.evaluate(({ BrowserWindow }, zoom) => {
      BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(zoom);
    }, factor);
    await expectSharp(page, session, factor);
  }
});
