import { closeSync, openSync, readdirSync, readFileSync, readSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { isTooOld, versionOfFile } from './python-version.js';

/** An interpreter that is installed. */
export interface InstalledPython {
  readonly path: string;
  /** As far as its files say it: `3.11`, `3.11.2`; null where they do not. */
  readonly version: string | null;
  /** Where it was found. */
  readonly origin: 'VIRTUAL_ENV' | 'CONDA_PREFIX' | 'PATH' | 'pyenv';
}

/** Where interpreters are looked for. */
export interface PythonPlaces {
  readonly environment: Readonly<Partial<Record<string, string>>>;
  readonly home: string;
}

/** Names of interpreters, as they are looked for in a folder of programs. */
const NAME = /^python(3(\.\d+)?t?)?$/;

/** Finds the interpreters of this machine by their files; none is run. Each is there once. */
export function installedPythons({ environment, home }: PythonPlaces): InstalledPython[] {
  const { VIRTUAL_ENV, CONDA_PREFIX, PATH = '', PYENV_ROOT = join(home, '.pyenv') } = environment;
  const versions = join(PYENV_ROOT, 'versions');
  const folders: (readonly [InstalledPython['origin'], string])[] = [
    ...(VIRTUAL_ENV ? [['VIRTUAL_ENV', join(VIRTUAL_ENV, 'bin')] as const] : []),
    ...(CONDA_PREFIX ? [['CONDA_PREFIX', join(CONDA_PREFIX, 'bin')] as const] : []),
    ...PATH.split(delimiter)
      .filter((folder) => folder.startsWith('/'))
      .map((folder) => ['PATH', folder] as const),
    ...namesIn(versions).map((name) => ['pyenv', join(versions, name, 'bin')] as const),
  ];
  const found = new Map<string, InstalledPython>();
  for (const [origin, folder] of folders) {
    for (const path of pythonsIn(folder)) {
      const version = versionOf(path);
      const key = identityOf(path);
      if (key === null || found.has(key) || version === undefined) continue;
      found.set(key, { path, version, origin });
    }
  }
  return [...found.values()];
}

/** The interpreters of a folder, `python3` first, as that is how most call it. */
function pythonsIn(folder: string): string[] {
  const rank = (name: string) => (name === 'python3' ? 0 : name === 'python' ? 1 : 2);
  return namesIn(folder)
    .filter((name) => NAME.test(name))
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .map((name) => join(folder, name));
}

/** What tells one interpreter from all others: its program, and the environment that it belongs to. */
function identityOf(path: string): string | null {
  try {
    const program = realpathSync(path);
    // Scripts that stand for an interpreter find another one each time.
    if (!isProgram(program)) return null;
    return isInEnvironment(path) ? `${dirname(path)}\0${program}` : program;
  } catch {
    return null;
  }
}

function isProgram(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(4);
    readSync(file, head, 0, 4, 0);
    return head.equals(Buffer.from('\x7fELF', 'latin1'));
  } finally {
    closeSync(file);
  }
}

function isInEnvironment(path: string): boolean {
  return readText(configurationOf(path)) !== null;
}

/** A virtual environment says of itself which version it is of (PEP 405). */
function configurationOf(path: string): string {
  return join(dirname(dirname(path)), 'pyvenv.cfg');
}

/** The version of an interpreter as far as its files say it; undefined of one that cannot be recorded. */
function versionOf(path: string): string | null | undefined {
  const configured = /^version(?:_info)?\s*=\s*(\d+\.\d+\.\d+)/m.exec(
    readText(configurationOf(path)) ?? '',
  )?.[1];
  const prefix = dirname(dirname(path));
  const ofFolder = /^(\d+\.\d+\.\d+)$/.exec(basename(prefix))?.[1];
  const ofConda = namesIn(join(prefix, 'conda-meta'))
    .map((name) => /^python-(\d+\.\d+\.\d+)-/.exec(name)?.[1])
    .find((version) => version !== undefined);
  const known = versionOfFile(realPathOf(path));
  if (known !== null && isTooOld(known)) return undefined;
  return configured ?? ofFolder ?? ofConda ?? known?.text ?? null;
}

function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
