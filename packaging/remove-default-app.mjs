/** Removes the app that an Electron opens where it is given none: in the fallback it is a folder, which electron-builder takes for a file. */
import { rm } from 'node:fs/promises';
import path from 'node:path';

/** @param {{ appOutDir: string }} context electron-builder's */
export default async function removeDefaultApp({ appOutDir }) {
  await rm(path.join(appOutDir, 'resources', 'default_app.asar'), { recursive: true, force: true });
}
