/** A version of CPython. */
export interface PythonVersion {
  readonly major: number;
  readonly minor: number;
  /** Null where only a file's name or a size says which version it is. */
  readonly micro: number | null;
  /** As one writes it: `3.11.2`, or `3.9` where the rest is not known. */
  readonly text: string;
}

/** A version by its numbers. */
export function pythonVersion(
  major: number,
  minor: number,
  micro: number | null = null,
): PythonVersion {
  return { major, minor, micro, text: `${major}.${minor}${micro === null ? '' : `.${micro}`}` };
}

/** Parses CPython's PY_VERSION_HEX, `0x030b02f0` for 3.11.2; null where it is none. */
export function versionOfHex(hex: number): PythonVersion | null {
  const [major, minor, micro] = [(hex >>> 24) & 0xff, (hex >>> 16) & 0xff, (hex >>> 8) & 0xff];
  return major === 2 || major === 3 ? pythonVersion(major, minor, micro) : null;
}

/** Parses the name of an interpreter or library: `python3.9`, `libpython3.9.so.1.0`; null for others. */
export function versionOfFile(path: string): PythonVersion | null {
  const [, major, minor] = /(?:^|\/)(?:lib)?python(\d)\.(\d+)[^/]*$/.exec(path) ?? [];
  return major === undefined || minor === undefined
    ? null
    : pythonVersion(Number(major), Number(minor));
}

/** The bytes of `_PyRuntime` in versions without a symbol that says the version (x86-64). */
const MINOR_BY_RUNTIME_SIZE: ReadonlyMap<number, number> = new Map([
  [1464, 8],
  [656, 9],
  [672, 10],
]);

/** The version that has a `_PyRuntime` of so many bytes; null where none or several have. */
export function versionOfRuntimeSize(size: number): PythonVersion | null {
  const minor = MINOR_BY_RUNTIME_SIZE.get(size);
  return minor === undefined ? null : pythonVersion(3, minor);
}

/** Whether it is one whose structures are known: 3.8 to 3.15. */
export function hasKnownLayout({ major, minor }: PythonVersion): boolean {
  return major === 3 && minor >= 8 && minor <= 15;
}

/** Whether it is older than all that can be recorded. */
export function isTooOld({ major, minor }: PythonVersion): boolean {
  return major < 3 || (major === 3 && minor < 8);
}
