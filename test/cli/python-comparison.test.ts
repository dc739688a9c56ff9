import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { PythonComparison } from '../../src/experiment/python-comparison.js';
import { pythonVariants, PYTHON_VARIANTS } from '../../src/experiment/python-variants.js';
import { defaultParameters } from '../../src/experiment/parameters.js';
import { openRecordings } from '../../src/storage/recording-file.js';
import { gilscope, SMALL_RUN, startGilscope } from '../fixtures/command-line.js';
import { SYSTEM_PYTHON } from '../fixtures/pythons.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

let folder: string;
eachInFolder((made) => {
  folder = made;
});
const file = (name: string) => join(folder, name);

describe('compare --python', () => {
  it('sets the work in a Python beside Gilscope’s own, and keeps what was recorded of both', async () => {
    const kinds = ['json', 'save', 'spans', 'csv', 'markdown'];
    const { code, stdout, stderr } = await gilscope(
      ...['compare', '--python', SYSTEM_PYTHON, ...SMALL_RUN, '--convergence', 'sign-aware'],
      ...kinds.flatMap((kind) => [`--${kind}`, file(kind)]),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });

    const report = JSON.parse(readFileSync(file('json'), 'utf8')) as PythonComparison;
    expect(report).toMatchObject({
      schema: 'gilscope.python-comparison/1',
      python: { path: SYSTEM_PYTHON, implementation: 'CPython', hasGil: true },
    });
    const { packages, missing } = report.python;
    // Whatever is not there is named.
    for (const name of ['numpy', 'numba'] as const) {
      if (packages[name] === null && (name === 'numpy' || packages.numpy !== null)) {
        expect(Object.keys(missing)).toContain(name);
      }
    }
    const there = PYTHON_VARIANTS.filter((variant) =>
      'numpy' in missing
        ? variant.startsWith('python')
        : variant.startsWith('numpy') || (variant.startsWith('numba') && !('numba' in missing)),
    );
    const measured = report.rows.flatMap(({ by, variant }) => (by === 'gilscope' ? [] : [variant]));
    const abilities = { variants: there, hasGil: true, interpreterUs: null, plainMatrices: null };
    expect(measured.toSorted()).toEqual(pythonVariants(defaultParameters(2), abilities).toSorted());
    for (const { wallsNs } of report.rows) expect(wallsNs).toHaveLength(2);
    expect(report.warnings.join()).not.toContain('other work');
    expect(report.interpreterUs === null).toBe('numpy' in missing);

    const saved = await openRecordings(file('save'));
    expect(saved.kind).toBe('python-comparison');
    const programs = saved.recordings.filter(({ source }) => source.kind === 'process');
    expect(programs).toHaveLength(measured.length);
    expect(programs.map(({ description }) => description.label).toSorted()).toEqual(
      measured.toSorted(),
    );
    const pool = programs.find(({ description }) => description.label === 'sleep-pool');
    // On a busy machine the threads of a short one may go unseen, not those of all.
    const lanes = programs.map(({ description }) => description.lanes.length);
    expect(Math.max(...lanes)).toBeGreaterThan(1);

    const shown = await gilscope('show', file('save'));
    expect(shown.stdout.split('\n').slice(1).join('\n')).toBe(stdout);
    const again = kinds.filter((kind) => kind !== 'save');
    const flags = again.flatMap((kind) => [`--${kind}`, file(`${kind}-2`)]);
    await gilscope('export', file('save'), ...flags);
    for (const kind of again) {
      expect(readFileSync(file(`${kind}-2`)).equals(readFileSync(file(kind))), kind).toBe(true);
    }
    const one = await gilscope(
      'export',
      file('save'),
      '--run',
      String(pool?.number),
      '--json',
      '-',
    );
    expect(JSON.parse(one.stdout)).toMatchObject({ schema: 'gilscope.process/1' });
  });

  it.each([
    ['/nowhere/python3', 'cannot start /nowhere/python3: no such file or directory (ENOENT)'],
    ['/bin/false', '/bin/false is no Python that can be measured in: it ended with status 1'],
    ['', '--python needs the path of a Python'],
  ])('refuses %s in a line', async (path, line) => {
    const { code, stdout, stderr } = await gilscope('compare', ...SMALL_RUN, '--python', path);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `gilscope: ${line}\n`,
    });
  });

  it('ends where the user interrupts it, and the Python with it', async () => {
    // Sleeps that would go on for an hour.
    const child = startGilscope(
      [
        'compare',
        '--workload',
        'sleep',
        '--matrices',
        '60',
        '--sleep',
        '60000',
        '--python',
        SYSTEM_PYTHON,
      ],
      { onTerminal: true },
    );
    const errors = text(child.stderr);
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    const [status] = (await once(child, 'exit')) as [number | null];
    expect(status).toBe(130);
    expect(await errors).toContain('interrupted');
  });
});
