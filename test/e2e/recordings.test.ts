import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { ElectronApplication, Page } from '@playwright/test';
import { recordingBytes } from '../../src/storage/recording-file.js';
import { programOf } from '../fixtures/programs.js';
import { span } from '../fixtures/timelines.js';
import {
  answerOpenDialog,
  answerQuestions,
  answerSaveDialog,
  expect,
  fillForm,
  launch,
  questionsAsked,
  runInList,
  runToEnd,
  test,
} from './app.js';

const small = { Matrices: 60, 'Matrix size': 32, Threads: 3, Repeats: 2, 'Max iterations': 500 };

/** Makes a run under a held lock, and saves it. */
async function saveRun(app: ElectronApplication, page: Page, path: string): Promise<void> {
  await fillForm(page, { ...small, 'Lock mode': 'gil-held' });
  await runToEnd(page, 1);
  await answerSaveDialog(app, path);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('status')).toContainText('Saved run 1 to');
}

/** Has files dropped on the window, as a file manager does. */
async function drop(page: Page, paths: readonly string[]): Promise<void> {
  await page.evaluate(() => {
    const field = Object.assign(document.createElement('input'), { type: 'file', id: 'dropped' });
    field.multiple = true;
    document.body.append(field);
  });
  await page.locator('#dropped').setInputFiles([...paths]);
  await page.evaluate(() => {
    const field = document.querySelector<HTMLInputElement>('#dropped');
    const dataTransfer = new DataTransfer();
    for (const file of field?.files ?? []) dataTransfer.items.add(file);
    field?.remove();
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
  });
}

const runs = (page: Page) => page.getByRole('list', { name: 'Runs' });

test('a run that was saved opens again with its timeline, figures and exports', async ({
  app,
  page,
  folder,
}) => {
  const saved = join(folder, 'held.gilscope');
  await saveRun(app, page, saved);
  const csv = join(folder, 'then.csv');
  await answerSaveDialog(app, csv);
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await expect(page.getByRole('status')).toContainText('then.csv');
  const wall = page.getByRole('region', { name: 'Summary' }).locator('.value').first();
  const wallBefore = await wall.textContent();

  await answerOpenDialog(app, [saved]);
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('status')).toContainText('Opened held.gilscope: 2 repeats');
  await expect(runs(page).getByRole('button', { name: /^2 / })).toHaveAttribute(
    'aria-current',
    'true',
  );
  await expect(wall).toHaveText(wallBefore ?? '');
  const lanes = page.getByRole('region', { name: 'Timeline' }).getByRole('table');
  await expect(lanes.getByRole('row')).toHaveCount(4);
  await expect(page.getByRole('region', { name: 'Analysis' })).toContainText('All 2 repeats');

  const again = join(folder, 'now.csv');
  await answerSaveDialog(app, again);
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await expect(page.getByRole('status')).toContainText('now.csv');
  expect(readFileSync(again, 'utf8')).toBe(readFileSync(csv, 'utf8'));

  // As the baseline of the run it came from, it is just as fast.
  await page.getByRole('button', { name: 'Baseline: run 2' }).click();
  await runs(page).getByRole('button', { name: /^1/ }).click();
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('1.00×');
});

test('a program’s recording has its threads, its lock’s figures and its functions', async ({
  app,
  page,
  folder,
}) => {
  const path = join(folder, 'app.gilscope');
  const recording = programOf({
    spans: [
      ...[span(0, 'hold', 0, 6e8, 0), span(0, 'blocked', 6e8, 1e9, 0)],
      ...[span(1, 'wait', 0, 6e8, 1), span(1, 'hold', 6e8, 1e9, 1)],
    ],
  });
  const about = {
    kind: 'process',
    created: '2026-11-30T12:00:00Z',
    note: '',
    version: '1',
  } as const;
  writeFileSync(path, await buffer(recordingBytes({ ...about, recordings: [recording] })));
  await answerOpenDialog(app, [path]);
  await page.keyboard.press('Control+o');

  const summary = page.getByRole('region', { name: 'Summary' });
  await expect(summary).toContainText('GIL-bound: threads wait for the lock for 38 %');
  await expect(summary.locator('.value')).toHaveText(['1.00 s', '100 %', '30 %', '1']);
  const timeline = page.getByRole('region', { name: 'Timeline' });
  await expect(timeline.getByRole('rowheader')).toHaveText(['Thread-0', 'Thread-1']);
  await expect(timeline.getByRole('list', { name: 'Legend' })).not.toContainText('task');

  await timeline
    .getByRole('group', { name: 'Timeline chart' })
    .hover({ position: { x: 300, y: 105 } });
  await expect(page.locator('.tooltip')).toContainText(/(hold|wait|blocked) · [fg] \(app\.py:10\)/);
});

test('files are opened by dropping them, those that cannot be are named with the reason', async ({
  app,
  page,
  folder,
}) => {
  const saved = join(folder, 'held.gilscope');
  await saveRun(app, page, saved);
  const bytes = readFileSync(saved);
  const hostile = join(folder, '<img src=x onerror=alert(1)>\u202e.gilscope');
  writeFileSync(hostile, bytes.subarray(0, 300));
  mkdirSync(join(folder, 'folder.gilscope'));
  await drop(page, [hostile, saved]);
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(/cannot open .*<img src=x onerror=alert\(1\)>.*: /i);
  await expect(page.locator('img')).toHaveCount(0);
  await expect(runInList(page, 1)).toContainText('held.gilscope');
  await expect(runs(page).getByRole('listitem')).toHaveCount(2);

  await answerOpenDialog(app, [join(folder, 'folder.gilscope'), join(folder, 'gone.gilscope')]);
  await page.keyboard.press('Control+o');
  await expect(alert).toContainText('it is no regular file');
  await expect(alert).toContainText('no such file');
  await expect(runs(page).getByRole('listitem')).toHaveCount(2);
  await runToEnd(page, 3);
});

