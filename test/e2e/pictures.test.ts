import AxeBuilder from '@axe-core/playwright';
import type { ElectronApplication } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerSaveDialog, expect, fillForm, runToEnd, test } from './app.js';

/** A PNG's width and height, as its header tells them. */
function sizeOf(png: Buffer): { width: number; height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

/** The clipboard of Electron's older lines, which gives an image at once. */
interface OlderClipboard {
  readImage?: () => { toPNG(): Buffer };
}

/** The PNG on the clipboard. */
async function copiedPng(app: ElectronApplication): Promise<Buffer> {
  const base64 = await app.evaluate(async ({ clipboard }) => {
    const older = clipboard as unknown as OlderClipboard;
    if (older.readImage !== undefined) return older.readImage().toPNG().toString('base64');
    const items = await clipboard.read();
    const item = items.find(({ types }) => types.includes('image/png'));
    if (item === undefined) throw new Error('no PNG is on the clipboard');
    const blob = await item.getType('image/png');
    return Buffer.from(await blob.arrayBuffer()).toString('base64');
  });
  return Buffer.from(base64, 'base64');
}

// More lanes than there is room for on the page, too.
for (const threads of [10, 48]) {
  test(`saves the timeline of ${threads} lanes as PNG at 2x and as SVG`, async ({
    app,
    page,
    folder,
  }) => {
    await fillForm(page, {
      Matrices: 200,
      'Matrix size': 8,
      Threads: threads,
      Repeats: 1,
      'Warm-up': 0,
      'Lock mode': 'gil-held',
      'Max iterations': 50,
    });
    await runToEnd(page, 1);
    const save = async (format: 'PNG' | 'SVG') => {
      const path = join(folder, `timeline.${format.toLowerCase()}`);
      await answerSaveDialog(app, path);
      await page.getByRole('button', { name: 'Picture of the timeline' }).click();
      await page.getByRole('menuitem', { name: `Save as ${format}` }).click();
      await expect(page.getByRole('status')).toContainText(path, { timeout: 30_000 });
      return readFileSync(path);
    };
    const svg = (await save('SVG')).toString('utf8');
    // The browser shows it, so it is well-formed; what is in it is counted by its tags.
    const size = await page.evaluate(async (text) => {
      const image = new Image();
      image.src = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
      await image.decode();
      return { width: image.naturalWidth, height: image.naturalHeight };
    }, svg);
    const texts = [...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => text ?? '');
    expect(svg).not.toContain('<image');
    expect(svg.match(/<rect /g)?.length).toBeGreaterThan(threads);
    expect(texts.filter((text) => text.startsWith('lane '))).toHaveLength(threads);
    expect(texts[0]).toMatch(/^Run 1: GIL held/);
    expect(sizeOf(await save('PNG'))).toEqual({ width: 2 * size.width, height: 2 * size.height });
  });
}

test('has the pinned baseline above the shown run, on one axis', async ({ app, page }) => {
  const form = { Matrices: 40, 'Matrix size': 16, Repeats: 1, 'Warm-up': 0, 'Max iterations': 300 };
  await fillForm(page, { ...form, Threads: 3 });
  await runToEnd(page, 1);
  await page.getByRole('button', { name: 'Baseline: run 1' }).click();
  await fillForm(page, { Threads: 2, 'Lock mode': 'gil-held' });
  await runToEnd(page, 2);
  await page.getByLabel('Timeline chart of the baseline').waitFor();
  await page.getByRole('button', { name: 'Picture of the timeline' }).click();
  await page.getByRole('menuitem', { name: 'Copy as SVG' }).click();
  await expect(page.getByRole('status')).toContainText('is on the clipboard');
  const svg = await app.evaluate(({ clipboard }) => clipboard.readText());
  const texts = [...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => text ?? '');
  const rows = texts.filter((text) => /^(lane |lock$|Run 2 ·|Baseline: )/.test(text));
  expect(rows).toEqual([
    ...[expect.stringMatching(/^Baseline: run 1 · No lock/), 'lane 0', 'lane 1', 'lane 2'],
    ...[expect.stringMatching(/^Run 2 · GIL held/), 'lock', 'lane 0', 'lane 1'],
  ]);
  // One axis, so that each mark is there once.
  const marks = texts.filter((text) => /^\d[\d.]* [nµm]?s$/.test(text));
  expect(marks).toEqual([...new Set(marks)]);
});

test('copies a picture as an image and as text, from a menu that the keys reach', async ({
  app,
  page,
}) => {
  await fillForm(page, { Matrices: 40, 'Matrix size': 16, Threads: 4, 'Max iterations': 300 });
  await runToEnd(page, 1);
  const opener = page.getByRole('button', { name: 'Picture of the timeline' });
  await opener.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Copy as PNG' })).toBeFocused();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('The timeline as PNG is on the clipboard');
  const timeline = page.getByRole('group', { name: 'Timeline chart' });
  const { width = 0 } = (await timeline.boundingBox()) ?? {};
  const copied = sizeOf(await copiedPng(app));
  expect(copied.width).toBe(2 * Math.round(width));
  expect(copied.height).toBeGreaterThan(0);

  await opener.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toContainText('The timeline as SVG is on the clipboard');
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^<svg /);
});
