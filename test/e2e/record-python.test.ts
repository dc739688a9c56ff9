import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import {
  answerOpenDialog,
  answerQuestions,
  answerSaveDialog,
  expect,
  questionsAsked,
  runInList,
  test,
} from './app.js';

/** Debian's own Python, which is always there. */
const PYTHON = '/usr/bin/python3';

/** Threads that want the lock until a file is there, or they are interrupted; it says what it is told to. */
const CONTENDED = `
import os, sys, threading
done, word = sys.argv[1:]
def spin():
    while not os.path.exists(done):
        for _ in range(20000): pass
threads = [threading.Thread(target=spin, name=f'spin-{i}', daemon=True) for i in (0, 1)]
for thread in threads: thread.start()
print(f'\\x1b[32m{word}\\x1b[0m <img src=x onerror=alert(1)>', flush=True)
print('careful', file=sys.stderr, flush=True)
for thread in threads: thread.join()
print('bye')
`;

test.skip(process.platform !== 'linux', 'programs are recorded on Linux');

const summary = (page: Page) => page.getByRole('region', { name: 'Summary' });
const timeline = (page: Page) => page.getByRole('region', { name: 'Timeline' });
const output = (page: Page) => page.getByRole('log', { name: 'Output' });
const tab = (page: Page, name: string) => page.getByRole('tab', { name });

/** Opens the form with the keyboard, and chooses what to record. */
async function openForm(page: Page, kind: string): Promise<void> {
  await page.keyboard.press('Control+r');
  const dialog = page.getByRole('dialog', { name: 'Record Python' });
  await expect(dialog).toBeVisible();
  // The circle of a radio button lies under its label.
  await dialog.getByRole('radio', { name: kind, exact: true }).check({ force: true });
}

/** Fills in the form for a script, and records it. */
async function recordScript(page: Page, folder: string): Promise<string> {
  const done = join(folder, 'done');
  writeFileSync(join(folder, 'app.py'), CONTENDED);
  await openForm(page, 'Script');
  await page.getByRole('textbox', { name: 'Script' }).fill('app.py');
  await page.getByRole('textbox', { name: 'Arguments' }).fill(`${done} 'hello there'`);
  await page.getByRole('textbox', { name: 'Folder' }).fill(folder);
  await page.keyboard.press('Enter');
  return done;
}

/** Records a script, whose start is granted, until its threads are shown. Returns the file that ends it. */
async function recordUntilShown(app: ElectronApplication, page: Page, folder: string) {
  await answerQuestions(app, 0);
  const done = await recordScript(page, folder);
  await expect(timeline(page).getByRole('rowheader')).toContainText(['MainThread', 'spin-0']);
  return done;
}

test('a script is recorded live, and what was recorded is a recording like any other', async ({
  app,
  page,
  folder,
}) => {
  const done = await recordUntilShown(app, page, folder);
  expect(await questionsAsked(app)).toEqual(['Start and record this program?']);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(summary(page)).toContainText('is being recorded');
  await expect(output(page)).toContainText('hello there <img src=x onerror=alert(1)>');
  await expect(output(page).locator('.errors')).toHaveText('careful\n');
  await expect(page.locator('img')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeEnabled();

  writeFileSync(done, '');
  await expect(page.getByRole('status')).toContainText(/Run 1 done: 3 threads, .* none dropped/);
  await expect(runInList(page, 1)).toContainText('not saved');
  // Two threads that want the lock all the time wait for half of it.
  await expect(summary(page)).toContainText(/spin \(app\.py:\d+\) caused/);
  const functions = page.getByRole('table', { name: /who kept the others waiting/ });
  await expect(functions.getByRole('row', { name: /^spin/ })).toContainText('app.py:');
  await tab(page, 'By pair').click();
  await expect(page.getByRole('table', { name: /who waited for whom/ })).toContainText('spin');
  await tab(page, 'Threads').click();
  await expect(page.getByRole('table', { name: /threads, each/ })).toContainText('spin-1');
  await tab(page, 'Output').click();
  await expect(output(page)).toContainText('The program ended with status 0.');

  const saved = join(folder, 'app.gilscope');
  await answerSaveDialog(app, saved);
  await page.keyboard.press('Control+s');
  await expect(page.getByRole('status')).toContainText('Saved run 1 to');
  const figures = await summary(page).locator('.value').allTextContents();
  await answerOpenDialog(app, [saved]);
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('status')).toContainText('Opened app.gilscope');
  await expect(summary(page).locator('.value')).toHaveText(figures);
  await expect(tab(page, 'Who kept the others waiting')).toHaveAttribute('aria-selected', 'true');
  await tab(page, 'Output').click();
  await expect(output(page)).toContainText('No output is kept.');
});

