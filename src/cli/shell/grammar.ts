import type { Argument, Command, Option } from 'commander';
import {
  PARAMETER_NAMES,
  SPECIFICATIONS,
  type ChoiceSpecification,
} from '../../experiment/parameters.js';

/** What may be typed after `gilscope`, read off the definitions of its commands and flags. */
export interface Grammar {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly flags: readonly Flag[];
  readonly commands: readonly CommandGrammar[];
}

/** One command. */
export interface CommandGrammar {
  readonly name: string;
  /** What follows the name: `<file...>`, `[flags] -- COMMAND [ARG...]`; lines where there are several ways. */
  readonly usage: string;
  readonly description: string;
  readonly flags: readonly Flag[];
  /** What words that are no flags stand for; null where there are none. */
  readonly operand: Value | null;
}

/** One flag: `--json <file>`. */
export interface Flag {
  /** With its dashes. A flag with a short form too has that first: `-h`, `--help`. */
  readonly names: readonly string[];
  readonly description: string;
  /** Null where it takes none. */
  readonly value: FlagValue | null;
}

interface FlagValue {
  readonly placeholder: string;
  readonly isOptional: boolean;
  readonly value: Value;
}

/** What a word may be: a path, a program of the system with its own words, one of some words, or anything. */
export type Value =
  | { readonly kind: 'path' | 'program' | 'any' }
  | { readonly kind: 'words' | 'list'; readonly words: readonly Word[] };

/** A word to choose, and what it means. */
export interface Word {
  readonly word: string;
  readonly meaning: string;
}

/** Returns the grammar of a program. */
export function grammarOf(program: Command): Grammar {
  const help = program.createHelp();
  const commands = help.visibleCommands(program);
  const names = commands.map((command) => ({
    word: command.name(),
    meaning: command.description(),
  }));
  return {
    name: program.name(),
    description: program.description(),
    version: program.version() ?? '',
    flags: help.visibleOptions(program).map(flagOf),
    commands: commands.map((command) => ({
      name: command.name(),
      usage: command.usage().replace(/^\[options\]/, '[flags]'),
      description: command.description(),
      flags: help.visibleOptions(command).map(flagOf),
      operand: operandOf(command.registeredArguments[0], names),
    })),
  };
}

function flagOf(option: Option): Flag {
  const { short, long, required, optional, flags } = option;
  const names = [short, long].filter((name) => name !== undefined);
  const [placeholder] = /(?<=[<[]).*(?=[>\]])/.exec(flags) ?? [''];
  const isSwitch = !required && !optional;
  return {
    names,
    description: describe(option),
    value: isSwitch
      ? null
      : { placeholder, isOptional: optional, value: valueOf(long ?? '', placeholder) },
  };
}

/** What a flag means, with its default where it has one. */
function describe({ description, defaultValue, defaultValueDescription }: Option): string {
  if (defaultValue === undefined) return description;
  return `${description} (default: ${defaultValueDescription ?? String(defaultValue)})`;
}

function valueOf(flag: string, placeholder: string): Value {
  if (placeholder === 'file' || placeholder === 'folder') return { kind: 'path' };
  const specification = PARAMETER_NAMES.map((name) => SPECIFICATIONS[name]).find(
    (candidate) => candidate.flag === flag,
  );
  if (specification?.type !== 'choice') return { kind: 'any' };
  const words = wordsOf(specification);
  if (placeholder !== 'list') return { kind: 'words', words };
  return { kind: 'list', words: [...words, { word: 'all', meaning: 'Each of these in turn.' }] };
}

function wordsOf({ options }: ChoiceSpecification): Word[] {
  return Object.entries(options).map(([word, { meaning }]) => ({ word, meaning }));
}

function operandOf(argument: Argument | undefined, commands: readonly Word[]): Value | null {
  if (argument === undefined) return null;
  const { argChoices } = argument;
  if (argChoices !== undefined) {
    return { kind: 'words', words: argChoices.map((word) => ({ word, meaning: '' })) };
  }
  if (argument.name() !== 'command') return { kind: 'path' };
  return argument.variadic ? { kind: 'program' } : { kind: 'words', words: commands };
}
