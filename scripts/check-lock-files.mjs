/** Refuses packages whose licences the project may not use, install scripts, and addresses in the lock files. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { problemsOfLock } from './lock-file.mjs';

const LOCKS = {
  'package-lock.json': { areTools: false, mayHaveInstallScripts: [] },
  // Installed with --ignore-scripts.
  'packaging/package-lock.json': { areTools: true, mayHaveInstallScripts: ['electron-winstaller'] },
};

for (const [file, rules] of Object.entries(LOCKS)) {
  const lock = JSON.parse(readFileSync(path.join(import.meta.dirname, '..', file), 'utf8'));
  for (const problem of problemsOfLock(lock, rules)) {
    console.error(`${file}: ${problem}`);
    process.exitCode = 1;
  }
}
