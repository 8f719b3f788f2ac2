import type { GenreGraph } from '#shared/domain/genres/graph';
import { nearestAllowed } from '#shared/domain/genres/rules';
import { foldLabel } from '#shared/domain/vocabulary';
import { joined } from './change';
import { resolveGenre } from './genres';

export interface Cleaning {
  /** Splits at a separator also where the parts are no genres of the graph. */
  readonly splitAll?: boolean;
  /** Genres that stay as they are, and such as go; spelling counts as little as in comparing genres. */
  readonly keep: readonly string[];
  readonly drop: readonly string[];
}

/** What programs put between several genres in one text, tried in this order. */
const SEPARATORS = [';', '|', '\\', '/', ',', '•'];

/** What begins like a reference to an ID3v1 genre. Doubled parentheses are one only within ID3, where they are read already. */
const REFERENCE = /^(\(\d|\(RX|\(CR|\d{1,3}$|RX$|CR$)/;

/**
 * The genres of a file by the collector's rules: each under its own name, several in one text apart ("Rock/Pop; Indie", where all parts are
 * genres or labels to be ignored), numbers of ID3v1 as names ("(17)"), what is to be ignored left out, what may not be written as the nearest above it
 * that may, and none twice. What is no genre of the graph stays as it is written, unless there is a list of what may be written. Cleaning twice is cleaning once.
 */
export function cleanGenres(graph: GenreGraph, values: readonly string[], cleaning: Cleaning): readonly string[] {
  const keep = new Set(cleaning.keep.map(foldLabel));
  const drop = new Set(cleaning.drop.map(foldLabel));
  const cleaned = values.flatMap((value) => {
    if (keep.has(foldLabel(value))) return [value];
    return labelsIn(graph, value.trim(), cleaning.splitAll ?? false).flatMap((label) =>
      ownName(graph, label, keep, drop),
    );
  });
  return joined([], cleaned);
}

const isKnown = (graph: GenreGraph, label: string): boolean => graph.find(label) !== null || graph.isIgnored(label);

/** The labels in a text; the text alone where it is not several for certain. */
function labelsIn(graph: GenreGraph, text: string, splitAll: boolean): string[] {
  if (isKnown(graph, text)) return [text];
  const named = REFERENCE.test(text) ? resolveGenre(text) : [text];
  if (named.length !== 1 || named[0] !== text) return named.flatMap((part) => labelsIn(graph, part, splitAll));
  const separator = SEPARATORS.find((sign) => text.includes(sign));
  if (separator === undefined) return [text];
  const parts = text.split(separator).map((part) => part.trim());
  const labels = parts.filter((part) => part !== '').flatMap((part) => labelsIn(graph, part, splitAll));
  return splitAll || labels.every((label) => isKnown(graph, label)) ? labels : [text];
}

function ownName(graph: GenreGraph, label: string, keep: ReadonlySet<string>, drop: ReadonlySet<string>): string[] {
  if (keep.has(foldLabel(label))) return [label];
  const name = graph.find(label)?.name ?? label;
  if ([label, name].some((each) => graph.isIgnored(each) || drop.has(foldLabel(each)))) return [];
  const allowed = nearestAllowed(graph, name);
  return allowed === null || graph.isIgnored(allowed) || drop.has(foldLabel(allowed)) ? [] : [allowed];
}
