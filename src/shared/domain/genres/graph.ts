import { displayLabel, foldLabel } from '../vocabulary';
import { BUILT_IN_GENRES } from './built-in';
import { parseGenres, type GenreFile, type GenreProblem } from './genre-file';
import { NO_RULES, rulesOf, type GenreRules } from './rules';

/** A genre as the collector writes it. */
export interface Genre {
  readonly name: string;
  /** Names; none for a broad genre. */
  readonly parents: readonly string[];
  readonly aliases: readonly string[];
  /** The names that built-in genres had whose place this one took; models go on saying those. */
  readonly formerly: readonly string[];
}

/**
 * The genres that a collector knows, as a graph: a genre may have several parents, and no genre is its own ancestor. Labels are found by
 * their fold (case, accents and punctuation do not count) or by an alias.
 */
export interface GenreGraph {
  readonly genres: readonly Genre[];
  /** Null for what is no genre here. */
  find(label: string): Genre | null;
  /** Names of everything above a genre, nearest first, each once; empty for what is no genre here. */
  ancestors(label: string): readonly string[];
  /** Whether the first is the second or a kind of it. What is no genre here is only within itself. */
  isWithin(label: string, broader: string): boolean;
  /** True for a label that the collector wants to see nowhere. */
  isIgnored(label: string): boolean;
  /** What is written whatever is heard, and what alone may be written. */
  readonly rules: GenreRules;
}

/** The folds of a line's name and aliases. */
const foldsOf = ({ name, aliases }: Pick<Genre, 'name' | 'aliases'>): string[] => [
  ...new Set([name, ...aliases].map(foldLabel)),
];

/**
 * Builds the graph of one's own file over the built-in one. A line of one's own takes the place of the built-in genre that it names or has as an alias:
 * it keeps that one's other spellings, its kinds and, unless it gives some, its parents. So `Rap = hip-hop` renames.
 */
export function createGenreGraph(own: GenreFile = NO_GENRES): { graph: GenreGraph; problems: GenreProblem[] } {
  const problems: GenreProblem[] = [];
  const genres = new Map<string, Genre>();
  const names = new Map<string, string>();
  for (const line of builtIn().genres) put({ ...line, formerly: [] });
  for (const line of own.genres) {
    replaceBuiltIn(line);
  }
  for (const label of own.removed) remove(label);
  addMissingParents();
  const linked = [...genres.values()].map((genre) => ({ ...genre, parents: genre.parents.map(nameOf) }));
  const bare = graphOf(linked, own);
  const rules = rulesOf(own, bare);
  return { graph: { ...bare, rules: rules.rules }, problems: [...problems, ...rules.problems] };

  function put(genre: Genre): void {
    genres.set(foldLabel(genre.name), {
      name: genre.name,
      parents: genre.parents,
      aliases: genre.aliases,
      formerly: genre.formerly,
    });
    for (const fold of foldsOf(genre)) names.set(fold, genre.name);
  }

  function nameOf(label: string): string {
    return names.get(foldLabel(label)) ?? label;
  }

  function replaceBuiltIn(line: GenreFile['genres'][number]): void {
    const { name, line: number } = line;
    if (own.genres.some((other) => other.line < number && foldLabel(other.name) === foldLabel(name))) {
      problems.push({ line: number, message: `“${name}” has a line already; put both into one.` });
      return;
    }
    const former = [...new Set(foldsOf(line).map((fold) => names.get(fold)))].flatMap(
      (known) => genres.get(foldLabel(known ?? '')) ?? [],
    );
    const taken = former.find((known) => own.genres.some((other) => other.line < number && other.name === known.name));
    if (taken) {
      problems.push({
        line: number,
        message: `“${name}” shares a spelling with “${taken.name}”, which has a line of its own.`,
      });
      return;
    }
    for (const known of former) genres.delete(foldLabel(known.name));
    const aliases = [...line.aliases, ...former.flatMap((known) => [known.name, ...known.aliases])];
    const genre = { name, aliases: [...new Set(aliases)].filter((alias) => foldLabel(alias) !== foldLabel(name)) };
    const formerly = former.map((known) => known.name);
    put({ ...genre, parents: [], formerly });
    const wanted = line.parents.length > 0 ? line.parents : former.flatMap((known) => known.parents);
    const parents: string[] = [];
    for (const parent of new Set(wanted.map(nameOf))) {
      if (!leadsTo(parent, name)) parents.push(parent);
      else if (line.parents.some((given) => nameOf(given) === parent))
        problems.push({
          line: number,
          message: `“${name}” can’t be a kind of “${parent}”: that is a kind of it, or the same.`,
        });
    }
    put({ ...genre, parents, formerly });
  }

  /** Whether the first is the second or below it. */
  function leadsTo(label: string, broader: string): boolean {
    const above = new Set([nameOf(label)]);
    for (const name of above)
      for (const parent of genres.get(foldLabel(name))?.parents ?? []) above.add(nameOf(parent));
    return above.has(nameOf(broader));
  }

  function remove(label: string): void {
    const genre = genres.get(foldLabel(nameOf(label)));
    if (!genre) {
      problems.push({ line: 0, message: `“${label}” is to go, but is no genre here.` });
      return;
    }
    genres.delete(foldLabel(genre.name));
    for (const fold of foldsOf(genre)) names.delete(fold);
    for (const [key, other] of genres) {
      if (!other.parents.some((parent) => foldLabel(parent) === foldLabel(genre.name))) continue;
      const parents = other.parents.flatMap((parent) =>
        foldLabel(parent) === foldLabel(genre.name) ? genre.parents : [parent],
      );
      genres.set(key, { ...other, parents: [...new Set(parents)] });
    }
  }

  function addMissingParents(): void {
    for (const { parents } of [...genres.values()])
      for (const parent of parents)
        if (!genres.has(foldLabel(nameOf(parent)))) put({ name: parent, parents: [], aliases: [], formerly: [] });
  }
}

