import type { Agreement } from './comparison';

/** What a sentence on agreement is made of. */
interface Naming {
  /** A model's name by its place. */
  readonly model: (index: number) => string;
  /** A label as it is shown. */
  readonly label: (label: string) => string;
}

/**
 * Whether the models agree, in a sentence: "All 3 name Rock.", "2 of 3 name Rock; Base names Pop.", "No two agree: …". Null where fewer
 * than two have heard the track, so that there is nothing to say.
 */
export function agreementSentence({ heard, groups, silent }: Agreement, { model, label }: Naming): string | null {
  if (heard < 2) return null;
  const unsure = silent.length > 0 ? `${list(silent.map(model))} ${silent.length > 1 ? 'name' : 'names'} none` : null;
  const [first, ...rest] = groups;
  if (!first) return heard === 2 ? 'Neither names any.' : `None of the ${heard} names any.`;
  const size = first.models.length;
  if (size === heard) return `${heard === 2 ? 'Both' : `All ${heard}`} name ${label(first.label)}.`;
  const says = (group: Agreement['groups'][number]): string =>
    `${list(group.models.map(model))} ${group.models.length > 1 ? 'name' : 'names'} ${label(group.label)}`;
  if (size === 1 && groups.length > 1)
    return `${heard === 2 ? 'They disagree' : 'No two agree'}: ${[...groups.map(says), ...(unsure ? [unsure] : [])].join(', ')}.`;
  const begin = size === 1 ? says(first) : `${size} of ${heard} name ${label(first.label)}`;
  return `${[begin, ...rest.map(says), ...(unsure ? [unsure] : [])].join('; ')}.`;
}

const list = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
