import type { CommandGrammar, Flag, Grammar, Value } from './grammar.js';

/** Returns the completion for bash 3.2 and later, which needs no other scripts. */
export function bashCompletion({ name, flags, commands }: Grammar): string {
  const rootWords = [...commands.map((command) => command.name), ...namesOf(flags)].join(' ');
  return `# Completion of ${name} for bash, made by: ${name} completion bash
_${name}_words() {
  local IFS=$' \\n'
  COMPREPLY=($(compgen -W "$1" -- "$cur"))
}

# Values that commas join: the last of them is completed.
_${name}_list() {
  local IFS=$' \\n' before=
  [[ $cur == *,* ]] && before=\${cur%,*},
  COMPREPLY=($(compgen -P "$before" -W "$1" -- "\${cur##*,}"))
  compopt -o nospace 2>/dev/null
}

_${name}_path() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$cur"))
}

# A program and its own words, which begin at a word of the line.
_${name}_program() {
  if declare -F _command_offset >/dev/null; then
    _command_offset "$1"
  elif ((COMP_CWORD == $1)); then
    local IFS=$'\\n'
    COMPREPLY=($(compgen -c -- "$cur" | sort -u))
  else
    _${name}_path
  fi
}

# Where the words begin that are no flags. The argument has the flags that take a value.
_${name}_operand() {
  local i
  for ((i = 2; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      --) ((i++)) && break ;;
      -*)
        if [[ \${COMP_WORDS[i + 1]} == = ]]; then
          ((i += 2))
        elif [[ " $1 " == *" \${COMP_WORDS[i]} "* ]]; then
          ((i++))
        fi
        ;;
      *) break ;;
    esac
  done
  echo "$i"
}

_${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]} operand
  COMPREPLY=()
  # To bash, an equals sign is a word.
  if [[ $cur == = ]]; then
    cur=
  elif [[ $prev == = ]]; then
    prev=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if ((COMP_CWORD == 1)); then
    if [[ -n $cur && $cur != -* ]]; then _${name}_path; fi
    local paths=("\${COMPREPLY[@]}")
    _${name}_words '${rootWords}'
    COMPREPLY+=("\${paths[@]}")
    return
  fi
  case \${COMP_WORDS[1]} in
${commands.map((command) => commandCase(name, command)).join('')}    *)
      _${name}_path
      ;;
  esac
}
complete -F _${name} ${name}
`;
}

function commandCase(program: string, { name, flags, operand }: CommandGrammar): string {
  const call = (value: Value) => callOf(program, value);
  const valued = flags.filter(({ value }) => value !== null);
  const programStart =
    operand?.kind === 'program'
      ? `      operand=$(_${program}_operand '${namesOf(valued).join(' ')}')
      if ((operand < COMP_CWORD)) || [[ $cur != -* && $operand == "$COMP_CWORD" && $prev == -- ]]; then
        _${program}_program "$operand"
        return
      fi
`
      : '';
  const values = valued
    .map(
      ({ names, value }) =>
        `        ${names.join(' | ')}) ${value?.isOptional === true ? '[[ $cur == -* ]] || ' : ''}{ ${call(value?.value ?? { kind: 'any' })}; return; } ;;\n`,
    )
    .join('');
  const rest = operand === null ? ':' : call(operand);
  return `    ${name})
${programStart}${values === '' ? '' : `      case $prev in\n${values}      esac\n`}      if [[ $cur == -* ]]; then
        _${program}_words '${namesOf(flags).join(' ')}'
      else
        ${rest}
      fi
      ;;
`;
}

function callOf(program: string, value: Value): string {
  switch (value.kind) {
    case 'path':
      return `_${program}_path`;
    case 'program':
      return `_${program}_program "$operand"`;
    case 'words':
    case 'list':
      return `_${program}_${value.kind} '${value.words.map(({ word }) => word).join(' ')}'`;
    case 'any':
      return ':';
  }
}

function namesOf(flags: readonly Flag[]): string[] {
  return flags.flatMap(({ names }) => names);
}
