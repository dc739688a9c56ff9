import type { ElectronApplication } from '@playwright/test';
import { expect, launch, test } from './app.js';

/** What `opening-window.mjs` saw of the window. */
interface Opening {
  readonly events: readonly string[];
  /** Two opposite corners of each frame of the page. */
  readonly frames: readonly (readonly [string, string])[];
}

for (const theme of ['dark', 'light'] as const) {
  test(`the window opens in the ${theme} theme’s colour, once there is something to see`, async ({
    folder,
  }) => {
    const app = await launch(folder, ['test/fixtures/opening-window.mjs', theme], null);
    try {
      const page = await app.firstWindow();
      await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
      const seen = () =>
        app.evaluate(() => (globalThis as unknown as { opening: Opening }).opening);
      await expect.poll(async () => (await seen()).frames.length).toBeGreaterThan(0);
      await expect.poll(async () => (await seen()).events).toEqual(['ready-to-show', 'show']);
      const surface = await page.evaluate(() =>
        getComputedStyle(document.documentElement).getPropertyValue('--surface'),
      );
      const background = await app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => window.getBackgroundColor().toLowerCase()),
      );
      expect(background).toEqual([surface]);
      if (theme === 'light') return;
      for (const colour of (await seen()).frames.flat()) {
        // Of 255; the page's surfaces are all of them below 32.
        expect(Math.max(...Buffer.from(colour.slice(1), 'hex')), colour).toBeLessThan(64);
      }
    } finally {
      await app.close();
    }
  });
}

/** The window's place once it is shown, and the screen's room. */
async function placeOf(app: ElectronApplication) {
  const page = await app.firstWindow();
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
  const read = () =>
    app.evaluate(({ BrowserWindow, screen }) => {
      const [window] = BrowserWindow.getAllWindows();
      if (window?.isVisible() !== true) throw new Error('no window is shown');
      return { bounds: window.getBounds(), area: screen.getPrimaryDisplay().workArea };
    });
  await expect(async () => {
    await read();
  }).toPass();
  return read();
}

test('the window opens where it was, and within the screen where that is smaller', async ({
  folder,
}) => {
  const bounds = { x: 300, y: 180, width: 1000, height: 620 };
  const first = await launch(folder, ['.']);
  const usual = await placeOf(first);
  expect(usual.bounds).toMatchObject({ width: 1400, height: 927 });
  await first.evaluate(({ BrowserWindow }, size) => {
    for (const window of BrowserWindow.getAllWindows()) window.setBounds(size);
  }, bounds);
  await expect.poll(async () => (await placeOf(first)).bounds).toEqual(bounds);
  await first.close();
  const second = await launch(folder, ['.']);
  expect((await placeOf(second)).bounds).toEqual(bounds);
  await second.close();
  const third = await launch(folder, ['--force-device-scale-factor=3', '.']);
  const small = await placeOf(third);
  expect(small.bounds).toEqual({ ...small.area, height: Math.min(620, small.area.height) });
  await third.close();
});
