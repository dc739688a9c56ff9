import type { CommandGrammar, Flag, Grammar, Value, Word } from './grammar.js';

/** Returns the completion for fish 3 and later. */
export function fishCompletion({ name, flags, commands }: Grammar): string {
  const line = (...words: string[]) => `complete -c ${name} ${words.join(' ')}\n`;
  const names = commands.map((command) => command.name).join(' ');
  const atStart = `-n ${quoted(`not __fish_seen_subcommand_from ${names}`)}`;
  return [
    `# Completion of ${name} for fish, made by: ${name} completion fish\n`,
    ...commands.filter(({ operand }) => operand?.kind === 'program').map(programFunction),
    ...flags.map((flag) => line(atStart, ...flagWords(flag))),
    ...commands.map(({ name: word, description }) =>
      line(atStart, '-a', word, '-d', quoted(description)),
    ),
    ...commands.flatMap((command) => commandLines(command, line)),
  ].join('');
}

/** A function that completes a program and its own words, which begin after the flags of the command. */
function programFunction({ flags }: CommandGrammar): string {
  const valued = flags.filter(({ value }) => value !== null).flatMap(({ names }) => names);
  return `
function __gilscope_program
    set -l words (commandline -opc) (commandline -ct)
    set -l at 3
    while test $at -lt (count $words)
        switch $words[$at]
            case --
                set at (math $at + 1)
                break
            case ${valued.join(' ')}
                set at (math $at + 2)
            case '-*'
                set at (math $at + 1)
            case '*'
                break
        end
    end
    # A flag of this command is none of the program's.
    if test $at -eq (count $words); and string match -q -- '-*' $words[-1]
        return
    end
    set -l before (string escape -- $words[$at..-2])
    complete -C (string join ' ' -- $before $words[-1])
end

`;
}

function commandLines(
  { name, flags, operand }: CommandGrammar,
  line: (...words: string[]) => string,
): string[] {
  const here = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
  return [
    ...flags.map((flag) => line(here, ...flagWords(flag))),
    ...(operand === null ? [line(here, '-f')] : [line(here, ...valueWords(operand))]),
  ];
}

function flagWords({ names, description, value }: Flag): string[] {
  return [
    ...names.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)),
    '-d',
    quoted(description),
    // fish knows no flag whose next word may or may not be its value.
    ...(value === null ? ['-f'] : [...valueWords(value.value), '-r']),
  ];
}

function valueWords(value: Value): string[] {
  switch (value.kind) {
    case 'path':
      return ['-F'];
    case 'program':
      return ['-x', '-a', quoted('(__gilscope_program)')];
    case 'words':
      return ['-f', '-a', quoted(value.words.map(described).join(' '))];
    case 'list': {
      const all = value.words.map(({ word }) => word).join('\\n');
      return ['-f', '-a', quoted(`(__fish_complete_list , 'printf "${all}\\n"')`)];
    }
    case 'any':
      return ['-f'];
  }
}

function described({ word, meaning }: Word): string {
  return meaning === '' ? word : `${word}\\t${quoted(meaning)}`;
}

/** In fish's single quotes only a backslash and the quote have a meaning. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
