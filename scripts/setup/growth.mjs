/** How far a download is that another program makes: by the size of the folder it writes to. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

const LOOK_EVERY_MS = 500;

/**
 * Looks at a folder's size again and again.
 * @param {string} folder
 * @param {(bytes: number) => void} onSize
 * @returns {() => void} stops it
 */
export function watchGrowth(folder, onSize) {
  const timer = setInterval(() => void folderSize(folder).then(onSize), LOOK_EVERY_MS);
  return () => clearInterval(timer);
}

/**
 * The bytes in a folder's files. What comes and goes meanwhile counts or does not.
 * @param {string} folder
 * @returns {Promise<number>}
 */
export async function folderSize(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries.filter((entry) => entry.isFile()).map(fileSize);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** @param {import('node:fs').Dirent} entry */
async function fileSize(entry) {
  try {
    return (await stat(path.join(entry.parentPath, entry.name))).size;
  } catch {
    return 0;
  }
}
