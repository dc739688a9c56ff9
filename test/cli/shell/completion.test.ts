import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bashCompletion } from '../../../src/cli/shell/bash.js';
import { fishCompletion } from '../../../src/cli/shell/fish.js';
import { grammarOf } from '../../../src/cli/shell/grammar.js';
import { zshCompletion } from '../../../src/cli/shell/zsh.js';
import { cliProgram } from '../../fixtures/cli-program.js';
import { eachInFolder } from '../../fixtures/temporary-folder.js';

/** Lines as they are typed, each with what one press of Tab makes of it. */
const CASES = [
  ['gilscope rec', 'gilscope record'],
  ['gilscope run --thr', 'gilscope run --threads'],
  ['gilscope run --lock gil-sw', 'gilscope run --lock gil-switching'],
  ['gilscope run --lock=gil-sw', 'gilscope run --lock=gil-switching'],
  ['gilscope run --scheduler dy', 'gilscope run --scheduler dynamic'],
  ['gilscope compare --loc', 'gilscope compare --loc'],
  ['gilscope run --size 6', 'gilscope run --size 6'],
  ['gilscope sweep --lock none,gil-sw', 'gilscope sweep --lock none,gil-switching'],
  ['gilscope sweep --workload sl', 'gilscope sweep --workload sleep'],
  ['gilscope run --json some', 'gilscope run --json some.json'],
  ['gilscope run --csv some', 'gilscope run --csv some.json'],
  ['gilscope compare --markdown some', 'gilscope compare --markdown some.json'],
  ['gilscope show some', 'gilscope show some.json'],
  ['gilscope diff a.gilscope some', 'gilscope diff a.gilscope some.json'],
  ['gilscope completion fi', 'gilscope completion fish'],
  ['gilscope help sw', 'gilscope help sweep'],
  ['gilscope ./some', 'gilscope ./some.json'],
  ['gilscope --prof', 'gilscope --profile'],
  ['gilscope record --dur', 'gilscope record --duration'],
  ['gilscope record gilscope-test-pro', 'gilscope record gilscope-test-program'],
  ['gilscope record -- gilscope-test-pro', 'gilscope record -- gilscope-test-program'],
  [
    'gilscope record --rate 200 -- gilscope-test-pro',
    'gilscope record --rate 200 -- gilscope-test-program',
  ],
  ['gilscope record --rate=200 cat some', 'gilscope record --rate=200 cat some.json'],
  ['gilscope record -- cat some', 'gilscope record -- cat some.json'],
  ['gilscope record -- cat --dur', 'gilscope record -- cat --dur'],
] as const;

let folder: string;
eachInFolder((made) => {
  folder = made;
});

const grammar = grammarOf(cliProgram());

describe.each([
  ['bash', bashCompletion],
  ['zsh', zshCompletion],
  ['fish', fishCompletion],
])('in %s', (shell, completion) => {
  const isThere = spawnSync(shell, ['--version']).status === 0;

  it.skipIf(!isThere)(`Tab completes commands, flags, values, files and programs`, () => {
    const script = join(folder, 'completion');
    writeFileSync(script, completion(grammar));
    writeFileSync(join(folder, 'some.json'), '');
    const programs = join(folder, 'programs');
    mkdirSync(programs);
    writeFileSync(join(programs, 'gilscope-test-program'), '#!/bin/sh\n', { mode: 0o755 });
    const fixture = resolve(`test/fixtures/completing/complete.${shell}`);
    const { stdout, stderr } = spawnSync(
      shell,
      [...(shell === 'zsh' ? ['-f'] : []), fixture, script, ...CASES.map(([typed]) => typed)],
      {
        cwd: folder,
        encoding: 'utf8',
        timeout: 50_000,
        env: {
          ...process.env,
          HOME: folder,
          PATH: `${programs}:${process.env['PATH'] ?? ''}`,
        },
      },
    );
    expect(stderr).toBe('');
    const completed = stdout.split('\n').slice(0, CASES.length);
    // What shells add for the next word is their own affair.
    expect(completed.map((line) => line.replace(/[ =,]$/, ''))).toEqual(
      CASES.map(([, line]) => line),
    );
  });
});
