import { CodedError } from '#shared/domain/failure';
import type { ParseTags } from './format';

export const parseMp4: ParseTags = () =>
  Promise.reject(
    new CodedError('tag-unsupported', `Tags of MP4 files can't be written yet; the file was left as it was.`),
  );
