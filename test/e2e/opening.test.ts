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
