import { byteAt, startsWith } from '../../core/tags/bytes';
import { equalLists, type WantedFields } from '../../core/tags/change';
import type { ByteSource } from '../files/byte-source';
import { id3v2End } from './sniff';
import { unparseable, type Edit, type FieldName, type KeptPart, type ParsedTags } from './format';
import { planFields } from './plan-fields';
import { commentSplices, PADDING, readBlocks, VORBIS_COMMENT, type Block } from './flac-blocks';
import {
  commentKey,
  commentValues,
  otherComments,
  OUR_VENDOR,
  parseComments,
  type VorbisComments,
} from './vorbis-comments';

interface Flac {
  readonly source: ByteSource;
  readonly blocks: readonly Block[];
  readonly comments: VorbisComments | null;
  readonly audioStart: number;
}

/**
 * Parses a FLAC file (RFC 9639): "fLaC", STREAMINFO, other metadata blocks (section 8), frames. ID3v2 tags before it, which some programs put
 * there and FLAC knows nothing of, are left alone.
 */
export async function parseFlac(source: ByteSource): Promise<ParsedTags> {
  const magic = await id3v2End(source);
  if (magic === null || magic + 8 > source.size || !startsWith(await source.read(magic, 4), 'fLaC'))
    throw unparseable('The file does not start with the FLAC signature.');
  const blocks = await readBlocks(source, magic + 4);
  const audioStart = blocks.at(-1)?.end ?? 0;
  const sync = audioStart + 2 <= source.size ? await source.read(audioStart, 2) : new Uint8Array(2);
  // Frame sync code 0b111111111111100 and the blocking strategy bit (section 9.1).
  if (byteAt(sync, 0) !== 0xff || (byteAt(sync, 1) & 0xfe) !== 0xf8)
    throw unparseable('No FLAC audio follows the metadata blocks.');
  const found = blocks.filter((block) => block.type === VORBIS_COMMENT);
  if (found.length > 1) throw unparseable('The FLAC file has two blocks of Vorbis comments.');
  const [block] = found;
  const comments = block ? await parseComments(source, block.start + 4, block.end) : null;
  const flac: Flac = { source, blocks, comments, audioStart };
  return {
    format: magic > 0 ? 'FLAC (after an ID3v2 tag)' : 'FLAC',
    audio: [{ offset: audioStart, length: source.size - audioStart }],
    carriers: (field) => {
      const values = valuesOf(flac, field);
      return values.length > 0 ? [{ name: commentKey(field), values }] : [];
    },
    kept: (custom) => keptParts(flac, magic, custom),
    holds: (field, values) => equalLists(valuesOf(flac, field), values),
    edit: (wanted) => edit(flac, wanted, magic > 0),
  };
}

const valuesOf = ({ comments }: Flac, field: FieldName): string[] => (comments ? commentValues(comments, field) : []);

function keptParts({ blocks, comments }: Flac, magic: number, custom: readonly FieldName[]): KeptPart[] {
  const parts: KeptPart[] = [{ label: 'before fLaC', offset: 0, length: magic + 4 }];
  for (const block of blocks) {
    if (block.type === PADDING) continue;
    if (block.type !== VORBIS_COMMENT) {
      // Without the header: its flag moves when a block is added behind it.
      parts.push({ label: `FLAC block ${block.type}`, offset: block.start + 4, length: block.end - block.start - 4 });
      continue;
    }
    if (!comments) continue;
    // Ours comes and goes with the block.
    if (comments.vendor !== OUR_VENDOR)
      parts.push({ label: 'vendor', offset: comments.start, length: 4 + comments.vendorLength });
    for (const entry of otherComments(comments, custom))
      parts.push({ label: `comment ${entry.key}`, offset: entry.start, length: entry.end - entry.start });
  }
  return parts;
}

async function edit(flac: Flac, wanted: WantedFields, afterId3: boolean): Promise<Edit> {
  const { targets, diffs } = planFields(wanted, (field) => valuesOf(flac, field), commentKey);
  const splices = targets.size === 0 ? [] : await commentSplices(flac.source, flac.blocks, flac.comments, targets);
  const warnings =
    afterId3 && diffs.length > 0
      ? [
          'The file has an ID3 tag before its FLAC data, where it does not belong; it is left as it is and may show other values.',
        ]
      : [];
  return { splices, diffs, warnings, expected: targets };
}
