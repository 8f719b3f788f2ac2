import type { FieldDiff, TagMode } from '#shared/domain/tags';
import { equalLists, joined, mergeValues, type WantedFields } from '../../core/tags/change';
import { resolveGenre } from '../../core/tags/genres';
import { shownValues, wantedFields, type Carrier, type FieldName, type FormatOptions } from './format';
import type { Id3Tag } from './id3v2';
import { clean, groupOf, keysOf, partsOf } from './id3v2-fields';

/** For files that hold a field in several places: what each field is to hold, and what has changed where. */
export type Targets = ReadonlyMap<FieldName, readonly string[]>;
type CarriersOf = (field: FieldName) => readonly Carrier[];

/**
 * A comment is one text; what is added to it, or to be written at once, becomes one with it. A value that the tag (or a new one, null) could not
 * tell from several is taken for these.
 * @param besides what places other than the one that counts hold; adding adds to these too, so that nothing is lost by it.
 * @returns what each field is to hold, also where it already does: places that are out of step are set right.
 */
export function planTargets(
  wanted: WantedFields,
  tag: Id3Tag | null,
  options: FormatOptions,
  carriersOf: CarriersOf,
  besides: (field: FieldName) => readonly string[],
): Targets {
  const targets = new Map<FieldName, readonly string[]>();
  for (const [field, list] of wantedFields(wanted)) {
    const values = clean(list.flatMap((value) => partsOf(tag?.version ?? 3, field, value, options)));
    const shown = shownValues(carriersOf(field));
    const others = wanted.mode === 'add' ? besides(field) : [];
    const target =
      field === 'comment'
        ? mergeTexts(wanted.mode, shown, [...others, ...values], options.joinV23)
        : mergeValues(wanted, field, joined(shown, others), values);
    if (wanted.mode === 'fill' && equalLists(target, shown)) continue;
    targets.set(field, target);
  }
  return targets;
}

/** The same as `mergeValues` for what is one text; what it already has between two joiners is not added again. */
function mergeTexts(
  mode: TagMode,
  shown: readonly string[],
  texts: readonly string[],
  joiner: string,
): readonly string[] {
  if (mode === 'fill' && shown.length > 0) return shown;
  const old = mode === 'add' ? shown.join(joiner) : '';
  const whole = texts.reduce((all, text) => {
    if (all === '') return text;
    return `${joiner}${all}${joiner}`.includes(`${joiner}${text}${joiner}`) ? all : all + joiner + text;
  }, old);
  if (whole === '') return [];
  return whole === shown.join(joiner) ? shown : [whole];
}

/** @param namesOf the names of the places of a field that change. */
export function diffsOf(
  targets: Targets,
  carriersOf: CarriersOf,
  namesOf: (field: FieldName) => readonly string[],
): FieldDiff[] {
  const diffs: FieldDiff[] = [];
  for (const [field, after] of targets) {
    const names = namesOf(field);
    if (names.length === 0) continue;
    const list = carriersOf(field);
    const shown = shownValues(list);
    const differing =
      list.find((carrier) => names.some((name) => name.toUpperCase() === carrier.name.toUpperCase()))?.values ?? shown;
    const before = shown.join('\0') === after.join('\0') ? differing : shown;
    diffs.push({ field, names, before, after });
  }
  return diffs;
}

/** What a user should know about the change of an ID3v2 tag, or of a new one (null). */
export function id3Warnings(tag: Id3Tag | null, diffs: readonly FieldDiff[], options: FormatOptions): string[] {
  const version = tag?.version ?? 3;
  const warnings: string[] = [];
  const inId3 = diffs.filter(({ field, names }) => {
    const keys: readonly string[] = keysOf(version, field);
    return names.some((name) => keys.includes(name.toUpperCase()));
  });
  if (version < 4 && inId3.some(({ after }) => after.length > 1))
    warnings.push(
      `ID3v2.${version} knows one text per field: several values are written as one, joined with "${options.joinV23}".`,
    );
  const genre = inId3.find(({ field }) => field === 'genre');
  if (tag && genre && rewritesNumbers(tag, genre.after))
    warnings.push('The tag has genres as numbers of the old ID3v1 list; those that stay are written out as names.');
  return warnings;
}

/** Does a genre stay that was a number, such as `(17)` or `17`? */
function rewritesNumbers(tag: Id3Tag, after: readonly string[]): boolean {
  const strings = keysOf(tag.version, 'genre').flatMap((key) =>
    groupOf(tag, key).frames.flatMap((frame) => frame.text?.strings ?? []),
  );
  return strings.some(
    (text) => /^(\(\d{1,3}\)|\d{1,3}$)/.test(text) && resolveGenre(text).some((n) => after.includes(n)),
  );
}
