import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bashCompletion } from '../../../src/cli/shell/bash.js';
import { fishCompletion } from '../../../src/cli/shell/fish.js';
import { grammarOf } from '../../../src/cli/shell/grammar.js';
import { MAN_PAGE_TEXT } from '../../../src/cli/shell/man-page-text.js';
import { manPage } from '../../../src/cli/shell/man-page.js';
import { zshCompletion } from '../../../src/cli/shell/zsh.js';
import { SPECIFICATIONS } from '../../../src/experiment/specifications.js';
import { cliProgram } from '../../fixtures/cli-program.js';

const program = cliProgram();
const grammar = grammarOf(program);
const page = manPage(grammar, MAN_PAGE_TEXT);

/** What the help names: each command with its flags. */
const helps = program.commands.map((command) => ({
  name: command.name(),
  flags: command.helpInformation().match(/(?<=^ {2}(?:-\w, )?)--[\w-]+/gm) ?? [],
}));

it('the help names all commands, and flags for them', () => {
  const flagsOf = (name: string) => helps.find((help) => help.name === name)?.flags;
  expect(flagsOf('run')).toContain('--switch-interval');
  expect(flagsOf('record')).toContain('--pid');
  expect(helps.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['compare', 'sweep', 'merge', 'show', 'export', 'diff']),
  );
});

describe.each([
  ['bash', bashCompletion(grammar), (flag: string) => flag],
  ['zsh', zshCompletion(grammar), (flag: string) => flag],
  ['fish', fishCompletion(grammar), (flag: string) => `-l ${flag.slice(2)} `],
  ['man', page, (flag: string) => flag.replaceAll('-', '\\-')],
])('what %s reads', (_, text, written) => {
  it('has every command and every flag of the help', () => {
    for (const { name, flags } of helps) {
      expect(text).toContain(name);
      for (const flag of flags) expect(text, name).toContain(written(flag));
    }
  });

  it('says nothing of the machine that it was written on', () => {
    expect(text).not.toMatch(/\b\d+ cores|that may be used, \d/);
  });
});

it.skipIf(spawnSync('man', ['--version']).status !== 0)('man reads the page', () => {
  const { stdout, stderr, status } = spawnSync('man', ['--warnings', '-l', '-'], {
    input: page,
    encoding: 'utf8',
    env: { ...process.env, MANWIDTH: '100', LC_ALL: 'C.UTF-8' },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^NAME\n\s+gilscope - measures what a global interpreter lock does/m);
  // Lines are filled out with spaces.
  const words = stdout.replace(/\s+/g, ' ');
  expect(words).toContain(`--switch-interval value ${SPECIFICATIONS.switchIntervalMs.help}`);
});
