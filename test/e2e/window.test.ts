import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import {
  answerQuestions,
  answerSaveDialog,
  expect,
  fillForm,
  runInList,
  runToEnd,
  test,
} from './app.js';

const small = { Matrices: 60, 'Matrix size': 32, Threads: 3, Repeats: 2, 'Max iterations': 500 };

test('the page is isolated, sandboxed and served under its policy', async ({ page }) => {
  expect(page.url()).toBe('app://gilscope/index.html');
  const facts = await page.evaluate(() => ({
    isolated: crossOriginIsolated,
    node: typeof (globalThis as { require?: unknown }).require,
    process: typeof (globalThis as { process?: unknown }).process,
  }));
  expect(facts).toEqual({ isolated: true, node: 'undefined', process: 'undefined' });
});

test('runs, shows the lanes, and exports each task once a repeat', async ({
  app,
  page,
  folder,
}) => {
  await fillForm(page, { ...small, Scheduler: 'executor', 'Lock mode': 'gil-held' });
  await runToEnd(page, 1);

  const lanes = page.getByRole('region', { name: 'Timeline' }).getByRole('table');
  await expect(lanes.getByRole('row')).toHaveCount(4);
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('%');

  const path = join(folder, 'tasks.csv');
  await answerSaveDialog(app, path);
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await expect(page.getByRole('status')).toContainText('tasks.csv');
  const rows = parse<Record<string, string>>(readFileSync(path), { columns: true });
  expect(rows).toHaveLength(60 * 2);
  const keys = new Set(rows.map((row) => `${row['repeat'] ?? ''}/${row['task'] ?? ''}`));
  expect(keys.size).toBe(60 * 2);
});

test('shows an earlier run again and tells its speed-up over the serial run', async ({ page }) => {
  await fillForm(page, { ...small, Scheduler: 'serial', 'Lock mode': 'none' });
  await runToEnd(page, 1);
  await fillForm(page, { Scheduler: 'static' });
  await runToEnd(page, 2);
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('×');
  const table = page.getByRole('region', { name: 'Timeline' }).getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(4);

  // The newest run stands first or last; the serial one is found by its name.
  await page
    .getByRole('list', { name: 'Runs' })
    .getByRole('button', { name: /Serial/ })
    .click();
  await expect(table.getByRole('row')).toHaveCount(2);
});

test('stops a run inside a long task and goes on working', async ({ page }) => {
  await fillForm(page, {
    Matrices: 4,
    'Matrix size': 512,
    Threads: 2,
    'Max iterations': 10_000_000,
    Repeats: 5,
  });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('Warming up');
  const stop = page.getByRole('button', { name: 'Stop' });
  await expect(stop).toBeEnabled();
  await stop.click();
  await expect(page.getByRole('status')).toContainText(/stopped/i);
  await fillForm(page, small);
  await runToEnd(page, 1);
});

test('refuses what is out of range at its field', async ({ page }) => {
  await fillForm(page, { Threads: 257 });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const threads = page.getByRole('spinbutton', { name: 'Threads' });
  await expect(threads).toBeFocused();
  await expect(threads).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByText(/1 to 256/)).toBeVisible();
});

test('says what a run too large needs and what would fit, and keeps earlier runs', async ({
  page,
}) => {
  await fillForm(page, small);
  await runToEnd(page, 1);
  await fillForm(page, { Matrices: 1_000_000, 'Matrix size': 4096 });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText(/need.* TB .* at most/);
  await expect(runInList(page, 1)).toBeVisible();
});

test('names the file and the reason where a CSV cannot be written', async ({
  app,
  page,
  folder,
}) => {
  await fillForm(page, small);
  await runToEnd(page, 1);
  const path = join(folder, 'missing', 'tasks.csv');
  await answerSaveDialog(app, path);
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await expect(page.getByRole('alert')).toContainText('tasks.csv');
  expect(existsSync(path)).toBe(false);
  await runToEnd(page, 2);
});

test('asks before it replaces a file, under the name that is written', async ({
  app,
  page,
  folder,
}) => {
  await fillForm(page, { ...small, 'Lock mode': 'gil-held' });
  await runToEnd(page, 1);
  const path = join(folder, 'tasks.csv');
  writeFileSync(path, 'old');
  const options = await answerSaveDialog(app, join(folder, 'tasks'));
  const status = page.getByRole('status');
  await answerQuestions(app, 1);
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await expect(status).toHaveText('Nothing was exported');
  expect(readFileSync(path, 'utf8')).toBe('old');
  const { defaultPath = '', properties } = await options();
  expect(properties).toContain('showOverwriteConfirmation');
  expect(defaultPath).toMatch(/gilscope-\d{4}-\d\d-\d\d-gil-held-\d+x\d+-\d-threads\.csv$/);

  await answerQuestions(app, 0);
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await expect(status).toContainText(`to ${path}`);
  expect(readFileSync(path, 'utf8')).toMatch(/^run,repeat,/);
});

