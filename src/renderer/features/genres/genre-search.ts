import type { Genre } from '#shared/domain/genres/graph';
import { foldLabel } from '#shared/domain/vocabulary';

/**
 * Finds options by what was typed: those that begin with it, then those that hold it, then genres of which another spelling begins with it
 * ("dnb" finds Drum and Bass). Spelling counts as little as it does in comparing genres.
 */
export function genreSearch(genres: readonly Genre[]): (options: readonly string[], typed: string) => string[] {
  const aliases = new Map(genres.map(({ name, aliases: others }) => [foldLabel(name), others.map(foldLabel)]));
  return (options, typed) => {
    const needle = foldLabel(typed);
    if (needle === '') return [...options];
    const rank = (option: string): number => {
      const fold = foldLabel(option);
      if (fold.startsWith(needle)) return 0;
      if (fold.includes(needle)) return 1;
      return aliases.get(fold)?.some((alias) => alias.startsWith(needle)) ? 2 : 3;
    };
    const ranked = options.map((option) => ({ option, rank: rank(option) })).filter((each) => each.rank < 3);
    return ranked.sort((a, b) => a.rank - b.rank).map(({ option }) => option);
  };
}
