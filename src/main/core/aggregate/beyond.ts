import { isNamed, type Verdict, type WideGenre } from '#shared/domain/analysis';
import { builtInGenreGraph } from '#shared/domain/genres/graph';

/**
 * A genre verdict in the light of the wide genres: it names nothing, however sure it looks, where the strongest wide genre that is named is none
 * of the verdict's labels nor a kind of one, and no other that is named bears the verdict out. For a softmax spreads all it has over its own
 * labels, and takes ambient for classical and soul for pop (open set recognition, Scheirer et al. 2013); the wide labels are judged each alone.
 * models/lab/RESULTS.md, "Genres that are none of the ten", says how many verdicts it withholds that were right and how many that were wrong.
 *
 * @param wide sorted by score over threshold, largest first. Labels that the built-in graph does not know tell nothing, and of a verdict with
 * such labels ("Pop/Rock") nothing can be told.
 */
export function withWide(verdict: Verdict, wide: readonly WideGenre[] | null): Verdict {
  if (verdict.derived || verdict.abstainReason === 'not-music') return verdict;
  const graph = builtInGenreGraph();
  const isKnown = ({ label }: { readonly label: string }): boolean => graph.find(label) !== null;
  const named = (wide ?? []).filter((genre) => isNamed(genre) && isKnown(genre));
  const [strongest] = named;
  if (!strongest || !verdict.histogram.every(isKnown)) return verdict;
  const isAmongThem = verdict.histogram.some(({ label }) => graph.isWithin(strongest.label, label));
  const isBorneOut = named.some(({ label }) => graph.isWithin(label, verdict.top));
  if (isAmongThem || isBorneOut) return verdict;
  return { ...verdict, abstained: true, abstainReason: 'other-genre', rather: strongest.label };
}
