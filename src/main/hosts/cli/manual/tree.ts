import type { Command, Option } from 'commander';

/** What a command line offers, as its own help has it: what completions and the manual page are made from. */
export interface CommandTree {
  /** From the program down: `['genregram', 'tags', 'plan']`. */
  readonly path: readonly string[];
  readonly description: string;
  /** What follows the path: `[options] <file...>`. */
  readonly usage: string;
  readonly args: readonly {
    readonly name: string;
    readonly description: string;
    readonly choices: readonly string[];
  }[];
  readonly options: readonly OptionEntry[];
  readonly commands: readonly CommandTree[];
}

export interface OptionEntry {
  /** `--mode`, `-h`: as typed. */
  readonly long: string | null;
  readonly short: string | null;
  /** `--mode <mode>` */
  readonly flags: string;
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
  /** Null where it has none that is worth saying. */
  readonly standard: string | null;
}

const HELP: OptionEntry = {
  ...{ long: '--help', short: '-h', flags: '-h, --help', description: 'display help for command' },
  ...{ takesValue: false, choices: [], standard: null },
};

export function commandTree(command: Command, above: readonly string[] = []): CommandTree {
  const path = [...above, command.name()];
  return {
    path,
    description: command.description(),
    usage: command.usage(),
    args: command.registeredArguments.map((argument) => ({
      ...{ name: argument.name(), description: argument.description, choices: argument.argChoices ?? [] },
    })),
    options: [...command.options.filter(({ hidden }) => !hidden).map(entry), HELP],
    commands: command.commands.map((one) => commandTree(one, path)),
  };
}

const entry = ({
  long,
  short,
  flags,
  description,
  required,
  optional,
  argChoices,
  defaultValue,
}: Option): OptionEntry => ({
  ...{ long: long ?? null, short: short ?? null, flags, description },
  takesValue: required || optional,
  choices: argChoices ?? [],
  standard: typeof defaultValue === 'string' || typeof defaultValue === 'number' ? String(defaultValue) : null,
});

/** A tree and all below it, from the top. */
export const allCommands = (tree: CommandTree): readonly CommandTree[] => [tree, ...tree.commands.flatMap(allCommands)];

/** The options as they are typed, long ones first. */
export const typedOptions = ({ options }: CommandTree): readonly string[] =>
  options.flatMap(({ long, short }) => [...(long === null ? [] : [long]), ...(short === null ? [] : [short])]);
