import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PythonFailedError, UnsuitablePythonError } from '../../src/interpreter/errors.js';
import {
  InterpreterAnswer,
  MeasuredAnswer,
  PreparedAnswer,
} from '../../src/interpreter/protocol.js';
import { PythonSession } from '../../src/interpreter/python-session.js';
import { POSING_ABOUT, posingAnswers, posingPython } from '../fixtures/posing-python.js';
import { pythons, SYSTEM_PYTHON } from '../fixtures/pythons.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

let folder: string;
eachInFolder((made) => {
  folder = made;
});

const never = new AbortController().signal;
const start = (path: string, signal = never) => PythonSession.start(path, 2, signal);

/** A program that poses as a Python: a shell script. */
const posing = (script: string) => posingPython(folder, script);

const WORK = {
  ...{ do: 'prepare' as const, seed: 42, size: 6, matrices: 4, threads: 2, signAware: true },
  ...{ epsilon: 1e-10, maxIterations: 5000, plainSeconds: 1 },
} as const;

describe('a Python that is measured in', () => {
  it.each(pythons)('does the work: $name', async ({ path, name, freeThreaded }) => {
    using session = await start(path);
    expect(`${session.about.version}${freeThreaded ? 't' : ''}`).toBe(name);
    const { variants, plainMatrices } = await session.ask(WORK, PreparedAnswer);
    expect(variants.length).toBeGreaterThanOrEqual(2);
    const told: number[][] = [];
    for (const variant of variants) {
      const answer = await session.ask({ do: 'measure', variant, threads: 2 }, MeasuredAnswer);
      expect(answer.tasks).toBe(plainMatrices ?? WORK.matrices);
      told.push(answer.iterationCounts);
    }
    // All variants do the same work, to within rounding.
    for (const counts of told) {
      for (const [task, count] of counts.entries()) {
        expect(Math.abs(count - (told[0]?.[task] ?? NaN))).toBeLessThanOrEqual(2);
      }
    }
  });

  it('is refused in a line where there is none', async () => {
    await expect(start(join(folder, 'none'))).rejects.toThrow(
      new UnsuitablePythonError(
        `cannot start ${join(folder, 'none')}: no such file or directory (ENOENT)`,
      ),
    );
    await expect(start(folder)).rejects.toThrow(/^cannot start .*permission denied \(EACCES\)$/);
  });

  it.each([
    [
      'ends at once',
      'echo hello; echo "what is this?" >&2; exit 3',
      'it ended with status 3 (what is this?)',
    ],
    ['says nothing', 'exit 0', 'it ended with status 0'],
    ['kills itself', 'kill -SEGV $$', 'it was ended by SIGSEGV'],
    [
      'speaks of something else',
      `echo 'gilscope {"x": 1}'; exec cat >/dev/null`,
      'it does not answer as one',
    ],
    ['speaks no JSON', `echo 'gilscope {{{'; exec cat >/dev/null`, 'it does not answer as one'],
    ['floods its output with lines', 'exec yes', 'it does not answer as one'],
    [
      'floods its output with one line',
      'exec tr "\\\\0" x </dev/zero',
      'it does not answer as one',
    ],
  ])('is none where it %s', async (_, script, reason) => {
    const path = posing(script);
    await expect(start(path)).rejects.toThrow(
      new UnsuitablePythonError(`${path} is no Python that can be measured in: ${reason}`),
    );
  });

  it('is refused where it is older than 3.8', async () => {
    const path = posing(`echo 'gilscope {"tooOld": "3.6.9"}'; exec cat >/dev/null`);
    await expect(start(path)).rejects.toThrow(
      new UnsuitablePythonError(`${path} is Python 3.6.9; choose one of 3.8 or later`),
    );
  });

  it('lets pass what packages print before', async () => {
    const path = posing(`echo loading; ${POSING_ABOUT}; exec cat >/dev/null`);
    using session = await start(path);
    expect(session.about.version).toBe('3.99.0');
  });

  it('fails in a line where it crashes, ends or lies', async () => {
    const request = { do: 'interpreter' } as const;
    const answers = [
      [
        'echo "Fatal: all is lost" >&2; kill -ABRT $$',
        'it was ended by SIGABRT (Fatal: all is lost)',
      ],
      ['exit 1', 'it ended with status 1'],
      [`echo 'gilscope {"iterationNs": -5}'`, 'it said what is no answer'],
      [`echo 'gilscope {"iterationNs": "7"}'`, 'it said what is no answer'],
      [`echo 'gilscope {"error": "MemoryError: "}'`, 'it said MemoryError:'],
    ];
    for (const [script = '', reason = ''] of answers) {
      const path = posing(posingAnswers(script));
      using session = await start(path);
      await expect(session.ask(request, InterpreterAnswer)).rejects.toThrow(
        new PythonFailedError(`${path} failed at interpreter: ${reason}`),
      );
    }
  });

  it('is given up at once where it hangs in an import, or while it measures', async () => {
    const reason = new Error('given up');
    const starting = new AbortController();
    const started = start(posing('echo importing >&2; exec tail -f /dev/null'), starting.signal);
    starting.abort(reason);
    await expect(started).rejects.toThrow(reason);

    const measuring = new AbortController();
    using session = await start(SYSTEM_PYTHON, measuring.signal);
    const asked = session.ask(
      { do: 'sleep', variant: 'sleep-serial', threads: 1, sleeps: 1, seconds: 1000 },
      InterpreterAnswer,
    );
    measuring.abort(reason);
    await expect(asked).rejects.toThrow(reason);
  });
});
