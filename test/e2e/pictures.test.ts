import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerSaveDialog, expect, fillForm, runToEnd, test } from './app.js';

/** A PNG's width and height, as its header tells them. */
function sizeOf(png: Buffer): { width: number; height: number } {
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

for (const threads of [10, 256]) {
  test(`saves the timeline of ${threads} lanes as PNG at 2x and as SVG`, async ({
    app,
    page,
    folder,
  }) => {
    await fillForm(page, {
      Matrices: 600,
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
