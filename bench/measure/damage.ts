import { ArchiveError } from '../../src/files/open-archive.js';
import { openRecordings } from '../../src/storage/recording-file.js';

/** Damages files of recordings, and watches what opening them takes. */

/** A file inside an archive, with all its bytes. */
export interface WholeFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What opening files took. */
export interface Damage {
  opened: number;
  refused: number;
  /** Refused by an error that is no line about the file. */
  crashed: string[];
  longestMs: number;
  /** The most that one file added to what the process ever had in memory. */
  mostBytes: number;
}

export function noDamage(): Damage {
  return { opened: 0, refused: 0, crashed: [], longestMs: 0, mostBytes: 0 };
}

/** Opens a file and adds what that took. */
export async function open(path: string, damage: Damage): Promise<void> {
  const before = peakBytes();
  const began = performance.now();
  try {
    await openRecordings(path);
    damage.opened += 1;
  } catch (error) {
    if (error instanceof ArchiveError && !error.message.includes('\n')) damage.refused += 1;
    else damage.crashed.push(String(error));
  }
  damage.longestMs = Math.max(damage.longestMs, performance.now() - began);
  damage.mostBytes = Math.max(damage.mostBytes, peakBytes() - before);
}

function peakBytes(): number {
  return 1024 * process.resourceUsage().maxRSS;
}

/** Changes some bytes of a copy: to any, to its highest or lowest, or to a digit. */
export function damaged(bytes: Uint8Array, draw: () => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const changes = 1 + Math.floor(8 * draw());
  for (let change = 0; change < changes; change += 1) {
    const at = Math.floor(draw() * copy.length);
    const any = Math.floor(256 * draw());
    copy[at] = [any, 0, 0x7f, 0xff, 0x39][Math.floor(5 * draw())] ?? any;
  }
  return copy;
}
