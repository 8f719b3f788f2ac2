import type { WantedFields } from '../../core/tags/change';
import { equalLists } from '../../core/tags/change';
import type { ByteSource } from '../files/byte-source';
import { mediaParts, type Mp4Box } from '../files/payload/mp4';
import { unparseable, type Edit, type FieldName, type KeptPart, type ParsedTags } from './format';
import { readMp4, type Mp4 } from './mp4-boxes';
import { itemSplices } from './mp4-edit';
import { isOf, itemCarriers, itemKey, itemValues } from './mp4-items';
import { planFields } from './plan-fields';

/**
 * Parses an MP4 file (ISO/IEC 14496-12; M4A, M4B, audio or video) with iTunes' metadata in moov/udta/meta/ilst. Only headers, tables and the
 * list's own items are read, never the media data.
 */
export async function parseMp4(source: ByteSource): Promise<ParsedTags> {
  const mp4 = await readMp4(source);
  const audio = mediaParts(mp4.top);
  if (audio.length === 0) throw unparseable('The MP4 file has no media data.');
  return {
    format: formatName(mp4),
    audio,
    carriers: (field) => itemCarriers(mp4.items, field).filter(({ values }) => values.length > 0),
    kept: (named) => keptParts(mp4, ['genre', 'mood', ...named]),
    holds: (field, values) => equalLists(itemValues(mp4.items, field), values),
    edit: (wanted) => edit(mp4, wanted),
  };
}

function formatName({ brand, tracks }: Mp4): string {
  const codecs = tracks.flatMap(({ codec }) => codec ?? []);
  const kinds = [...(/^M4[AB] $/.test(brand) ? [brand.trim()] : []), ...new Set(codecs)];
  return kinds.length > 0 ? `MP4 (${kinds.join(', ')})` : 'MP4';
}

/** All but what an edit has to change: sizes, chunk offsets, empty space, and our fields. */
function keptParts(mp4: Mp4, fields: readonly FieldName[]): KeptPart[] {
  const spaces = new Set(mp4.spaces.map(({ box }) => box));
  const parts: KeptPart[] = [];
  const keep = (label: string, offset: number, end: number): void => {
    parts.push({ label, offset, length: end - offset });
  };
  /** Keeps the boxes whole but those that `open` takes apart. */
  const walk = (boxes: readonly Mp4Box[], open: (box: Mp4Box) => (() => void) | null): void => {
    for (const box of boxes) {
      const inner = spaces.has(box) ? () => undefined : open(box);
      if (inner) inner();
      else keep(box.type, box.start, box.end);
    }
  };
  const list = (): void => {
    for (const item of mp4.items)
      if (!fields.some((field) => isOf(item, field))) keep(`item ${item.key}`, item.start, item.end);
  };
  // A handler of ours comes and goes with the list.
  const meta = (): void =>
    walk(mp4.metaBoxes, (box) => (box === mp4.ilst ? list : box === mp4.hdlr && mp4.ownHdlr ? () => undefined : null));
  const udta = (): void => {
    walk(mp4.udtaBoxes, (box) => (box === mp4.meta ? meta : null));
    const end = mp4.udtaBoxes.at(-1)?.end ?? mp4.udta!.body;
    if (end < mp4.udta!.end) keep('end of udta', end, mp4.udta!.end);
  };
  const moov = (): void =>
    walk(mp4.moovBoxes, (box) => {
      const track = mp4.tracks.find((candidate) => candidate.box === box);
      if (track)
        return () => {
          keep('trak before its offsets', box.start, track.chunks.start);
          keep('trak after its offsets', track.chunks.end, box.end);
        };
      return box === mp4.udta ? udta : null;
    });
  walk(mp4.top, (box) => {
    if (box === mp4.moov) return moov;
    return box.type === 'mdat' ? () => keep('header of mdat', box.start, box.body) : null;
  });
  return parts;
}

async function edit(mp4: Mp4, wanted: WantedFields): Promise<Edit> {
  const { targets, diffs } = planFields(wanted, (field) => itemValues(mp4.items, field), keyOf(mp4));
  const splices = targets.size === 0 ? [] : await itemSplices(mp4, targets);
  return { splices, diffs, warnings: targets.has('genre') ? genreWarnings(mp4) : [], expected: targets };
}

/** The name by which the file has a field, else by which it will have it. */
const keyOf =
  ({ items }: Mp4) =>
  (field: FieldName): string =>
    itemCarriers(items, field).find(({ name }) => name !== 'gnre')?.name ?? itemKey(field);

function genreWarnings({ items, udtaBoxes }: Mp4): string[] {
  const warnings: string[] = [];
  if (items.some(({ key }) => key === 'gnre'))
    warnings.push('The genre as a number (gnre), which can only name one of a list, is replaced by its text (©gen).');
  const others = [
    ...items.filter(({ key }) => /^----:com\.apple\.itunes:genre$/i.test(key)).map(({ key }) => key),
    ...udtaBoxes.filter(({ type }) => type === 'gnre' || type === '\xa9gen').map(({ type }) => `udta/${type}`),
  ];
  if (others.length > 0)
    warnings.push(
      `The file also has a genre in another place (${others.join(', ')}), which is left as it is and may show other values.`,
    );
  return warnings;
}