test('saves the spans of the selected range, also for viewers', async ({ app, page, folder }) => {
  await fillForm(page, small);
  await runToEnd(page, 1);
  await page.getByRole('spinbutton', { name: 'From (ms)' }).fill('0.05');
  await page.keyboard.press('Enter');
  const status = page.getByRole('status');
  const choose = async (action: string) => {
    await page.keyboard.press('Control+K');
    await page.keyboard.type(action);
    await page.keyboard.press('Enter');
  };
  const path = join(folder, 'spans.csv');
  await answerSaveDialog(app, path);
  await choose('Export spans as CSV');
  await expect(status).toHaveText(`Saved the spans to ${path}`);
  const rows = parse<Record<string, string>>(readFileSync(path), { columns: true });
  expect(new Set(rows.map((row) => row['repeat']))).toEqual(new Set(['1']));
  expect(Math.min(...rows.map((row) => Number(row['start_ns'])))).toBeGreaterThanOrEqual(50_000);
  expect(rows.length).toBeGreaterThan(10);

  const options = await answerSaveDialog(app, join(folder, 'run'));
  await choose('Export spans for speedscope');
  await expect(status).toContainText('run.speedscope.json');
  expect((await options()).defaultPath).toMatch(/-3-threads\.speedscope\.json$/);
  expect(readFileSync(join(folder, 'run.speedscope.json'), 'utf8')).toContain('"exporter"');
});

test('works from the keyboard alone', async ({ page }) => {
  await fillForm(page, small);
  await page.getByRole('spinbutton', { name: 'Matrices', exact: true }).focus();
  await page.keyboard.press('Control+Enter');
  await runInList(page, 1).waitFor();
  await expect(page.getByRole('status')).toContainText(/done/);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  const shown = timeline.getByText(/shown$/);
  const whole = await shown.textContent();
  await timeline.getByLabel('Timeline chart').focus();
  await page.keyboard.press('w');
  await expect(shown).not.toHaveText(whole ?? '');
  await page.keyboard.press('Home');
  await expect(shown).toHaveText(whole ?? '');
});

test('draws spans while the run is on', async ({ page }) => {
  await fillForm(page, { Matrices: 2000, Threads: 2, Repeats: 1, 'Warm-up': 0 });
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('Running');
  const chart = page.getByLabel('Timeline chart').locator('canvas').first();
  const before = await chart.screenshot();
  await expect.poll(async () => before.equals(await chart.screenshot())).toBe(false);
  await expect(page.getByRole('button', { name: 'Stop' })).toBeEnabled();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('status')).toContainText(/stopped/i);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`breaks no rule of accessibility in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const violations = async () =>
      (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(
        ({ id, nodes }) => [id, nodes.map((node) => node.html)],
      );
    expect(await violations()).toEqual([]);
    await fillForm(page, { ...small, 'Lock mode': 'gil-held' });
    await runToEnd(page, 1);
    expect(await violations()).toEqual([]);
  });

  test(`cuts nothing off at 1024 x 700, ${colorScheme}`, async ({ app, page }) => {
    await page.emulateMedia({ colorScheme });
    await resize(app, 1024, 700);
    await fillForm(page, { ...small, 'Lock mode': 'gil-held', Threads: 4 });
    await runToEnd(page, 1);
    const overflow = await page.evaluate(() => ({
      right: document.documentElement.scrollWidth - window.innerWidth,
      below: document.documentElement.scrollHeight - window.innerHeight,
    }));
    expect(overflow).toEqual({ right: 0, below: 0 });
    await save(page, `small-${colorScheme}.png`);
  });

  test(`saves the screenshot of the README, ${colorScheme}`, async ({ app, page }) => {
    await page.emulateMedia({ colorScheme });
    await resize(app, 1400, 900);
    await fillForm(page, { Threads: 1, Scheduler: 'serial', 'Lock mode': 'none' });
    await runToEnd(page, 1);
    await fillForm(page, { Threads: 2, Scheduler: 'executor' });
    await runToEnd(page, 2);
    await fillForm(page, { Threads: 4, 'Lock mode': 'gil-held' });
    await runToEnd(page, 3);
    await save(page, `screenshot-${colorScheme}.png`);
  });
}

async function resize(app: ElectronApplication, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
}

/** Saves the window as a picture; where to is GILSCOPE_SCREENSHOTS, for the README's `docs`. */
async function save(page: Page, name: string): Promise<void> {
  const folder = process.env['GILSCOPE_SCREENSHOTS'] ?? 'test-results';
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, name) });
}
