import { CodedError } from '#shared/domain/failure';
import type { PlannedFile, TagChange } from '#shared/domain/tags';
import { changeTo, fieldsBack, sameText, type PresentField } from '../../core/tags/fields-back';
import type { FieldsBackPlan, WrittenFields } from '../../ports';
import { hashParts } from '../files/byte-source';
import type { Files } from '../files/files';
import { withSource } from '../files/open-source';
import type { FieldName, FormatOptions, ParsedTags } from './format';
import { parseForWriting } from './formats';

/** See `TagWriter.planBack`. Fails with a coded error. */
export async function planFieldsBack(
  files: Files,
  path: string,
  { audioHash, writes }: WrittenFields,
  options: FormatOptions,
  plan: (change: TagChange) => Promise<PlannedFile>,
): Promise<FieldsBackPlan> {
  const { back, left } = await withSource(files, path, async ({ source }) => {
    const parsed = await parseForWriting(source, options);
    if ((await hashParts(source, parsed.audio)) !== audioHash)
      throw new CodedError(
        'undo-unavailable',
        'The file holds other audio than the one that Genregram wrote to, so nothing of it was put back.',
      );
    return fieldsBack(writes, (field) => presentField(parsed, field));
  });
  return { plan: back.size > 0 ? await plan(changeTo(back)) : null, left };
}

/** The genre byte of ID3v1 holds few genres and one of them, so other programs let it go its own way. */
const COARSE = 'ID3v1 genre';

function presentField(parsed: ParsedTags, field: FieldName): PresentField {
  const filled = parsed.carriers(field).filter(({ values }) => values.length > 0);
  const telling = filled.filter(({ name }) => name !== COARSE);
  return {
    values: (telling[0] ?? filled[0])?.values ?? [],
    holds: (values) =>
      parsed.holds(field, values) ||
      (telling.length > 0 && telling.every((carrier) => sameText(carrier.values, values))),
  };
}
