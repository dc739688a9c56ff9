import { build, type Rolldown } from 'vite';
import type { BandComparison } from '../fixtures/banded-pictures.js';
import { expect, test } from './app.js';

/** What runs in the page, as one script that leaves its functions in `bandedPictures`. */
async function script(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: 'test/fixtures/banded-pictures.ts',
        formats: ['iife'],
        name: 'globalThis.bandedPictures',
      },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [built as Rolldown.RolldownOutput];
  const [chunk] = bundle?.output ?? [];
  if (chunk === undefined) throw new Error('nothing was bundled');
  return chunk.code;
}

test('a picture that is painted in bands is that in one piece, pixel for pixel', async ({
  page,
}) => {
  await page.evaluate(await script());
  const { pixels, colours, differing } = await page.evaluate<BandComparison>(
    'bandedPictures.compareBands([256, 100, 37])',
  );
  expect(pixels).toBeGreaterThan(1_000_000);
  expect(colours).toBeGreaterThan(100);
  expect(differing).toEqual([0, 0, 0]);
});
