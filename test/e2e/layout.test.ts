import type { ElectronApplication, Page } from '@playwright/test';
import { expect, fillForm, runToEnd, test } from './app.js';

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
