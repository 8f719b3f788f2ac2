import { ENVIRONMENT, EXAMPLES, EXIT_CODES, PROGRESS_FIELDS } from './texts';
import type { CommandTree } from './tree';
import { allCommands } from './tree';

/** The manual page in the macros of man(7), made of what the program says of itself. */
export function manualPage(program: CommandTree, version: string): string {
  const commands = allCommands(program).filter(({ path, commands: inner }) => path.length > 1 && inner.length === 0);
  return [
    `.TH GENREGRAM 1 "" "Genregram ${escaped(version)}" "User commands"`,
    '.SH NAME',
    `genregram \\- ${escaped('tag a music library by listening to it')}`,
    '.SH SYNOPSIS',
    ...commands.flatMap(({ path, usage }) => [`.B ${escaped(path.join(' '))}`, escaped(usage), '.br']).slice(0, -1),
    '.SH DESCRIPTION',
    escaped(program.description),
    '.PP',
    escaped(
      'What it hears and what you decide is kept in a library file; music files are written only by the commands that say so, byte by byte, and can be put back.',
    ),
    '.SH COMMANDS',
    ...commands.flatMap(commandPart),
    '.SH PROGRESS',
    escaped('With --progress json every line on the standard error is a JSON object with some of these fields:'),
    ...terms(PROGRESS_FIELDS),
    '.SH EXIT STATUS',
    ...terms(EXIT_CODES.map(([code, meaning]) => [String(code), meaning])),
    '.SH ENVIRONMENT',
    ...terms(ENVIRONMENT),
    '.SH EXAMPLES',
    ...terms(EXAMPLES),
    '',
  ].join('\n');
}

const commandPart = ({ path, usage, description, args, options }: CommandTree): string[] => [
  `.SS "${escaped(path.slice(1).join(' '))} ${escaped(usage)}"`,
  `${sentence(description)}`,
  ...terms(args.filter((arg) => arg.description !== '').map((arg) => [arg.name, arg.description])),
  ...terms(
    options
      .filter(({ long }) => long !== '--help')
      .map(({ flags, description: about, choices, standard }) => [flags, about + values(choices, standard)]),
  ),
];

function values(choices: readonly string[], standard: string | null): string {
  const parts = [
    ...(choices.length > 0 ? [`one of ${choices.map((choice) => `"${choice}"`).join(', ')}`] : []),
    ...(standard === null ? [] : [`default: ${standard}`]),
  ];
  return parts.length > 0 ? ` (${parts.join('; ')})` : '';
}

const terms = (entries: readonly (readonly [string, string])[]): string[] =>
  entries.flatMap(([term, meaning]) => ['.TP', `.B ${escaped(term)}`, escaped(meaning)]);

const sentence = (text: string): string =>
  escaped(text.charAt(0).toUpperCase() + text.slice(1) + (/[.?!]$/.test(text) ? '' : '.'));

/** Text as roff prints it: hyphens that can be copied, quotes that end no argument, and no line that is taken for a request. */
const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replaceAll('…', '...')
    .replaceAll('→', '\\(->')
    .replaceAll('–', '\\(en')
    .replaceAll('’', '\\(cq')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/^([.'])/, '\\&$1');
