/** Folders of a test's own, and a cache in one of them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';

/** Makes a folder that is removed after the test. */
export function useTemporaryFolder() {
  const own = { folder: '' };
  beforeEach(() => {
    own.folder = mkdtempSync(path.join(tmpdir(), 'gilscope-scripts-'));
  });
  afterEach(() => {
    rmSync(own.folder, { recursive: true, force: true });
    vi.unstubAllEnvs();
  });
  return own;
}

/** Has the scripts keep their cache in a folder that is removed after the test. */
export function useTemporaryCache() {
  const own = useTemporaryFolder();
  beforeEach(() => {
    vi.stubEnv('XDG_CACHE_HOME', own.folder);
  });
  return own;
}
