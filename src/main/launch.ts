import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';

/** What a start of the app was asked for. */
export interface Launch {
  /** Files to be opened, as absolute paths. */
  readonly files: readonly string[];
  /** The folder that the app keeps its settings in; null for the user's own. */
  readonly profile: string | null;
  /** All settings are to be as at the first start. */
  readonly resetsSettings: boolean;
}

/** The most that one start hands to another: files, and characters of a path. */
const MOST_FILES = 1000;
const LONGEST_PATH = 4096;

const Path = v.pipe(v.string(), v.nonEmpty(), v.maxLength(LONGEST_PATH));
const FilesSchema = v.object({ files: v.pipe(v.array(Path), v.maxLength(MOST_FILES)) });

/**
 * Reads what a start was asked for: `[FILE...] [--profile FOLDER] [--reset-settings]`. Switches of
 * Chromium's and of Electron's, which stand among them, are let pass.
 *
 * @param words the command line after the program and, where that is a bare Electron, the app
 * @param folder the one that the user is in
 * @throws Error where --profile names no folder
 */
export function readLaunch(words: readonly string[], folder: string): Launch {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { profile: { type: 'string' }, 'reset-settings': { type: 'boolean' } },
    allowPositionals: true,
    strict: false,
  });
  const { profile } = values;
  if (profile === '' || typeof profile === 'boolean') {
    throw new Error('--profile needs a folder: --profile FOLDER');
  }
  return {
    files: positionals.map((file) => resolve(folder, file)),
    profile: profile === undefined ? null : resolve(folder, profile),
    resetsSettings: values['reset-settings'] === true,
  };
}

/** The words of a command line that are the app's own, not the program's. */
export function ownWords(argv: readonly string[], isBareElectron: boolean): readonly string[] {
  if (!isBareElectron) return argv.slice(1);
  // What stands before the app's path are switches, and modules to be loaded first.
  const app = argv.findIndex(
    (word, index) => index > 0 && !word.startsWith('-') && !isRequire(argv[index - 1]),
  );
  return app === -1 ? [] : argv.slice(app + 1);
}

function isRequire(word: string | undefined): boolean {
  return word === '--require' || word === '-r';
}

/** Reads the files that another start has handed over; none where that is no such message. */
export function filesOf(handedOver: unknown): readonly string[] {
  const { success, output } = v.safeParse(FilesSchema, handedOver);
  return success ? output.files : [];
}
