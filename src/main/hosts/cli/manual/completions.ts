import { allCommands, typedOptions, type CommandTree, type OptionEntry } from './tree';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** A script that completes the program's commands, options and the values that options may have; for the rest, files. */
export function completionScript(program: CommandTree, shell: Shell): string {
  switch (shell) {
    case 'bash':
      return bash(program);
    case 'zsh':
      return zsh(program);
    case 'fish':
      return fish(program);
  }
}

/** The words after the program's name, as the scripts keep them: ` tags plan`. */
const keyOf = ({ path }: CommandTree): string =>
  path
    .slice(1)
    .map((word) => ` ${word}`)
    .join('');
const namesOf = ({ commands }: CommandTree): string => commands.map(({ path }) => path.at(-1)).join(' ');
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function bash(program: CommandTree): string {
  const trees = allCommands(program);
  const offers = trees.map(
    (tree) =>
      `    ${quoted(keyOf(tree))}) commands=${quoted(namesOf(tree))} options=${quoted(typedOptions(tree).join(' '))} choices=${quoted(tree.args.flatMap(({ choices }) => choices).join(' '))} ;;`,
  );
  const values = trees.flatMap((tree) =>
    tree.options
      .filter(({ takesValue }) => takesValue)
      .map(({ long, choices }) =>
        choices.length > 0
          ? `    ${quoted(`${keyOf(tree)} ${long}`)}) mapfile -t COMPREPLY < <(compgen -W ${quoted(choices.map((choice) => choice.replaceAll(' ', '\\ ')).join(' '))} -- "$cur"); return ;;`
          : `    ${quoted(`${keyOf(tree)} ${long}`)}) compopt -o default 2>/dev/null; return ;;`,
      ),
  );
  return `# Completions of genregram for bash: source this, or put it where bash-completion looks.
_genregram() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path='' i
  local commands='' options='' choices=''
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$path \${COMP_WORDS[i]}" in
      ${trees
        .slice(1)
        .map((tree) => quoted(keyOf(tree)))
        .join('|')}) path="$path \${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path $prev" in
${values.join('\n')}
  esac
  case "$path" in
${offers.join('\n')}
  esac
  if [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
  elif [[ -n $commands$choices ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$commands $choices" -- "$cur")
  else
    compopt -o default 2>/dev/null
  fi
}
complete -F _genregram genregram
`;
}

function zsh(program: CommandTree): string {
  const functions = allCommands(program).map((tree) => {
    const name = functionOf(tree);
    const options = tree.options.map((option) => `    ${zshOption(option)} \\`);
    if (tree.commands.length === 0) {
      const choices = tree.args.flatMap((arg) => arg.choices);
      const rest = choices.length > 0 ? `'1: :(${choices.join(' ')})'` : tree.args.length > 0 ? `'*: :_files'` : '';
      return `${name}() {\n  _arguments -s \\\n${options.join('\n')}\n    ${rest || '&& return'}\n}`;
    }
    const commands = tree.commands.map(
      ({ path, description }) => `    ${quoted(`${path.at(-1)}:${description.replaceAll(':', ' -')}`)}`,
    );
    const cases = tree.commands.map((inner) => `        ${inner.path.at(-1)}) ${functionOf(inner)} ;;`);
    return `${name}() {
  local curcontext="$curcontext" state line
  local -a commands=(
${commands.join('\n')}
  )
  _arguments -C \\
${options.join('\n')}
    '1: :->command' '*:: :->argument'
  case $state in
    command) _describe command commands ;;
    argument)
      case $words[1] in
${cases.join('\n')}
      esac ;;
  esac
}`;
  });
  return `#compdef genregram
# Completions of genregram for zsh: put this into a folder of $fpath as _genregram.
${functions.join('\n')}
_genregram "$@"
`;
}

const functionOf = ({ path }: CommandTree): string => `_${path.join('_')}`;

function zshOption({ long, description, takesValue, choices }: OptionEntry): string {
  const about = description.replace(/[[\]:]/g, ' ');
  const value =
    choices.length > 0 ? `: :(${choices.map((choice) => choice.replaceAll(' ', '\\ ')).join(' ')})` : ': :_files';
  return quoted(`*${long}[${about}]${takesValue ? value : ''}`);
}

function fish(program: CommandTree): string {
  const lines = allCommands(program).flatMap((tree) => {
    const words = tree.path.slice(1);
    const at = (exactly: boolean): string =>
      quoted(`__genregram_at ${exactly ? 'exactly' : 'within'} ${words.join(' ')}`.trim());
    return [
      ...tree.commands.map(
        (inner) => `complete -c genregram -f -n ${at(true)} -a ${inner.path.at(-1)} -d ${quoted(inner.description)}`,
      ),
      ...tree.args.flatMap(({ choices }) =>
        choices.length > 0 ? [`complete -c genregram -f -n ${at(true)} -a ${quoted(choices.join(' '))}`] : [],
      ),
      ...tree.options.map(({ long, short, description, takesValue, choices }) =>
        [
          `complete -c genregram -n ${at(false)} -l ${long?.slice(2)}`,
          ...(short === null ? [] : [`-s ${short.slice(1)}`]),
          ...(takesValue ? (choices.length > 0 ? [`-x -a ${quoted(choices.join(' '))}`] : ['-r']) : []),
          `-d ${quoted(description)}`,
        ].join(' '),
      ),
    ];
  });
  return `# Completions of genregram for fish: put this into ~/.config/fish/completions/genregram.fish.
function __genregram_at
    set -l words (string match -v -- '-*' (commandline -opc))[2..-1]
    set -l wanted $argv[2..-1]
    test (count $words) -ge (count $wanted); or return 1
    test $argv[1] = within; or test (count $words) -eq (count $wanted); or return 1
    for i in (seq (count $wanted))
        test $words[$i] = $wanted[$i]; or return 1
    end
end
${lines.join('\n')}
`;
}
