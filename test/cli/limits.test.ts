import { spawn, spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandOf, ENVIRONMENT, finished, type Finished } from '../fixtures/command-line.js';

/** A user that nothing runs as, so that its threads are those of the test alone. */
const NOBODY_ELSE = '64987';

/** Runs the built command line under one limit of the shell's. */
async function gilscopeUnder(limit: string, before: readonly string[] = []): Promise<Finished> {
  const words = commandOf(['run', '--threads', '24', '--matrices', '24', '--size', '4']);
  const script = `ulimit ${limit} && exec "$@"`;
  return finished(
    spawn('bash', ['-c', script, 'bash', ...before, ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: ENVIRONMENT,
    }),
  );
}

/** Becomes that user, but may read all files, as these are the tester's. */
const asNobodyElse = [
  ...['setpriv', `--reuid=${NOBODY_ELSE}`, '--clear-groups'],
  ...['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--'],
];

const canBecomeNobodyElse =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('setpriv', [...asNobodyElse.slice(1), 'true']).status === 0;

describe.skipIf(process.platform !== 'linux')('a limit that leaves no room for all threads', () => {
  it.each([
    ['-n 64', /^gilscope: Only \d+ of the 24 worker threads .* 64 open files \(ulimit -n\)/],
  ])('is named in one line: ulimit %s', async (limit, says) => {
    const { code, stdout, stderr } = await gilscopeUnder(limit);
    expect(stderr).toMatch(says);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it.skipIf(!canBecomeNobodyElse)('is named in one line: ulimit -u 20', async () => {
    const { code, stderr } = await gilscopeUnder('-u 20', asNobodyElse);
    expect(stderr).toMatch(
      /^gilscope: Only (\d+) of the 24 worker threads can be started: this user may have 20 processes and threads in all \(ulimit -u\)\. Take at most \1 threads, or raise that limit\.\n$/,
    );
    expect(code).toBe(1);
  });
});

// Electron does not start under such a limit: see scripts/setup/limits.mjs.
describe.skipIf(process.platform !== 'linux' || 'GILSCOPE_ELECTRON' in process.env)(
  'a limit on memory',
  () => {
    it.each([
      [
        '-v 4000000',
        /^gilscope: The shared memory cannot be reserved: .* \(ulimit -v\)\. Raise that limit\.\n$/,
      ],
      ['-d 350000', /^gilscope: (Only \d+|None) of the 24 worker threads .* \(ulimit -d\)/],
      ['-v 16000000', /^gilscope: Only \d of the 24 worker threads .* \(ulimit -v\)/],
    ])('is named in one line: ulimit %s', async (limit, says) => {
      const { code, stderr } = await gilscopeUnder(limit);
      expect(stderr).toMatch(says);
      expect(code).toBe(1);
    });
  },
);
