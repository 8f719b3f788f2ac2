import { CodedError } from '#shared/domain/failure';
import type { ParseTags } from './format';

export const parseOgg: ParseTags = () =>
  Promise.reject(
    new CodedError('tag-unsupported', `Tags of Ogg files can't be written yet; the file was left as it was.`),
  );
