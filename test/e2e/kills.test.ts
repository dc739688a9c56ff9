import type { ElectronApplication, Page } from '@playwright/test';
import type { Bridge } from '../../src/ipc/index.js';
import type { Rectangle } from 'electron';
import { expect, fillForm, runInList, runToEnd, test } from './app.js';

/** The window's processes die, or its stream is opened again, while a run goes on: nothing is lost. */

const SHORT = { Matrices: 20, 'Matrix size': 16, Threads: 2, 'Warm-up': 0, Repeats: 3 };
const ENDLESS = { Workload: 'sleep', Matrices: 1000, 'Sleep (ms)': 1000, Threads: 2, Repeats: 1 };

/** A run that has ended, and another one that goes on. */
async function begin(page: Page): Promise<void> {
  await fillForm(page, { ...SHORT, 'Lock mode': 'gil-held' });
  await runToEnd(page, 1);
  await fillForm(page, ENDLESS);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeEnabled();
}

/** Kills the first process of a type; gives whether there was one. */
async function kill(app: ElectronApplication, type: string): Promise<boolean> {
  const pid = await app.evaluate(
    ({ app }, wanted) => app.getAppMetrics().find((metric) => metric.type === wanted)?.pid,
    type,
  );
  if (pid !== undefined) process.kill(pid, 'SIGKILL');
  return pid !== undefined;
}

/** Does something in the page, also where Playwright has given it up since it died. */
async function inPage<Result>(app: ElectronApplication, script: string): Promise<Result> {
  return app.evaluate(
    async ({ BrowserWindow }, code) =>
      (await BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code)) as Result,
    script,
  );
}

async function textOf(app: ElectronApplication, selector: string): Promise<string> {
  return inPage(app, `document.querySelector('${selector}')?.textContent ?? ''`);
}

const clickButton = (name: string, access = '.') =>
  `[...document.querySelectorAll('button')].find((one) => one.textContent.trim() === '${name}')${access}click()`;

/** What the window shows of the timeline and its overview, and whether all of the window is painted. */
async function chartPixels(app: ElectronApplication) {
  const charts = await inPage<Rectangle[]>(
    app,
    `['Timeline chart', 'Part of the run in view'].flatMap((name) => {
      const box = document.querySelector('[aria-label="' + name + '"]')?.getBoundingClientRect();
      return box ? [{ x: box.x, y: box.y, width: box.width, height: box.height }] : [];
    })`,
  );
  return app.evaluate(async ({ BrowserWindow }, rectangles) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage();
    const parts = rectangles.map((part) => {
      const edges = Object.entries<number>({ ...part }).map(([name, value]) => [
        name,
        Math.round(value),
      ]);
      return image?.crop(Object.fromEntries(edges) as Rectangle).toDataURL();
    });
    const isPainted = image?.toBitmap().every((byte, index) => index % 4 !== 3 || byte === 255);
    return { parts, isPainted };
  }, charts);
}

test('a page that is killed is loaded again, says so, and knows all runs and the one that is on', async ({
  app,
  page,
}) => {
  await begin(page);
  const loaded = app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((resolve) => {
        BrowserWindow.getAllWindows()[0]?.webContents.once('did-finish-load', () => {
          resolve();
        });
      }),
  );
  await kill(app, 'Tab');
  await loaded;
  await expect.poll(() => textOf(app, '[role=alert]')).toContain('page was lost');
  await expect.poll(() => inPage(app, `document.querySelectorAll('li .run').length`)).toBe(2);
  expect(await textOf(app, '[role=status]')).toContain('Running');
  await inPage(app, clickButton('Stop'));
  await expect.poll(() => textOf(app, '[role=status]')).toContain('stopped');
  // The runs' spans are with the main process: what is chosen has its timeline again.
  await inPage(app, `[...document.querySelectorAll('li .run')].at(-1).click()`);
  await expect
    .poll(() => textOf(app, '[aria-label=Timeline] table'))
    .toContain('Lanes of run 1, Repeat 3');
});

