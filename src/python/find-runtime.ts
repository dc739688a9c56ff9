import { basename } from 'node:path';
import { DEBUG_COOKIE, readSelfDescription, type SelfDescription } from './debug-offsets.js';
import { elfBits, ElfImage, type ElfSymbol } from './elf-image.js';
import type { Mapping } from './maps.js';
import {
  type Address,
  MAX_READ_BYTES,
  type ProcessMemory,
  readBlock,
  unlessDoubtful,
} from './memory.js';
import {
  isTooOld,
  type PythonVersion,
  versionOfFile,
  versionOfHex,
  versionOfRuntimeSize,
} from './python-version.js';
import { PythonRefusal, starting } from './refusal.js';

/** Where a process's CPython is, and which one it is. */
export interface FoundRuntime {
  /** `_PyRuntime`. */
  readonly address: Address;
  /** Its length in bytes; 0 where only CPython's description of itself was found. */
  readonly size: number;
  /** Null where nothing says it. */
  readonly version: PythonVersion | null;
  /** What CPython says of itself; null before 3.13. */
  readonly description: SelfDescription | null;
}

/** A process whose memory is looked through. */
export interface Subject {
  readonly memory: ProcessMemory;
  readonly mappings: readonly Mapping[];
  readonly executable: string;
  /** How messages name it. */
  readonly label: string;
  /** For how long it has run. */
  readonly ageSeconds: number;
}

/** A program or library as it lies in the process. */
interface Image {
  readonly path: string;
  readonly base: Address;
}

/** No process has more libraries; more are not looked into. */
const MAX_IMAGES = 2000;

/** @throws PythonRefusal where the process runs no CPython that can be recorded */
export function findRuntime(subject: Subject): FoundRuntime {
  const images = imagesOf(subject);
  const found =
    firstOf(images, (image) => runtimeOf(subject.memory, image, images)) ??
    firstOf(images, (image) => describedRuntimeOf(subject, image));
  refuseOthers(subject, images, found);
  return found;
}

/** The process's images: its executable first, then what is named after Python. */
function imagesOf({ mappings, executable }: Subject): Image[] {
  const bases = new Map<string, Address>();
  for (const { path, offset, start } of mappings) {
    if (path !== '' && offset === 0 && !bases.has(path)) bases.set(path, start);
  }
  const rank = ({ path }: Image): number => (path === executable ? 0 : isNamedPython(path) ? 1 : 2);
  return [...bases]
    .map(([path, base]) => ({ path, base }))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MAX_IMAGES);
}

function isNamedPython(path: string): boolean {
  return /^(lib)?python/.test(basename(path));
}

function firstOf<Found>(images: readonly Image[], find: (image: Image) => Found | null) {
  for (const image of images) {
    const found = find(image);
    if (found !== null) return found;
  }
  return null;
}

function symbolOf(memory: ProcessMemory, { base }: Image, name: string): ElfSymbol | null {
  return unlessDoubtful(() => new ElfImage(memory, base).symbol(name), null);
}

function runtimeOf(
  memory: ProcessMemory,
  image: Image,
  images: readonly Image[],
): FoundRuntime | null {
  const symbol = symbolOf(memory, image, '_PyRuntime');
  if (symbol === null) return null;
  const { address, size } = symbol;
  const description = unlessDoubtful(() => readSelfDescription(memory, address), null);
  const version =
    description?.version ??
    statedVersion(memory, image) ??
    versionOfRuntimeSize(size) ??
    images.map(({ path }) => versionOfFile(path)).find((named) => named !== null) ??
    null;
  return { address, size, version, description };
}

/** The version that the symbol `Py_Version` says, which is there from 3.11 on. */
function statedVersion(memory: ProcessMemory, image: Image): PythonVersion | null {
  const symbol = symbolOf(memory, image, 'Py_Version');
  if (symbol === null) return null;
  return unlessDoubtful(() => versionOfHex(readBlock(memory, symbol.address, 8).u64(0)), null);
}

/** Finds CPython's description of itself where there are no symbols: in the image's writable memory. */
function describedRuntimeOf({ memory, mappings, executable }: Subject, { path }: Image) {
  if (path !== executable && !isNamedPython(path)) return null;
  for (const mapping of mappings) {
    if (mapping.path !== path || !mapping.writable) continue;
    const bytes = Buffer.alloc(Math.min(mapping.end - mapping.start, MAX_READ_BYTES));
    const read = bytes.subarray(0, memory.read(mapping.start, bytes));
    const at = read.indexOf(DEBUG_COOKIE, 0, 'latin1');
    if (at === -1) continue;
    const address = mapping.start + at;
    const description = unlessDoubtful(() => readSelfDescription(memory, address), null);
    if (description !== null) {
      return { address, size: 0, version: description.version, description };
    }
  }
  return null;
}

/** @throws PythonRefusal for everything but a CPython of 64 bits on glibc that is not too old */
function refuseOthers(
  { memory, mappings, label, ageSeconds }: Subject,
  images: readonly Image[],
  found: FoundRuntime | null,
): asserts found is FoundRuntime {
  const [program] = images;
  const named = images.map(({ path }) => versionOfFile(path)).find((version) => version !== null);
  const isPython = found !== null || images.some(({ path }) => isNamedPython(path));
  if (program !== undefined && elfBits(memory, program.base) === 32) {
    throw new PythonRefusal('32-bit', `${label} is a program of 32 bits: use a Python of 64 bits`);
  }
  if (!isPython) {
    // Programs that embed a Python may load it as they start.
    const isFinal = !isLoading(mappings) && ageSeconds > LOADING_SECONDS;
    throw new PythonRefusal(
      'not-python',
      `${label} runs no CPython: choose a process that does, or record the command that starts it`,
      isFinal,
    );
  }
  if (mappings.some(({ path }) => /\/(ld-musl-|libc\.musl-)/.test(path))) {
    throw new PythonRefusal(
      'musl',
      `${label} uses musl, where a wait for the GIL looks like any other: use a Python built for glibc`,
    );
  }
  const version = found?.version ?? named;
  if (version && isTooOld(version)) {
    throw new PythonRefusal(
      'version',
      `${label} runs Python ${version.text}: CPython 3.8 to 3.15 can be recorded`,
    );
  }
  if (found === null) {
    if (isLoading(mappings)) throw starting(label);
    throw new PythonRefusal(
      'no-symbols',
      `${label} is a CPython without its symbol _PyRuntime (stripped, or linked statically): ` +
        'use the Python of your system, of python.org, conda or pyenv',
    );
  }
}

/** A program that has run for so many seconds has loaded its libraries. */
const LOADING_SECONDS = 10;

/** Whether the dynamic linker, which the system loads with the program, has yet to load the C library. */
function isLoading(mappings: readonly Mapping[]): boolean {
  const has = (pattern: RegExp): boolean => mappings.some(({ path }) => pattern.test(path));
  return has(/\/ld(-linux[^/]*|-2\.\d+)\.so[^/]*$/) && !has(/\/libc(-2\.\d+)?\.so[^/]*$/);
}