test('a row is copied as text, and a selected range has its own', async ({ app, page, folder }) => {
  const done = await recordUntilShown(app, page, folder);
  writeFileSync(done, '');
  const functions = page.getByRole('table', { name: /who kept the others waiting/ });
  const row = functions.getByRole('row', { name: /^spin/ });
  await row.focus();
  await page.keyboard.press('Control+c');
  await expect(page.getByRole('status')).toHaveText('The row is on the clipboard');
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toMatch(/^spin\t.*\t.*\t.*\t.*\t\/.*app\.py:\d+$|^spin\t.*app\.py:\d+$/);

  await page.getByRole('spinbutton', { name: 'From (ms)' }).fill('0');
  await page.getByRole('spinbutton', { name: 'To (ms)' }).fill('1');
  await page.keyboard.press('Enter');
  await expect(summary(page)).toContainText('Selection');
  await expect(page.getByRole('tabpanel')).not.toContainText('Counting…');
});

test('a page that is loaded again shows what is recorded; it is stopped, its last words kept', async ({
  app,
  page,
  folder,
}) => {
  const done = await recordUntilShown(app, page, folder);
  await page.reload();
  await expect(timeline(page).getByRole('rowheader')).toContainText(['MainThread', 'spin-0']);
  await expect(output(page)).toContainText('hello there');
  await expect(summary(page)).toContainText('is being recorded');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('Run 1 done');
  await tab(page, 'Output').click();
  await expect(output(page)).toContainText('KeyboardInterrupt');
  await expect(output(page)).toContainText(/The program (ended with status|was ended by)/);
  expect(existsSync(done)).toBe(false);
});

test('nothing is started where the user would rather not, nor what is not there', async ({
  app,
  page,
  folder,
}) => {
  const cancel = 1;
  await answerQuestions(app, cancel);
  await recordScript(page, folder);
  const dialog = page.getByRole('dialog', { name: 'Record Python' });
  await expect(dialog).toContainText('It was not started');
  await expect(dialog.getByRole('textbox', { name: 'Script' })).toHaveValue('app.py');
  await dialog.getByRole('textbox', { name: 'Script' }).fill('none.py');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText(/There is no script .*none\.py/);
  await dialog.getByRole('textbox', { name: 'Arguments' }).fill('"half');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('a quote has no end');
  await expect(dialog.getByRole('textbox', { name: 'Arguments' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('list', { name: 'Runs' }).getByRole('listitem')).toHaveCount(0);
  // What was in it is still there.
  await page.keyboard.press('Control+r');
  await expect(dialog.getByRole('textbox', { name: 'Script' })).toHaveValue('none.py');
});

test('a program that runs no Python says so, with what it printed', async ({ app, page }) => {
  await answerQuestions(app, 0);
  await openForm(page, 'Command');
  await page.getByRole('textbox', { name: 'Command' }).fill(`sh -c 'echo so much; exit 3'`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('The program ended with status 3');
  await expect(output(page)).toContainText('so much');
  await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeEnabled();
});

test('a process that runs is recorded without a question, and goes on', async ({
  app,
  page,
  folder,
}) => {
  const done = join(folder, 'done');
  const program = join(folder, 'running.py');
  writeFileSync(program, CONTENDED);
  const pid = await app.evaluate(
    async (_, [python, script, until]) => {
      const { spawn } = process.getBuiltinModule('node:child_process');
      const child = spawn(python ?? '', [script ?? '', until ?? '', 'hi'], { stdio: 'ignore' });
      await new Promise((resolve) => child.once('spawn', resolve));
      return child.pid ?? NaN;
    },
    [PYTHON, program, done],
  );
  await openForm(page, 'Running process');
  const list = page.getByRole('listbox', { name: 'Process' });
  await expect(async () => {
    await page.getByRole('button', { name: 'Refresh' }).click();
    await expect(list.getByRole('option', { name: `${pid} · 3.` })).toHaveCount(1, {
      timeout: 500,
    });
  }).toPass();
  await list.selectOption({
    label: (await list.getByRole('option', { name: `${pid} · ` }).textContent()) ?? '',
  });
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(timeline(page).getByRole('rowheader')).toContainText(['MainThread', 'spin-0']);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(page.getByRole('status')).toContainText('Run 1 done');
  expect(readFileSync(`/proc/${pid}/stat`, 'utf8')).not.toContain(') Z');
  writeFileSync(done, '');
});
