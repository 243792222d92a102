import { Argument, type Command } from 'commander';
import type { Terminal } from './terminal.ts';

const shells = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof shells)[number];

/** `sluis completion`: what the shell proposes comes from the commands themselves. */
export function addCompletion(program: Command, terminal: Terminal): void {
  program
    .command('completion')
    .description('words that your shell completes: source <(sluis completion bash)')
    .addArgument(new Argument('<shell>').choices(shells))
    .action((shell: Shell) => {
      terminal.out.write(scripts[shell](wordsOf(program)));
    });
}

/** What may follow a command: by its words, separated by spaces; empty for `sluis` itself. */
type Words = ReadonlyMap<string, readonly string[]>;

function wordsOf(command: Command, path: readonly string[] = []): Words {
  const options = command.options.flatMap(({ long }) => long ?? []);
  const own = [...command.commands.map((one) => one.name()), ...options, '--help'];
  const below = command.commands.flatMap((one) => [...wordsOf(one, [...path, one.name()])]);
  return new Map([[path.join(' '), own], ...below]);
}

const scripts: Readonly<Record<Shell, (words: Words) => string>> = {
  bash: (words) => `_sluis() {
  local path="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
      ${paths(words)}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases(words, (list) => `COMPREPLY=($(compgen -W "${list}" -- "\${COMP_WORDS[COMP_CWORD]}"))`)}
  esac
}
complete -o default -F _sluis sluis
`,
  zsh: (words) => `#compdef sluis
_sluis() {
  local path="" word
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${path:+$path }$word" in
      ${paths(words)}) path="\${path:+$path }$word" ;;
    esac
  done
  case "$path" in
${cases(words, (list) => `compadd -- ${list}`)}
  esac
}
compdef _sluis sluis
`,
  fish: (words) => `function __sluis_words
  set -l path
  for word in (commandline -opc)[2..]
    switch (string join ' ' $path $word)
      case ${quoted(words)}
        set path $path $word
    end
  end
  switch (string join ' ' $path)
${[...words].map(([path, list]) => `    case '${path}'\n      printf '%s\\n' ${list.join(' ')}`).join('\n')}
  end
end
complete -c sluis -f -a '(__sluis_words)'
`,
};

/** Every command but `sluis` itself. */
function named(words: Words): readonly string[] {
  return [...words.keys()].filter((path) => path !== '');
}

function paths(words: Words): string {
  return named(words)
    .map((path) => `"${path}"`)
    .join(' | ');
}

function quoted(words: Words): string {
  return named(words)
    .map((path) => `'${path}'`)
    .join(' ');
}

function cases(words: Words, line: (list: string) => string): string {
  return [...words].map(([path, list]) => `    "${path}") ${line(list.join(' '))} ;;`).join('\n');
}
