import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gilscope, SMALL_RUN } from '../fixtures/command-line.js';
import { eachInFolder } from '../fixtures/temporary-folder.js';

/** The exports of a command, by their flags. */
const OF_A_RUN = ['json', 'csv', 'spans', 'trace', 'speedscope'] as const;

let folder: string;
let saved: string;

eachInFolder((made) => {
  folder = made;
  saved = join(folder, 'saved.gilscope');
});

/** The flags that export everything under a name. */
function flagsTo(name: string, kinds: readonly string[]): string[] {
  return kinds.flatMap((kind) => [`--${kind}`, join(folder, `${name}.${kind}`)]);
}

function expectAlike(kinds: readonly string[]): void {
  for (const kind of kinds) {
    const [then, now] = ['then', 'now'].map((name) =>
      readFileSync(join(folder, `${name}.${kind}`)),
    );
    expect(now?.equals(then ?? Buffer.of()), kind).toBe(true);
  }
}

describe('a saved recording', () => {
  it.each([
    ['none', 'static', 'power'],
    ['gil-held', 'executor', 'power'],
    ['gil-released', 'dynamic', 'power'],
    ['gil-switching', 'executor', 'power'],
    ['per-object', 'serial', 'power'],
    ['gil-held', 'static', 'sleep'],
  ])(
    'gives the exports of its run, byte for byte: %s, %s, %s',
    async (lock, scheduler, workload) => {
      const flags = [
        '--lock',
        lock,
        '--scheduler',
        scheduler,
        '--workload',
        workload,
        '--sleep',
        '1',
      ];
      const made = await gilscope(
        'run',
        ...SMALL_RUN,
        ...flags,
        '--save',
        saved,
        ...flagsTo('then', OF_A_RUN),
      );
      expect(made).toMatchObject({ code: 0, stderr: '' });
      expect(await gilscope('export', saved, ...flagsTo('now', OF_A_RUN))).toMatchObject({
        code: 0,
      });
      expectAlike(OF_A_RUN);
      const shown = await gilscope('show', saved);
      expect(shown.stdout.split('\n')[0]).toContain(`${saved}, recorded`);
      expect(shown.stdout.split('\n').slice(1).join('\n')).toBe(made.stdout);
    },
  );

  it('of a comparison gives its table, and each of its runs', async () => {
    const kinds = [...OF_A_RUN, 'markdown'];
    await gilscope('compare', ...SMALL_RUN, '--save', saved, ...flagsTo('then', kinds));
    await gilscope('export', saved, ...flagsTo('now', kinds));
    expectAlike(kinds);
    const { code } = await gilscope('export', saved, '--run', '4', '--csv', join(folder, '4.csv'));
    expect(code).toBe(0);
    expect(readFileSync(join(folder, '4.csv'), 'utf8')).toMatch(/^run,[^\n]*\n(4,[^\n]*\n)+$/);
  });
});

describe('what cannot be opened or exported', () => {
  it('is one line that says why', async () => {
    writeFileSync(saved, 'no archive');
    for (const words of [
      ['show', saved],
      ['show', folder],
      ['show', join(folder, 'gone')],
    ]) {
      const { code, stdout, stderr } = await gilscope(...words);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^gilscope: cannot open [^\n]+\n$/);
    }
    await gilscope('run', ...SMALL_RUN, '--save', saved);
    for (const words of [[], ['--run', '2', '--csv', join(folder, 'a.csv')]]) {
      const { code, stderr } = await gilscope('export', saved, ...words);
      expect({ code, lines: stderr.split('\n').length }).toEqual({ code: 2, lines: 2 });
    }
  });
});
