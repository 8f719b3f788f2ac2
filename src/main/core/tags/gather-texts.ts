import { TEXTS_LIMITS, type TagTexts } from '#shared/domain/tags';
import { textName } from '#shared/domain/tag-names';

/** Longer names are no names. */
const MOST_NAME = 60;

/** Gathers texts by name, trimmed, each once, as many as are kept. The first sources come first. */
export function gatherTexts(sources: Iterable<readonly [native: string, value: string]>): TagTexts {
  const texts: Record<string, string[]> = {};
  let left: number = TEXTS_LIMITS.values;
  for (const [native, value] of sources) {
    const name = textName(native);
    const text = value.trim().slice(0, TEXTS_LIMITS.characters);
    if (left === 0) break;
    if (text === '' || name === '' || name.length > MOST_NAME || texts[name]?.includes(text)) continue;
    (texts[name] ??= []).push(text);
    left--;
  }
  return texts;
}
