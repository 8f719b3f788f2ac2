import type { FieldDiff } from '#shared/domain/tags';
import type { WantedFields } from '../../core/tags/change';
import { orderSplices, type KnownSplice } from '../../core/tags/splices';
import { editApe } from './apev2';
import { unparseable, type Carrier, type Edit, type FieldName } from './format';
import { freshId3v23 } from './fresh-id3';
import { diffsOf, id3Warnings, planTargets, type Targets } from './id3-plan';
import { movesChapters } from './id3v2-chapters';
import { editId3 } from './id3v2-edit';
import { id3Carriers, keysOf } from './id3v2-fields';
import { apeValues, carriers, type Mp3 } from './mp3-fields';
import { id3v1GenreSplice } from './mp3-tail';

/** Computes the edit of all tags that an MP3 has: the first ID3v2 tag (or a fresh one), APEv2 and ID3v1 in step. */
export async function editMp3(mp3: Mp3, wanted: WantedFields): Promise<Edit> {
  const carriersOf = (field: FieldName): Carrier[] => carriers(mp3, field);
  const targets = planTargets(wanted, mp3.tags[0] ?? null, mp3.options, carriersOf, (field) => apeValues(mp3, field));
  refuseSecondTag(mp3, targets);
  const parts = [await editLeading(mp3, targets), await editTrailing(mp3, targets)];
  const diffs = diffsOf(targets, carriersOf, (field) => parts.flatMap((part) => part.changed.get(field) ?? []));
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
function refuseSecondTag({ tags, options }: Mp3, targets: Targets): void {
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

async function editLeading({ source, tags, options }: Mp3, targets: Targets): Promise<PartEdit> {
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

async function editTrailing({ source, tail }: Mp3, targets: Targets): Promise<PartEdit> {
  const splices: KnownSplice[] = [];
  const changed = new Map<FieldName, readonly string[]>();
  if (tail.ape) {
    const ape = await editApe(source, tail.ape, targets);
    splices.push(...ape.splices);
    for (const [field, names] of ape.changed) changed.set(field, names);
  }
  const genres = targets.get('genre');
  const genreSplice = tail.id3v1 && genres ? id3v1GenreSplice(tail.id3v1, genres) : null;
  if (genreSplice) {
    splices.push(genreSplice);
    changed.set('genre', [...(changed.get('genre') ?? []), 'ID3v1 genre']);
  }
  return { splices, changed, shift: 0 };
}

async function warningsFor(mp3: Mp3, diffs: readonly FieldDiff[], shift: number): Promise<string[]> {
  const { tags, tail, options, source } = mp3;
  if (diffs.length === 0) return [];
  const [tag = null] = tags;
  const warnings = id3Warnings(tag, diffs, options);
  if (tail.ape && diffs.some((diff) => diff.names.some((name) => name.startsWith('APEv2'))))
    warnings.push('The file also has an APEv2 tag, which would mask the ID3 tag in some players; it is changed along.');
  if (!tag && (tail.id3v1 || tail.ape))
    warnings.push('The file had no ID3v2 tag. Some players will look for title and artist in the new one only.');
  if (tail.id3v1?.hasComment && diffs.some(({ field }) => field === 'comment'))
    warnings.push(
      'The ID3v1 tag at the end keeps its old comment of up to 30 characters, which only old players show.',
    );
  if (tags.length > 1) warnings.push('The file has several ID3v2 tags in succession; the first is changed.');
  if (tag && shift !== 0 && (await movesChapters(source, tag)))
    warnings.push(
      'The chapters name byte positions, which shift because the tag grows; players that go by time are not affected.',
    );
  return warnings;
}
