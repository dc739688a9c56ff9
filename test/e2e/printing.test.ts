import type { ElectronApplication, Page } from '@playwright/test';
import { expect, fillForm, runToEnd, test } from './app.js';

const locked = {
  Matrices: 40,
  'Matrix size': 24,
  Threads: 3,
  Repeats: 2,
  'Max iterations': 300,
  'Lock mode': 'gil-held',
};

const paper = (page: Page) => page.locator('.paper');

/** The page as a PDF. */
async function pdfOf(app: ElectronApplication): Promise<Buffer> {
  const text = await app.evaluate(async ({ BrowserWindow }) => {
    const data = await BrowserWindow.getAllWindows()[0]?.webContents.printToPDF({});
    return data?.toString('base64') ?? '';
  });
  return Buffer.from(text, 'base64');
}

/** How many colours there are in a canvas, which tells a painted one from a blank one. */
const coloursIn = (page: Page) =>
  paper(page)
    .locator('canvas')
    .evaluateAll((canvases) =>
      canvases.map((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const pen = (canvas as HTMLCanvasElement).getContext('2d');
        const { data } = pen?.getImageData(0, 0, width, height) ?? { data: new Uint8Array() };
        return new Set(new Uint32Array(data.buffer)).size;
      }),
    );

test('paper has the run’s title, verdict, figures, charts and parameters, and no buttons', async ({
  app,
  page,
}) => {
  await fillForm(page, locked);
  await runToEnd(page, 1);
  await expect(page.getByRole('region', { name: 'Analysis' })).toContainText('All 2 repeats');
  await expect(paper(page)).toHaveCount(0);
  const verdict = page.getByRole('region', { name: 'Summary' }).locator('strong').first();
  const lead = (await verdict.textContent()) ?? '';
  expect(lead).toMatch(/:$/);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const text of ['Run 1', lead, 'All repeats together', 'Max iterations', '--lock']) {
    await expect(paper(page)).toContainText(text);
  }
  await expect(page.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('spinbutton')).toHaveCount(0);
  await expect(paper(page).locator('canvas')).toHaveCount(3);
  for (const colours of await coloursIn(page)) expect(colours).toBeGreaterThan(3);
  // Light, in a dark theme too.
  await expect(paper(page)).toHaveCSS('background-color', 'rgb(255, 255, 255)');
  await expect(paper(page)).toHaveCSS('color', 'rgb(23, 26, 32)');
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await page.emulateMedia({ media: null, colorScheme: 'light' });
  await expect(paper(page)).toHaveCount(0);

  const pdf = await pdfOf(app);
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  // Charts at a printer's resolution take more than text alone.
  expect(pdf.length).toBeGreaterThan(50_000);
  await expect(paper(page)).toHaveCount(0);
});

test('Ctrl+P and the menu ask for a printer', async ({ app, page }) => {
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('there is no window');
    contents.print = (_options, done) => {
      done?.(false, 'no printer here');
    };
  });
  await page.keyboard.press('Control+p');
  await expect(page.getByRole('alert')).toContainText('could not be printed: no printer here');
});
