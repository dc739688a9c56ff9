import type { CommandGrammar, Flag, Grammar } from './grammar.js';

/** What the page says beyond commands and flags. */
export interface ManPageText {
  /** Paragraphs after the description. */
  readonly about: readonly string[];
  /** Text after the flags of a command, by its name. */
  readonly notes: Readonly<Record<string, string>>;
  readonly exitStatus: readonly (readonly [status: string, meaning: string])[];
  readonly examples: readonly (readonly [command: string, meaning: string])[];
}

/** Returns the manual page in the `man` macros of roff: man(7). */
export function manPage(grammar: Grammar, text: ManPageText): string {
  const { name, version, description, flags, commands } = grammar;
  return [
    `.TH ${name.toUpperCase()} 1 "" "Gilscope ${version}" "User Commands"`,
    '.SH NAME',
    `${name} \\- ${plain(description.replace(/\.$/, '').replace(/^./, (first) => first.toLowerCase()))}`,
    '.SH SYNOPSIS',
    synopsis(name, '[--profile FOLDER] [FILE...]'),
    ...commands.flatMap((command) =>
      command.usage
        .split('\n')
        .map((usage) => synopsis(`${name} ${command.name}`, usage.replace(/^.*gilscope \w+ /, ''))),
    ),
    '.SH DESCRIPTION',
    ...text.about.flatMap((paragraph) => ['.PP', plain(paragraph)]),
    '.SH OPTIONS',
    ...flags.map(flagText),
    '.SH COMMANDS',
    ...commands.flatMap((command) => commandText(command, text.notes[command.name])),
    '.SH EXIT STATUS',
    ...text.exitStatus.map(([status, meaning]) => tagged(`\\fB${status}\\fR`, meaning)),
    '.SH EXAMPLES',
    ...text.examples.map(([command, meaning]) => tagged(`\\fB${plain(command)}\\fR`, meaning)),
    '',
  ].join('\n');
}

function synopsis(command: string, usage: string): string {
  return `.PP\n\\fB${plain(command)}\\fR ${plain(usage)}`;
}

function commandText({ name, description, flags }: CommandGrammar, note?: string): string[] {
  return [
    `.SS ${name}`,
    plain(`${description.replace(/^./, (first) => first.toUpperCase())}.`),
    ...flags.map(flagText),
    ...(note === undefined ? [] : ['.PP', plain(note.trim().replaceAll('\n', ' '))]),
  ];
}

function flagText({ names, description, value }: Flag): string {
  const word = value === null ? '' : ` \\fI${plain(value.placeholder)}\\fR`;
  const shown = value?.isOptional === true ? ` [${word.trim()}]` : word;
  return tagged(`\\fB${names.map(plain).join(', ')}\\fR${shown}`, description);
}

function tagged(tag: string, text: string): string {
  return `.TP\n${tag}\n${plain(text)}`;
}

/** Text in which nothing is a command of roff, and dashes are those that are typed. */
function plain(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&');
}
