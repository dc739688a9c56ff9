import * as electron from 'electron';

/** The clipboard of Electron's older lines, which takes an image at once. */
interface OlderClipboard {
  writeImage?: (image: electron.NativeImage) => void;
}

/**
 * Puts a PNG on the clipboard as an image.
 *
 * @throws Error if the bytes are none that can be read
 */
export async function copyPng(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const image = electron.nativeImage.createFromBuffer(Buffer.from(bytes));
  if (image.isEmpty()) throw new Error('the picture could not be read as a PNG');
  const older = electron.clipboard as unknown as OlderClipboard;
  if (older.writeImage !== undefined) older.writeImage(image);
  else
    await electron.clipboard.write([
      new electron.ClipboardItem({ 'image/png': new Blob([bytes]) }),
    ]);
}
