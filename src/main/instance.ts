import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { filesOf, ownWords, readLaunch, type Launch } from './launch.js';

/** One instance of the app on a profile: a second start hands its files to the first, and ends. */

/**
 * Takes the profile that this start asks for.
 *
 * @param onFiles gets the files of each later start on the same profile
 * @returns what this start was asked for; never, as the process ends, where another instance has the profile
 * or there can be none of that name
 */
export async function takeProfile(onFiles: (files: readonly string[]) => void): Promise<Launch> {
  let launch: Launch;
  try {
    launch = readLaunch(ownWords(process.argv, process.defaultApp), process.cwd());
    if (launch.profile !== null) useProfile(launch.profile);
  } catch (error) {
    return end(2, error instanceof Error ? error.message : String(error));
  }
  const { files, resetsSettings } = launch;
  if (!app.requestSingleInstanceLock({ files }) && isTaken()) {
    if (resetsSettings) return end(2, 'It is open: choose View > Reset settings in its window.');
    return end(0, 'It is open, and was brought to the front; --profile FOLDER opens another.');
  }
  app.on('second-instance', (_event, _argv, _folder, handedOver) => {
    onFiles(filesOf(handedOver));
  });
  return launch;
}

/** @throws Error where the folder can be neither found nor made */
function useProfile(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`--profile ${folder} cannot be used: ${reason}`, { cause: error });
    }
  }
  app.setPath('userData', folder);
}

/**
 * Whether another instance has the profile, where the lock was refused. It is refused as well where
 * the folder cannot be written to; then the app runs without the lock, as it would without settings.
 */
function isTaken(): boolean {
  if (process.platform === 'win32') return true;
  const lock = join(app.getPath('userData'), 'SingletonLock');
  return lstatSync(lock, { throwIfNoEntry: false }) !== undefined;
}

function end(status: number, line: string): Promise<never> {
  process.stderr.write(`gilscope: ${line}\n`);
  app.exit(status);
  return new Promise(() => undefined);
}
