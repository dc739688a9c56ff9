import type { NativeImage } from 'electron';

/** What a window must have for its picture to be looked at. */
export interface PicturedWindow {
  readonly webContents: { capturePage(): Promise<Pick<NativeImage, 'toBitmap'>> };
  isDestroyed(): boolean;
}

/** How often a window is looked at before parts of it that are not painted are taken to stay so. */
const LOOKS = 3;

/**
 * Returns whether parts of a window stay unpainted. On a busy machine the graphics process that follows
 * one that was lost may paint the page's canvases and nothing else, however often the page is drawn.
 *
 * @param pause settles when the window may be looked at (again): painting takes a while
 */
export async function staysUnpainted(
  window: PicturedWindow,
  pause: () => Promise<unknown>,
): Promise<boolean> {
  for (let look = 0; look < LOOKS; look += 1) {
    await pause();
    if (window.isDestroyed()) return false;
    const picture = await window.webContents.capturePage();
    if (!hasHoles(picture.toBitmap())) return false;
  }
  return true;
}

/** Whether one can see through a pixel of a picture, in bytes of which every fourth is an opacity. */
function hasHoles(bytes: Uint8Array): boolean {
  for (let index = 3; index < bytes.length; index += 4) if (bytes[index] !== 255) return true;
  return false;
}
