import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { MethodOutput } from '#shared/contract/methods';
import { CodedError } from '#shared/domain/failure';
import { readGenres, type Genre, type GenreGraph } from '#shared/domain/genres/graph';
import { EXIT } from '../../shared/exit';
import { addBackendOptions } from '../../shared/options';
import { withSession, type CliContext, type CommonFlags } from '../session';
import { count, paint, printable } from '../terminal';
import { addGenresClean, addGenresUnmapped } from './genres-clean';

/** The head of an exported file: how its lines are written. */
const HOW_TO = `# Your changes to Genregram's genres. A line each; \`genregram genres import FILE\` takes them over.
#
#   Hard Rock < Rock, Blues Rock = heavy rock    a genre, its parents, its other spellings
#   Rap = hip-hop                                another name for a genre; its kinds and spellings stay
#   ! seen live, favourites                      labels that are no genres
#   - Polka                                      a genre that is to go
#   @artist Miles Davis: Jazz                    what is written for an artist's tracks, whatever is heard;
#   @album-artist ..., @folder Soundtracks: ...  or an album artist's, or those in a folder
#   @only Rock, Electronic, Jazz *               only these are written, others as the one above them; of jazz its kinds, too
`;

export function addGenres(program: Command, context: CliContext): void {
  const genres = program
    .command('genres')
    .description('show the genres that are known, with what stands above and below, and change them');
  addBackendOptions(genres.command('show', { isDefault: true }))
    .description('show one genre, or all of them as a tree')
    .argument('[genre]', 'in any spelling')
    .option('--json', 'print genres as one JSON value')
    .action(async (label: string | undefined, flags: CommonFlags) => {
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const now = await client.call('genres.get', {});
        const { graph } = readGenres(now.text);
        if (label === undefined) {
          output.value(now.genres);
          output.say(...tree(graph), '', count(graph.genres.length, 'genre'));
          return EXIT.done;
        }
        const genre = graph.find(label);
        if (!genre)
          throw new CodedError(
            'not-found',
            `${label} is no genre here. \`genregram genres\` lists them; \`genres import\` adds some.`,
          );
        const kinds = kindsOf(graph, genre.name);
        output.value({ ...genre, ancestors: graph.ancestors(genre.name), kinds });
        output.say(...describe(graph, genre, kinds));
        return EXIT.done;
      });
    });
  addBackendOptions(genres.command('export'))
    .description('write your changes into a text file, to edit it')
    .argument('<file>', 'must not be there yet')
    .option('--built-in', 'the built-in genres instead')
    .action(async (file: string, flags: CommonFlags & { builtIn?: boolean }) => {
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        if (existsSync(file))
          throw new CodedError('invalid-input', `${file} is there already. Name a file that is not.`);
        const now = await client.call('genres.get', {});
        writeFileSync(file, exported(now, flags.builtIn ?? false), { flag: 'wx' });
        output.say(`Written to ${printable(file)}.`);
        return EXIT.done;
      });
    });
  addBackendOptions(genres.command('import'))
    .description('take over the changes in a text file, in the place of those before')
    .argument('<file>', 'as `genres export` writes it')
    .option('--check', 'only say what is wrong with it')
    .option('--json', 'print the problems, or all genres, as one JSON value')
    .action(async (file: string, flags: CommonFlags & { check?: boolean }) => {
      process.exitCode = await withSession(context, flags, async ({ client, output }) => {
        const text = readText(file);
        const problems = await client.call('genres.check', { text });
        for (const { line, message } of problems)
          output.say(`${paint('red', '✗')} ${printable(file)}${line > 0 ? `:${line}` : ''} ${printable(message)}`);
        if (problems.length > 0 || flags.check) {
          output.value(problems);
          output.say(problems.length > 0 ? 'Nothing was changed.' : 'Nothing is wrong with it.');
          return problems.length > 0 ? EXIT.nothingDone : EXIT.done;
        }
        const now = await client.call('genres.set', { text });
        output.value(now.genres);
        output.say(`${count(now.genres.length, 'genre')} now.`);
        return EXIT.done;
      });
    });
  addGenresClean(genres, context);
  addGenresUnmapped(genres, context);
}

const exported = ({ text, builtIn }: MethodOutput<'genres.get'>, wholeBuiltIn: boolean): string => {
  if (wholeBuiltIn) return `${builtIn}\n`;
  return text === '' ? HOW_TO : text;
};

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    throw new CodedError(
      'not-found',
      `${file} can't be read. Name a text file; \`genregram genres export\` makes one.`,
    );
  }
}

/** Names of the genres right below one, in alphabetical order. */
const kindsOf = ({ genres }: GenreGraph, name: string): string[] =>
  genres
    .filter(({ parents }) => parents.includes(name))
    .map((genre) => genre.name)
    .sort((a, b) => a.localeCompare(b));

function describe(graph: GenreGraph, { name, aliases }: Genre, kinds: readonly string[]): string[] {
  const line = (title: string, labels: readonly string[]): string[] =>
    labels.length === 0 ? [] : [`  ${title.padEnd(12)}${printable(labels.join(', '))}`];
  return [
    paint('bold', printable(name)),
    ...line('a kind of', graph.ancestors(name)),
    ...line('kinds of it', kinds),
    ...line('also spelt', aliases),
  ];
}

/** Each genre under each of its parents. */
function tree(graph: GenreGraph): string[] {
  const below = (name: string, depth: number): string[] => [
    `${'  '.repeat(depth)}${printable(name)}`,
    ...kindsOf(graph, name).flatMap((kind) => below(kind, depth + 1)),
  ];
  const broad = graph.genres.filter(({ parents }) => parents.length === 0).map(({ name }) => name);
  return broad.sort((a, b) => a.localeCompare(b)).flatMap((name) => below(name, 0));
}
