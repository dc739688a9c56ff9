import type { ElectronApplication, Page } from '@playwright/test';
import { expect, fillForm, runToEnd, test } from './app.js';

const small = { Matrices: 40, 'Matrix size': 24, Threads: 2, Repeats: 2, 'Max iterations': 300 };

const field = (page: Page) => page.getByRole('combobox', { name: 'Find an action' });
const zoomOf = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomLevel());

/** A press as a keyboard event says it. */
type Pressed = Pick<KeyboardEventInit, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'isComposing'>;

/** Presses a key as another keyboard has it, on what has the focus. */
async function pressAs(page: Page, press: Pressed): Promise<void> {
  await page.evaluate((init) => {
    const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
    (document.activeElement ?? document.body).dispatchEvent(event);
  }, press);
}

test('shortcuts are reached on other layouts, and not while a character is composed', async ({
  page,
}) => {
  await pressAs(page, { key: 'k', code: 'KeyK', ctrlKey: true, isComposing: true });
  await pressAs(page, { key: 'k', code: 'KeyK', ctrlKey: true, altKey: true });
  await expect(field(page)).toBeHidden();
  for (const press of [
    { key: 'л', code: 'KeyK' },
    { key: 'κ', code: 'KeyK' },
    { key: 'K', code: '' },
    { key: 'k', code: 'KeyV' },
    { key: 'Unidentified', code: 'KeyK' },
  ]) {
    await pressAs(page, { ...press, ctrlKey: true });
    await expect(field(page), press.key).toBeFocused();
    // Enter that ends a composition chooses nothing.
    await pressAs(page, { key: 'Enter', code: 'Enter', isComposing: true });
    await expect(field(page)).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(field(page)).toBeHidden();
  }
});

test('the timeline’s keys work on other layouts and keypads', async ({ page }) => {
  await fillForm(page, small);
  await runToEnd(page, 1);
  const fit = page.getByRole('button', { name: 'Fit' });
  await page.getByLabel('Timeline chart').focus();
  for (const press of [
    { key: 'ц', code: 'KeyW' },
    { key: '+', code: 'NumpadAdd' },
    { key: 'w', code: '' },
  ]) {
    await expect(fit).toBeDisabled();
    await pressAs(page, press);
    await expect(fit, press.key).toBeEnabled();
    await page.evaluate((init) => {
      const event = new KeyboardEvent('keyup', { bubbles: true, ...init });
      document.activeElement?.dispatchEvent(event);
    }, press);
    await page.keyboard.press('Home');
  }
});

test('Ctrl with plus, equals, minus and zero magnify, in dialogs too', async ({ app, page }) => {
  await page.keyboard.press('Control+Equal');
  await expect.poll(() => zoomOf(app)).toBe(0.5);
  await page.keyboard.press('Control+Shift+Equal');
  await expect.poll(() => zoomOf(app)).toBe(1);
  await page.keyboard.press('Control+NumpadAdd');
  await expect.poll(() => zoomOf(app)).toBe(1.5);
  await page.keyboard.press('Control+Minus');
  await expect.poll(() => zoomOf(app)).toBe(1);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys and pointer' })).toBeVisible();
  await page.keyboard.press('Control+NumpadSubtract');
  await expect.poll(() => zoomOf(app)).toBe(0.5);
  await page.keyboard.press('Control+0');
  await expect.poll(() => zoomOf(app)).toBe(0);
  await page.keyboard.press('Escape');
});