test('recent files open from the palette, and leave it where they are gone', async ({
  app,
  page,
  folder,
}) => {
  const saved = join(folder, 'held.gilscope');
  await saveRun(app, page, saved);
  const choose = async () => {
    await page.keyboard.press('Control+K');
    await page.keyboard.type('open held.gilscope');
    await page.keyboard.press('Enter');
  };
  await choose();
  await expect(page.getByRole('status')).toContainText('Opened held.gilscope');
  rmSync(saved);
  await choose();
  await expect(page.getByRole('alert')).toContainText(/held\.gilscope: no such file/);
  await page.keyboard.press('Control+K');
  await page.keyboard.type('open held.gilscope');
  await expect(page.getByRole('dialog').getByRole('option')).toHaveCount(0);
  await page.keyboard.press('Escape');
  const recent = await app.evaluate(({ Menu }) =>
    Menu.getApplicationMenu()
      ?.items[0]?.submenu?.items.find(({ label }) => label === 'Open recent')
      ?.submenu?.items.map(({ label }) => label),
  );
  expect(recent).toEqual([]);
});

test('a start with files opens them', async ({ app, page, folder }) => {
  const saved = join(folder, 'held.gilscope');
  await saveRun(app, page, saved);
  const other = await launch(folder, ['.', '--profile', join(folder, 'other'), saved, 'none.x']);
  const window = await other.firstWindow();
  await expect(runInList(window, 1)).toContainText('held.gilscope');
  await expect(window.getByRole('alert')).toContainText(/none\.x: no such file/);
  await other.close();
});

test('an entry is renamed, noted, removed and put back, and its file has what it is called', async ({
  app,
  page,
  folder,
}) => {
  const saved = join(folder, 'held.gilscope');
  await saveRun(app, page, saved);
  await runInList(page, 1).getByRole('button').first().focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('before <b>the</b> change');
  await page.keyboard.press('Enter');
  await expect(runInList(page, 1)).toContainText('before <b>the</b> change');
  await expect(runInList(page, 1)).toContainText('not saved');
  await expect(runInList(page, 1).getByRole('button').first()).toBeFocused();
  await page.getByRole('button', { name: /^Run 1 · before/ }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('with the old pool');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await expect(runInList(page, 1)).toContainText('with the old pool');
  await page.keyboard.press('Control+s');
  await expect(runInList(page, 1)).not.toContainText('not saved');

  await runInList(page, 1).getByRole('button').first().focus();
  await page.keyboard.press('Delete');
  await expect(runs(page).getByRole('listitem')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(runInList(page, 1)).toContainText('with the old pool');
  await runInList(page, 1).getByRole('button').first().focus();
  await page.keyboard.press('Delete');
  await page.getByRole('contentinfo').getByRole('button', { name: 'Undo' }).click();
  await expect(runInList(page, 1)).toContainText('with the old pool');

  await answerOpenDialog(app, [saved]);
  await page.keyboard.press('Control+o');
  await expect(runs(page).getByRole('listitem')).toHaveCount(2);
  await expect(runInList(page, 1)).toContainText('before <b>the</b> change');
  await expect(runInList(page, 1)).toContainText('with the old pool');
});

test('a comparison that is not saved is asked about before it is lost', async ({
  app,
  page,
  folder,
}) => {
  await fillForm(page, { ...small, Repeats: 1 });
  await page.getByRole('button', { name: 'Compare four ways' }).first().click();
  await expect(page.getByRole('status')).toContainText('Comparison done');
  const cancel = 2;
  await answerQuestions(app, cancel);
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });
  await expect
    .poll(() => questionsAsked(app))
    .toEqual(['Save the comparison of runs 1 to 4 before you quit?']);
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
  await runInList(page, 1).getByRole('button').first().focus();
  await page.keyboard.press('Delete');
  await expect.poll(() => questionsAsked(app)).toHaveLength(2);
  await expect(runs(page).getByRole('listitem')).toHaveCount(5);

  // Saving is an answer too.
  const saved = join(folder, 'compared.gilscope');
  await answerSaveDialog(app, saved);
  await answerQuestions(app, 0);
  await page.keyboard.press('Delete');
  await expect(runs(page).getByRole('listitem')).toHaveCount(0);
  expect(existsSync(saved)).toBe(true);
  await answerOpenDialog(app, [saved]);
  await page.keyboard.press('Control+o');
  await expect(runs(page).getByRole('listitem')).toHaveCount(5);
  await expect(page.getByRole('table')).toContainText('GIL held · Executor');
});

test('a file that cannot be written is named with the reason, and the old one stays', async ({
  app,
  page,
  folder,
}) => {
  const saved = join(folder, 'held.gilscope');
  await saveRun(app, page, saved);
  const before = readFileSync(saved);
  await answerSaveDialog(app, join(folder, 'missing', 'held.gilscope'));
  await page.keyboard.press('Control+Shift+s');
  await expect(page.getByRole('alert')).toContainText(/held\.gilscope: /);
  expect(readFileSync(saved).equals(before)).toBe(true);
  // It is asked before another file is replaced under the name with its extension.
  writeFileSync(join(folder, 'other.gilscope'), 'old');
  await answerSaveDialog(app, join(folder, 'other'));
  await answerQuestions(app, 1);
  await page.keyboard.press('Control+Shift+s');
  await expect(page.getByRole('status')).toHaveText('Nothing was saved');
  expect(readFileSync(join(folder, 'other.gilscope'), 'utf8')).toBe('old');
});
