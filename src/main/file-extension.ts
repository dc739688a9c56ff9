import { extname } from 'node:path';

/**
 * A path with an extension, the given one where it has none. The end of a number is no extension, as
 * in `results 0.5`; one that the user chose, as in `table.txt`, is kept.
 */
export function withExtension(path: string, extension: string): string {
  return /^\.[a-z][a-z0-9]*$/i.test(extname(path))
    ? path
    : `${path.replace(/\.$/, '')}.${extension}`;
}
