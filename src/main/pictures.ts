import { clipboard } from 'electron';
import type { ResponseOf } from '../ipc/index.js';
import type { Picture } from '../ipc/picture.js';
import { copyPng } from './clipboard-image.js';
import { saveAs } from './save-as.js';

/** Puts a picture on the clipboard: a PNG as an image, an SVG as its text. */
export async function copyPicture(picture: Picture): Promise<void> {
  if (picture.format === 'svg') {
    await clipboard.writeText(picture.text);
    return;
  }
  await copyPng(picture.bytes);
}

/**
 * Asks where to, and writes a picture there.
 *
 * @throws FileError if the system refuses; the old file, if any, is then untouched
 */
export async function savePicture(
  name: string,
  picture: Picture,
): Promise<ResponseOf<'savePicture'>> {
  const { format } = picture;
  const path = await saveAs({
    title: 'Save the picture',
    name,
    format: { name: format.toUpperCase(), extension: format },
    pieces: [picture.format === 'svg' ? picture.text : picture.bytes],
  });
  return path === null ? { status: 'cancelled' } : { status: 'saved', path };
}
