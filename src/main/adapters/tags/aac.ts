import { CodedError } from '#shared/domain/failure';
import type { ParseTags } from './format';

export const parseAac: ParseTags = () =>
  Promise.reject(
    new CodedError('tag-unsupported', `Tags of AAC files can't be written yet; the file was left as it was.`),
  );
