import { describe } from 'vitest';
import { anyApeTagged } from '../../builders/tags-ape-tagged';
import { temporaryFiles } from '../../builders/tags-files';
import { provesItsEdits } from '../../builders/tags-laws';

const temp = temporaryFiles();

describe("random edits of random WavPack, Monkey's Audio and Musepack files", () => {
  provesItsEdits(anyApeTagged, 'wv', (name, content) => temp.file(name, content));
});
