/** Where the project is, and what it says of itself. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The folder that holds package.json. */
export const projectFolder = path.resolve(import.meta.dirname, '../..');

/** The installed `electron` package, whose binary may or may not be there. */
export const electronPackage = path.join(projectFolder, 'node_modules', 'electron');

/**
 * The version of Electron that the project asks for.
 * @returns {string}
 */
export function electronVersion() {
  const manifest = readFileSync(path.join(electronPackage, 'package.json'), 'utf8');
  return JSON.parse(manifest).version;
}
