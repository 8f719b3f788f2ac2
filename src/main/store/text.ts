/** Folds text for searching and sorting: compatibility forms, case and accents are dropped ("Émile" -> "emile"). */
export const foldText = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();

/** A sort key, or null where there is nothing to sort by. */
export const sortKey = (text: string | null | undefined): string | null => (text ? foldText(text) || null : null);

/** The words of a search, folded; all of them must occur. */
export const searchWords = (text: string): string[] => foldText(text).split(/\s+/).filter(Boolean);
