import { accessSync, constants, statSync, type Stats } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { joinWords } from '../../base/shell-words.js';
import type { AskedProgram, RequestOf } from '../../ipc/index.js';

/** A command that can be started. */
export interface Command {
  readonly words: readonly string[];
  readonly folder: string;
}

/** Characters of a command that a question shows as a whole; one that is longer is not started. */
const LONGEST_COMMAND = 4000;

/**
 * Makes a command of what the page asked for.
 *
 * @throws Error that says in a line what is not there, or that it is too long
 */
export function commandOf({ program, folder: asked }: RequestOf<'startProgram'>): Command {
  const folder = resolve(homedir(), inHome(asked));
  if (!isFolder(folder)) throw new Error(`There is no folder ${folder}.`);
  const words = wordsOf(program, folder);
  const [name = ''] = words;
  if (!canBeStarted(name, folder)) {
    throw new Error(`There is no program ${name} that may be started.`);
  }
  if (joinWords(words).length > LONGEST_COMMAND) {
    throw new Error(
      `The command is longer than ${LONGEST_COMMAND} characters: put it into a script, and record that.`,
    );
  }
  return { words, folder };
}

function wordsOf(program: AskedProgram, folder: string): readonly string[] {
  switch (program.kind) {
    case 'command':
      return program.words;
    case 'module':
      return [inHome(program.interpreter), '-m', program.module, ...program.arguments];
    case 'script': {
      const script = inHome(program.script);
      if (!isFile(resolve(folder, script))) {
        throw new Error(`There is no script ${resolve(folder, script)}.`);
      }
      return [inHome(program.interpreter), script, ...program.arguments];
    }
  }
}

/** A path in which `~` is the user's folder. */
function inHome(path: string): string {
  return path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;
}

/** Whether the system would find a program of that name, as it looks for them. */
function canBeStarted(name: string, folder: string): boolean {
  if (name.includes('/')) return isExecutable(resolve(folder, name));
  const places = (process.env['PATH'] ?? '').split(delimiter);
  return places.some((place) => isExecutable(join(isAbsolute(place) ? place : folder, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return isFile(path);
  } catch {
    return false;
  }
}

function isFile(path: string): boolean {
  return statOf(path)?.isFile() === true;
}

function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() === true;
}

/** What is at a path; null where nothing is that can be looked at, for whatever reason. */
function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}