test('a page that is lost at each load is reloaded three times, then the window asks what to do', async ({
  app,
  page,
}) => {
  await fillForm(page, SHORT);
  await runToEnd(page, 1);
  // The question is answered only when the test says so; until then nothing is loaded.
  await app.evaluate(({ app: main, dialog, BrowserWindow }) => {
    interface Seen {
      loads: number;
      asked: string;
      answer: (button: number) => void;
    }
    const seen: Seen = { loads: 0, asked: '', answer: () => undefined };
    Object.assign(main, { seen });
    dialog.showMessageBox = (...words: unknown[]) => {
      const { message, detail = '' } = words.at(-1) as { message: string; detail?: string };
      seen.asked = `${message}. ${detail}`;
      return new Promise((resolve) => {
        seen.answer = (response) => {
          resolve({ response, checkboxChecked: false });
        };
      });
    };
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.on('did-finish-load', () => {
      seen.loads += 1;
      if (seen.loads <= 3) contents.forcefullyCrashRenderer();
    });
    contents?.forcefullyCrashRenderer();
  });
  const seen = () =>
    app.evaluate(({ app: main }) => {
      const { loads, asked } = Reflect.get(main, 'seen') as { loads: number; asked: string };
      return { loads, asked };
    });
  await expect.poll(async () => (await seen()).asked).toMatch(/each time it is loaded.*--profile/s);
  expect((await seen()).loads).toBe(3);
  await app.evaluate(({ app: main }) => {
    (Reflect.get(main, 'seen') as { answer: (button: number) => void }).answer(0);
  });
  await expect.poll(() => inPage(app, `document.querySelectorAll('li .run').length`)).toBe(1);
  expect((await seen()).loads).toBe(4);
});

test('the window says that its helper was killed, and goes on', async ({ app, page }) => {
  await begin(page);
  test.skip(!(await kill(app, 'Utility')), 'there is no helper here');
  await expect(page.getByRole('alert')).toContainText('helper');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('status')).toContainText(/stopped/i);
  await fillForm(page, { ...SHORT, Workload: 'power' });
  await runToEnd(page, 3);
  await page.reload();
  await expect(runInList(page, 3)).toBeVisible();
  const table = page.getByRole('region', { name: 'Timeline' }).getByRole('table');
  await expect(table.getByRole('row')).toHaveCount(3);
});

test('the window says that its graphics process was killed, and goes on', async ({ app, page }) => {
  await begin(page);
  test.skip(!(await kill(app, 'GPU')), 'there is no GPU process here');
  await expect.poll(() => textOf(app, '[role=alert]')).toContain('was lost');
  // Chromium may lose the page as well, after which Playwright does not see it any more.
  const runs = () => inPage<number>(app, `document.querySelectorAll('li .run').length`);
  await expect
    .poll(async () => {
      await inPage(app, `${clickButton('Stop', '?.')}, undefined`);
      return runs();
    })
    .toBe(2);
});

/** The same once it changes no more: a picture may be of a frame before the last. */
async function settledChartPixels(app: ElectronApplication) {
  let pixels = await chartPixels(app);
  await expect
    .poll(async () => {
      const last = pixels;
      pixels = await chartPixels(app);
      return pixels.parts.every((part, index) => part === last.parts[index]);
    })
    .toBe(true);
  return pixels;
}

test('what the graphics process showed is painted anew by the next one', async ({ app, page }) => {
  await fillForm(page, { ...SHORT, 'Lock mode': 'gil-held' });
  await runToEnd(page, 1);
  const before = await settledChartPixels(app);
  await inPage(app, `window.isFirstLoad = true`);
  test.skip(!(await kill(app, 'GPU')), 'there is no GPU process here');
  await expect.poll(() => textOf(app, '[role=alert]')).toMatch(/was lost/);
  // Chromium may lose the page as well, or leave parts of it unpainted: then it is loaded again.
  await expect
    .poll(async () => {
      await inPage(app, `${clickButton('Dismiss', '?.')}, undefined`);
      const now = await chartPixels(app);
      const isSame = now.parts.every((part, index) => part === before.parts[index]);
      const isLoadedAgain = await inPage(app, `window.isFirstLoad !== true`);
      return now.isPainted && now.parts.length === before.parts.length && (isSame || isLoadedAgain);
    })
    .toBe(true);
});

test('a stream that the page opens again after a comparison breaks nothing', async ({ page }) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await fillForm(page, { ...SHORT, Repeats: 1 });
  await page.getByRole('banner').getByRole('button', { name: 'Compare four ways' }).click();
  await expect(page.getByRole('status')).toContainText('Comparison done');
  for (let time = 0; time < 3; time += 1) {
    await page.evaluate(() => {
      (globalThis as unknown as { gilscope: Bridge }).gilscope.openStream();
    });
  }
  await fillForm(page, SHORT);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(runInList(page, 5)).toBeVisible();
  await expect(page.getByRole('status')).toContainText(/done/);
  await expect(page.getByRole('list', { name: 'Runs' }).locator('.run')).toHaveCount(5);
  expect(errors).toEqual([]);
});
