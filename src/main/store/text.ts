import { foldText } from '#shared/domain/text';

/** A sort key, or null where there is nothing to sort by. */
export const sortKey = (text: string | null | undefined): string | null => (text ? foldText(text) || null : null);
