import { readFileSync, readdirSync } from 'node:fs';

/** Reads the files in which a system describes itself; injected, so that tests bring a tree of their own. */
export interface SystemFiles {
  /** Returns a file's text without the white space around it; undefined where it cannot be read. */
  read(this: void, path: string): string | undefined;
  /** Returns the names in a folder; none where it cannot be read. */
  list(this: void, path: string): readonly string[];
}

/** The files of this machine. Systems other than Linux have none of those that are asked for. */
export const systemFiles: SystemFiles = {
  read(path) {
    try {
      return readFileSync(path, 'utf8').trim();
    } catch {
      return undefined;
    }
  },
  list(path) {
    try {
      return readdirSync(path);
    } catch {
      return [];
    }
  },
};

/** Reads a file as a number; undefined where it is none. */
export function readNumber(files: SystemFiles, path: string): number | undefined {
  const text = files.read(path);
  const value = text === undefined || text === '' ? NaN : Number(text);
  return Number.isNaN(value) ? undefined : value;
}

/** Returns the numbers of a list as Linux writes one: `0-3,8` is 0, 1, 2, 3, 8. */
export function numbersIn(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [first = NaN, last = first] = part.trim().split('-').map(Number);
    if (part.trim() === '' || !(last >= first)) return [];
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}
