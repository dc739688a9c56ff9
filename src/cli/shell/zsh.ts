import type { CommandGrammar, Flag, Grammar, Value, Word } from './grammar.js';

/** Returns the completion for zsh, to be put into a folder of its fpath or read by `source`. */
export function zshCompletion({ name, flags, commands }: Grammar): string {
  return `#compdef ${name}
# Completion of ${name} for zsh, made by: ${name} completion zsh

_${name}() {
  local curcontext="$curcontext" state line
  typeset -A opt_args
  local -a known=(
${commands.map(({ name: word, description }) => `    ${quoted(`${escaped(word)}:${description}`)}\n`).join('')}  )
  _arguments -C ${lines([...flags.map(flagSpec), quoted('1: :->command'), quoted('*:: :->words')])}
  case $state in
    command)
      _describe -t commands command known
      _files
      ;;
    words)
      case $words[1] in
${commands.map(commandCase).join('')}        *) _files ;;
      esac
      ;;
  esac
}

if [[ $funcstack[1] == _${name} ]]; then
  _${name} "$@"
else
  compdef _${name} ${name}
fi
`;
}

function commandCase({ name, flags, operand }: CommandGrammar): string {
  const rest =
    operand === null
      ? []
      : [quoted(`*:${operand.kind === 'program' ? ':' : ''} :${actionOf(operand)}`)];
  // A program has its own flags, from its name on.
  const options = operand?.kind === 'program' ? '-S -A "-*" ' : '-S ';
  // _arguments does not see dashes that follow the command at once.
  const dashes =
    operand?.kind === 'program'
      ? `          if ((CURRENT > 2)) && [[ $words[2] == -- ]]; then
            words[2]=()
            ((CURRENT--))
          fi
`
      : '';
  return `        ${name})
${dashes}          _arguments ${options}${lines([...flags.map(flagSpec), ...rest], 12)}
          ;;
`;
}

/** A flag as `_arguments` reads it: `--json=[write the report]:file:_files`. */
function flagSpec({ names, description, value }: Flag): string {
  const [first = ''] = names;
  const others = names.length > 1 ? `(${names.join(' ')})` : '';
  const specs = names.map((flag) => {
    if (value === null) return quoted(`${others}${flag}[${escaped(description)}]`);
    const optional = value.isOptional ? ':' : '';
    const assigns = flag.startsWith('--') && !value.isOptional ? '=' : '';
    return quoted(
      `${others}${flag}${assigns}[${escaped(description)}]${optional}:${escaped(value.placeholder)}:${actionOf(value.value)}`,
    );
  });
  return first === '' ? '' : specs.join(' ');
}

function actionOf(value: Value): string {
  switch (value.kind) {
    case 'path':
      return '_files';
    case 'program':
      return '_normal -p gilscope';
    case 'words':
      return `((${value.words.map(described).join(' ')}))`;
    case 'list':
      return `_values -s , value ${value.words.map(({ word }) => word).join(' ')}`;
    case 'any':
      return ' ';
  }
}

function described({ word, meaning }: Word): string {
  return `${escaped(word)}\\:${escaped(JSON.stringify(meaning))}`;
}

/** What zsh's own separators are taken out of their meaning in. */
function escaped(text: string): string {
  return text.replace(/[\\:[\]]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function lines(specs: readonly string[], indent = 4): string {
  return specs.map((spec) => `\\\n${' '.repeat(indent)}${spec}`).join(' ');
}
