/** Folds text for searching and sorting: compatibility forms, case and accents are dropped ("Émile" -> "emile"). */
export const foldText = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim();
