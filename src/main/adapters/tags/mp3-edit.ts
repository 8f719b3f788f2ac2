import type { FieldDiff } from '#shared/domain/tags';
import { equalLists, joined, mergeValues, type WantedFields } from '../../core/tags/change';
import { id3v1GenreByte } from '../../core/tags/genres';
import { orderSplices, type KnownSplice } from '../../core/tags/splices';
import { editApe } from './apev2';
import { shownValues, unparseable, wantedFields, type Edit, type FieldName } from './format';
import { freshId3v23 } from './fresh-id3';
import { movesChapters } from './id3v2-chapters';
import { editId3 } from './id3v2-edit';
import { id3Carriers, keysOf } from './id3v2-fields';
import { apeValues, carriers, type Mp3 } from './mp3-fields';

/** Computes the edit of all tags that an MP3 has: the first ID3v2 tag (or a fresh one), APEv2 and ID3v1 in step. */
export async function editMp3(mp3: Mp3, wanted: WantedFields): Promise<Edit> {
  const targets = new Map<FieldName, readonly string[]>();
  for (const [field, values] of wantedFields(wanted)) {
    const shown = shownValues(carriers(mp3, field));
    // Nothing is lost by adding: what only the APE tag had is added to as well.
    const base = wanted.mode === 'add' ? joined(shown, apeValues(mp3, field)) : shown;
    const target = mergeValues(wanted, field, base, values);
    if (wanted.mode === 'fill' && equalLists(target, shown)) continue;
    targets.set(field, target);
  }
  refuseSecondTag(mp3, targets);
  const parts = [await editLeading(mp3, targets), await editTrailing(mp3, targets)];
  const diffs: FieldDiff[] = [];
  for (const [field, after] of targets) {
    const names = parts.flatMap((part) => part.changed.get(field) ?? []);
    if (names.length === 0) continue;
    const list = carriers(mp3, field);
    const shown = shownValues(list);
    const differing =
      list.find((carrier) => names.some((name) => name.toUpperCase() === carrier.name.toUpperCase()))?.values ?? shown;
    const before = shown.join('\0') === after.join('\0') ? differing : shown;
    diffs.push({ field, names, before, after });
  }
  return {
    splices: orderSplices(
      parts.flatMap((part) => part.splices),
      mp3.source.size,
    ),
    diffs,
    warnings: await warningsFor(mp3, diffs, parts[0]?.shift ?? 0),
    expected: new Map(diffs.map((diff) => [diff.field, diff.after])),
  };
}

/** With two tags in succession readers disagree which counts; that matters as soon as another than the first holds our field. */
function refuseSecondTag({ tags, options }: Mp3, targets: ReadonlyMap<FieldName, unknown>): void {
  for (const tag of tags.slice(1))
    for (const field of targets.keys())
      if (id3Carriers(tag, field, options).length > 0)
        throw unparseable(`There are several ID3v2 tags in succession, and not only the first holds a ${field}.`);
}

interface PartEdit {
  readonly splices: readonly KnownSplice[];
  readonly changed: ReadonlyMap<FieldName, readonly string[]>;
  readonly shift: number;
}

async function editLeading(
  { source, tags, options }: Mp3,
  targets: ReadonlyMap<FieldName, readonly string[]>,
): Promise<PartEdit> {
  const [tag] = tags;
  if (tag) return editId3(source, tag, targets, options);
  const present = [...targets].filter(([, values]) => values.length > 0);
  if (present.length === 0) return { splices: [], changed: new Map(), shift: 0 };
  const insert = freshId3v23(new Map(present), options);
  return {
    splices: [{ offset: 0, remove: 0, removed: new Uint8Array(0), insert }],
    changed: new Map(present.map(([field]) => [field, [keysOf(3, field)[0]]])),
    shift: insert.length,
  };
}

async function editTrailing(
  { source, tail }: Mp3,
  targets: ReadonlyMap<FieldName, readonly string[]>,
): Promise<PartEdit> {
  const splices: KnownSplice[] = [];
  const changed = new Map<FieldName, readonly string[]>();
  if (tail.ape) {
    const ape = await editApe(source, tail.ape, targets);
    splices.push(...ape.splices);
    for (const [field, names] of ape.changed) changed.set(field, names);
  }
  const genres = targets.get('genre');
  if (tail.id3v1 && genres && tail.id3v1.genreByte !== id3v1GenreByte(genres[0])) {
    if (!tail.id3v1.plausible) throw unparseable('What looks like an ID3v1 tag at the end of the file holds no text.');
    splices.push({
      offset: tail.id3v1.start + 127,
      remove: 1,
      removed: Uint8Array.of(tail.id3v1.genreByte),
      insert: Uint8Array.of(id3v1GenreByte(genres[0])),
    });
    changed.set('genre', [...(changed.get('genre') ?? []), 'ID3v1 genre']);
  }
  return { splices, changed, shift: 0 };
}

async function warningsFor(mp3: Mp3, diffs: readonly FieldDiff[], shift: number): Promise<string[]> {
  const { tags, tail, options, source } = mp3;
  if (diffs.length === 0) return [];
  const warnings: string[] = [];
  const [tag] = tags;
  if (
    (tag?.version ?? 3) < 4 &&
    diffs.some((diff) => diff.after.length > 1 && diff.names.some((name) => name.startsWith('T')))
  )
    warnings.push(
      `ID3v2.${tag?.version ?? 3} knows one text per field: several values are written as one, joined with "${options.joinV23}".`,
    );
  if (tail.ape && diffs.some((diff) => diff.names.some((name) => name.startsWith('APEv2'))))
    warnings.push('The file also has an APEv2 tag, which would mask the ID3 tag in some players; it is changed along.');
  if (!tag && (tail.id3v1 || tail.ape))
    warnings.push('The file had no ID3v2 tag. Some players will look for title and artist in the new one only.');
  if (tags.length > 1) warnings.push('The file has several ID3v2 tags in succession; the first is changed.');
  if (tag && shift !== 0 && (await movesChapters(source, tag)))
    warnings.push(
      'The chapters name byte positions, which shift because the tag grows; players that go by time are not affected.',
    );
  return warnings;
}
