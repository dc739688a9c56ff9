import type { Locator, Page } from '@playwright/test';
import { expect, fillForm, launch, runToEnd, test } from './app.js';

const small = { Matrices: 40, 'Matrix size': 24, Threads: 2, Repeats: 2, 'Max iterations': 300 };

const spin = (page: Page, name: string) => page.getByRole('spinbutton', { name, exact: true });
const form = (page: Page) => page.getByRole('form', { name: 'Parameters' });

/** Types a text in place of what stands in a field, key by key. */
async function retype(field: Locator, text: string): Promise<void> {
  // What a field shows once it has the focus is what is selected.
  await field.focus();
  await field.selectText();
  await field.pressSequentially(text);
}

/** Pastes a text in place of what stands in a field. */
async function paste(field: Locator, text: string): Promise<void> {
  await field.selectText();
  await field.page().keyboard.insertText(text);
}

test('what is typed or pasted into a number field stays, and is read as it is meant', async ({
  app,
  page,
}) => {
  await fillForm(page, { ...small, 'Lock mode': 'gil-switching' });
  const interval = spin(page, 'Switch interval (ms)');
  await retype(interval, '0,5');
  await expect(interval).toHaveValue('0,5');
  await expect(interval).toHaveAttribute('aria-valuenow', '0.5');
  await paste(spin(page, 'Epsilon'), '1 × 10⁻⁹');
  await paste(spin(page, 'Seed'), '４２');
  await runToEnd(page, 1);
  await expect(interval).toHaveValue('0,5');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('copy command');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('clipboard');
  const command = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(command).toContain('--switch-interval 0.5 ');
  expect(command).toContain('--epsilon 1e-9');
});

test('what cannot be read is refused in words at its field, and not run', async ({ page }) => {
  const epsilon = spin(page, 'Epsilon');
  await paste(epsilon, '1 × 10−10');
  await expect(epsilon).toHaveValue('1 × 10−10');
  await expect(epsilon).toHaveAttribute('aria-invalid', 'true');
  await expect(epsilon).not.toHaveAttribute('aria-valuenow');
  await expect(form(page).getByRole('alert')).toContainText(
    'Epsilon is “1 × 10−10”, whose power of ten is not clear; write 1e-10',
  );
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(epsilon).toBeFocused();
  await paste(epsilon, '1e−10');
  await expect(epsilon).toHaveAttribute('aria-valuenow', '0.0000000001');
  await expect(epsilon).toHaveAttribute('aria-invalid', 'false');
});

test('arrows and pages step a number, and one undo takes them back', async ({ page }) => {
  const threads = spin(page, 'Threads');
  await retype(threads, '5');
  await threads.press('ArrowUp');
  await expect(threads).toHaveValue('6');
  await threads.press('PageUp');
  await expect(threads).toHaveValue('16');
  await threads.press('PageDown');
  await threads.press('PageDown');
  await expect(threads).toHaveValue('1');
  const epsilon = spin(page, 'Epsilon');
  await epsilon.press('ArrowDown');
  await expect(epsilon).toHaveValue('9e-11');
  await epsilon.press('Control+z');
  await expect(epsilon).toHaveValue('1e-10');
});

test('a range is read in any signs, and its own undo is the text’s', async ({ page }) => {
  await fillForm(page, small);
  await runToEnd(page, 1);
  const panel = page.getByRole('region', { name: 'Analysis' });
  const from = panel.getByRole('spinbutton', { name: 'From (ms)' });
  await retype(from, '0,001');
  await from.press('Enter');
  await expect(panel).toContainText('Selected');
  await expect(from).toHaveValue('0,001');
  await retype(from, '1.2.3');
  await from.press('Enter');
  await expect(panel.getByRole('alert')).toContainText('From is “1.2.3”, whose signs');
  await expect(from).toHaveAttribute('aria-invalid', 'true');
  await expect(from).toHaveValue('1.2.3');
  await panel.getByRole('button', { name: 'Whole repeat', exact: true }).click();
  await expect(panel.getByRole('alert')).toHaveCount(0);

  const search = page.getByRole('search').getByRole('textbox');
  await search.fill('３９');
  await search.press('Enter');
  await expect(page.getByRole('search')).toContainText(/1 of \d/);
  await search.fill('3,9');
  await search.press('Enter');
  await expect(search).toHaveAttribute('aria-invalid', 'true');
});

test('a German reader’s point stands between thousands, and fractions have commas', async ({
  folder,
}) => {
  const app = await launch(folder, ['--lang=de', '.']);
  const page = await app.firstWindow();
  await page.getByRole('button', { name: 'Run', exact: true }).waitFor();
  await retype(spin(page, 'Matrices'), '1.234');
  await expect(spin(page, 'Matrices')).toHaveAttribute('aria-valuenow', '1234');
  await expect(form(page)).toContainText('Read as 1234');
  await expect(form(page)).toContainText('the point stands between thousands');
  const interval = spin(page, 'Switch interval (ms)');
  await retype(interval, '1');
  await interval.press('ArrowDown');
  await expect(interval).toHaveValue('0,9');
  await app.close();
});
