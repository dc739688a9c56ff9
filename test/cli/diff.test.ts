import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { comparedParameters } from '../../src/experiment/variants.js';
import type { Diff } from '../../src/experiment/diff.js';
import type { ExperimentRecording } from '../../src/experiment/recording.js';
import { recordingBytes } from '../../src/storage/recording-file.js';
import { gilscope } from '../fixtures/command-line.js';
import { smallRun } from '../fixtures/parameters.js';
import { MACHINE, recordOf } from '../fixtures/records.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

let folder: string;
eachInFolder((made) => {
  folder = made;
});

/** Saves recordings in a file, and returns its path. */
async function save(name: string, ...recordings: ExperimentRecording[]): Promise<string> {
  const path = join(folder, `${name}.gilscope`);
  const kind = recordings.length === 1 ? 'run' : 'comparison';
  const about = { created: '2026-11-30T12:00:00.000Z', note: '', version: '0.1.0' };
  writeFileSync(path, await buffer(recordingBytes({ ...about, kind, recordings })));
  return path;
}

const WALLS = [2000, 2100, 1900, 2000, 2050, 1950];
const SLOW = recordOf({ walls: WALLS });
const FAST = recordOf({ walls: WALLS.map((wallNs) => wallNs / 2) });

describe('diff', () => {
  it('says how many times as fast the other is, what of, and that the results agree', async () => {
    const json = join(folder, 'diff.json');
    const paths = [await save('slow', SLOW), await save('fast', FAST)];
    const { code, stdout, stderr } = await gilscope('diff', ...paths, '--json', json);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/2\.00 µs +1\.00 µs +2\.00× +1\.\d+ to 2\.\d+ +1\.00× +2\.00× +1\.00×/);
    expect(stdout).toContain('The results of 12 tasks agree to 1e-9.');
    expect(stdout.match(/Abacus 9000/g)).toHaveLength(1);
    const { schema, rows } = JSON.parse(readFileSync(json, 'utf8')) as Diff;
    expect(schema).toBe('gilscope.diff/1');
    expect(rows).toMatchObject([{ ratio: 2, parts: { coreSpeed: 1, efficiency: 2, lanes: 1 } }]);
  });

  it('names the machines where they differ', async () => {
    const elsewhere = recordOf({ walls: WALLS, machine: { ...MACHINE, cpu: 'Quipu 2' } });
    const { code, stdout } = await gilscope(
      'diff',
      await save('here', SLOW),
      await save('there', elsewhere),
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/^BASE on Abacus 9000.*\nOTHER on Quipu 2/m);
  });

  it('of two comparisons has a row for each variant', async () => {
    const runs = Object.values(comparedParameters(smallRun({ threads: 2 }))).map(
      (parameters, index) => recordOf({ run: index + 1, parameters, walls: WALLS }),
    );
    const path = await save('comparison', ...runs);
    const { code, stdout } = await gilscope('diff', path, path);
    expect(code).toBe(0);
    expect(stdout.match(/ 1\.00× +0\.\d+ to 1\.\d+ +1\.00× +1\.00× +1\.00×$/gm)).toHaveLength(4);
    const mixed = await gilscope('diff', path, await save('run', SLOW));
    expect(mixed).toMatchObject({ code: 2, stdout: '' });
    expect(mixed.stderr).toMatch(/^gilscope: [^\n]*a comparison and [^\n]*a run[^\n]*\n$/);
  });

  it('refuses other work in a line that names it', async () => {
    const paths = [await save('a', SLOW), await save('b', recordOf({ parameters: { size: 32 } }))];
    const { code, stdout, stderr } = await gilscope('diff', ...paths);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^gilscope: [^\n]*size is 16 in one and 32 in the other\n$/);
  });

  it('fails where the results of the same work differ, having said all the same', async () => {
    const { tasks } = SLOW;
    const values = SLOW.source.results.rayleigh.map((value) => value + 1e-6);
    const results = { ...tasks.results, rayleigh: { type: 'number' as const, values } };
    const wrong = { ...SLOW, tasks: { ...tasks, results } };
    const { code, stdout, stderr } = await gilscope(
      'diff',
      await save('right', SLOW),
      await save('wrong', wrong),
    );
    expect(code).toBe(1);
    expect(stdout).toContain('The results of 12 of 12 tasks differ, most in task 0');
    expect(stderr).toMatch(/^gilscope: The results of 12 of 12 tasks differ[^\n]*\n$/);
  });
});
