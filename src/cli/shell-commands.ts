import { Argument, type Command } from 'commander';
import { bashCompletion } from './shell/bash.js';
import { fishCompletion } from './shell/fish.js';
import { grammarOf, type Grammar } from './shell/grammar.js';
import { manPage } from './shell/man-page.js';
import { MAN_PAGE_TEXT } from './shell/man-page-text.js';
import { zshCompletion } from './shell/zsh.js';
import { writeToStream } from './standard-streams.js';

const SHELLS: Readonly<Record<string, (grammar: Grammar) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** Adds `completion` and `man`, which say to shells and readers what all other commands take. */
export function addShellCommands(program: Command, signal: AbortSignal): void {
  const write = (text: string) => writeToStream('standard output', [text], signal);
  program
    .command('completion')
    .description('write the completion for a shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SHELLS)))
    .action((shell: string) => write(SHELLS[shell]?.(grammarOf(program)) ?? ''));
  program
    .command('man')
    .description('write the manual page, for man -l - and for packages')
    .action(() => write(manPage(grammarOf(program), MAN_PAGE_TEXT)));
}
