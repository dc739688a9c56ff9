import { expect, it } from 'vitest';
import { staysUnpainted, type PicturedWindow } from '../../src/main/unpainted.js';

const PAINTED = Buffer.from([10, 20, 30, 255, 0, 0, 0, 255]);
const WITH_A_HOLE = Buffer.from([10, 20, 30, 255, 0, 0, 0, 0]);

/** A window that shows one picture after another, and is closed after the last. */
function windowShowing(...pictures: readonly Buffer[]) {
  let looks = 0;
  const window: PicturedWindow = {
    webContents: {
      capturePage: () => {
        const picture = pictures[looks] ?? PAINTED;
        looks += 1;
        return Promise.resolve({ toBitmap: () => picture });
      },
    },
    isDestroyed: () => looks === pictures.length,
  };
  return { window, looks: () => looks };
}

const noPause = () => Promise.resolve();

it('a window that is painted, at once or after a while, does not stay unpainted', async () => {
  const { window, looks } = windowShowing(WITH_A_HOLE, PAINTED, WITH_A_HOLE, WITH_A_HOLE);
  expect(await staysUnpainted(window, noPause)).toBe(false);
  expect(looks()).toBe(2);
});

it('a window with holes in every look stays unpainted', async () => {
  const { window } = windowShowing(WITH_A_HOLE, WITH_A_HOLE, WITH_A_HOLE, WITH_A_HOLE);
  expect(await staysUnpainted(window, noPause)).toBe(true);
});

it('a window that is closed meanwhile is not looked at any more', async () => {
  const { window, looks } = windowShowing(WITH_A_HOLE);
  expect(await staysUnpainted(window, noPause)).toBe(false);
  expect(looks()).toBe(1);
});

it('a window is looked at only after a pause', async () => {
  const { window, looks } = windowShowing(WITH_A_HOLE, PAINTED, PAINTED);
  const looksAtPauses: number[] = [];
  await staysUnpainted(window, () => Promise.resolve(looksAtPauses.push(looks())));
  expect(looksAtPauses).toEqual([0, 1]);
});
