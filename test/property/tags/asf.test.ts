import { describe } from 'vitest';
import { anyAsf } from '../../builders/tags-asf';
import { temporaryFiles } from '../../builders/tags-files';
import { provesItsEdits } from '../../builders/tags-laws';

const temp = temporaryFiles();

describe('random edits of random WMA files', () => {
  provesItsEdits(anyAsf, 'wma', (name, content) => temp.file(name, content));
});
