import { CodedError } from '#shared/domain/failure';
import type { ParseTags } from './format';

export const parseAiff: ParseTags = () =>
  Promise.reject(
    new CodedError('tag-unsupported', `Tags of AIFF files can't be written yet; the file was left as it was.`),
  );
