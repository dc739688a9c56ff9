import type { Address } from './memory.js';

/** One range of addresses of a process. */
export interface Mapping {
  readonly start: Address;
  readonly end: Address;
  readonly writable: boolean;
  /** Where in the file the range begins, in bytes. */
  readonly offset: number;
  /** The file, also where it has been deleted since; empty for memory without one. */
  readonly path: string;
}

const LINE = /^([0-9a-f]+)-([0-9a-f]+) r(.).. ([0-9a-f]+) \S+ \S+ *(.*)$/;

/** Parses /proc/PID/maps. Ranges that cannot be read are left out. */
export function parseMaps(text: string): Mapping[] {
  return text.split('\n').flatMap((line) => {
    const [, start = '', end = '', write, offset = '', path = ''] = LINE.exec(line) ?? [];
    if (start === '') return [];
    return {
      start: parseInt(start, 16),
      end: parseInt(end, 16),
      writable: write === 'w',
      offset: parseInt(offset, 16),
      path: path.startsWith('/') ? path.replace(/ \(deleted\)$/, '') : '',
    };
  });
}

/** Whether an address lies in memory that the process may write. */
export function isWritable(mappings: readonly Mapping[], address: Address): boolean {
  return mappings.some(({ start, end, writable }) => writable && address >= start && address < end);
}
