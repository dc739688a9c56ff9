import type { ElectronApplication, Page } from '@playwright/test';
import { expect } from './app.js';

/** Sets the size of the window's content, in the screen's pixels, and how much it is magnified. */
export async function resize(
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
export function outOfReach(page: Page): Promise<string[]> {
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
export const cutIn = (page: Page, area: string) =>
  page.locator(area).evaluate((within) =>
    [...within.querySelectorAll<HTMLElement>('*')]
      .filter((element) => element.checkVisibility() && !element.matches('.visually-hidden'))
      .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
      .map((element) => element.outerHTML.slice(0, 120)),
  );