/** The graph of a text of one's own (see `parseGenres`), and what is wrong in it, in the order of its lines. */
export function readGenres(text: string): { graph: GenreGraph; problems: GenreProblem[] } {
  const { file, problems } = parseGenres(text);
  const { graph, problems: more } = createGenreGraph(file);
  return { graph, problems: [...problems, ...more].sort((a, b) => a.line - b.line) };
}

function graphOf(genres: readonly Genre[], own: GenreFile): GenreGraph {
  const byFold = new Map<string, Genre>();
  for (const genre of genres) for (const fold of foldsOf(genre).reverse()) byFold.set(fold, genre);
  // A name beats another genre's alias.
  for (const genre of genres) byFold.set(foldLabel(genre.name), genre);
  const ignored = new Set(own.ignored.map(foldLabel));
  const above = new Map<string, readonly string[]>();

  const find = (label: string): Genre | null => byFold.get(foldLabel(label)) ?? null;
  const ancestors = (label: string): readonly string[] => {
    const genre = find(label);
    if (!genre) return [];
    const known = above.get(genre.name);
    if (known) return known;
    const found = new Set(genre.parents);
    for (const name of found) for (const parent of find(name)?.parents ?? []) found.add(parent);
    above.set(genre.name, [...found]);
    return [...found];
  };
  return {
    genres,
    find,
    ancestors,
    isWithin: (label, broader) => {
      const fold = foldLabel(find(broader)?.name ?? broader);
      if (foldLabel(find(label)?.name ?? label) === fold) return true;
      return ancestors(label).some((name) => foldLabel(name) === fold);
    },
    isIgnored: (label) => ignored.has(foldLabel(label)),
    rules: NO_RULES,
  };
}

const NO_GENRES: GenreFile = { genres: [], ignored: [], removed: [], overrides: [], only: [] };

let parsed: GenreFile | null = null;
function builtIn(): GenreFile {
  parsed ??= parseGenres(BUILT_IN_GENRES).file;
  return parsed;
}

let standard: GenreGraph | null = null;
/** The built-in graph alone. */
export function builtInGenreGraph(): GenreGraph {
  standard ??= createGenreGraph().graph;
  return standard;
}

/**
 * The folds of all that a track with these genres of its own is: of each label as it is written, of the genre that it stands for, of all above that,
 * and of what models call these.
 */
export function foldsOfOwn(graph: GenreGraph, labels: readonly string[]): string[] {
  const names = labels.flatMap((label) => {
    const genre = graph.find(label);
    return genre ? [label, genre.name, ...graph.ancestors(label)] : [label];
  });
  return [...new Set(names.flatMap((name) => [name, ...(graph.find(name)?.formerly ?? [])]).map(foldLabel))];
}

/** How the collector writes a genre that a model names; null for a label that is to be seen nowhere. */
export function writtenGenre(graph: GenreGraph, label: string): string | null {
  return graph.isIgnored(label) ? null : (graph.find(label)?.name ?? displayLabel(label));
}
