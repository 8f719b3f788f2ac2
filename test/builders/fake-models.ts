import type { Handlers } from '#shared/contract/methods';
import type { ModelEntry, ModelShelf } from '#shared/contract/schemas';
import { CodedError } from '#shared/domain/failure';
import { CONTENT_LABELS } from '#shared/domain/analysis';
import { CLASSIC_GENRES, MOOD_QUADRANTS } from '#shared/domain/vocabulary';

const FOLDER = '/home/anna/.local/share/Genregram/models';

const GENRE = [{ name: 'genre', task: 'genre', labels: CLASSIC_GENRES }];
const MOOD = { name: 'mood', task: 'mood', labels: MOOD_QUADRANTS.map(({ label }) => label) };
const CONTENT = { name: 'content', task: 'content', labels: CONTENT_LABELS };

function entry(id: string, version: string, name: string, patch: Partial<ModelEntry> = {}): ModelEntry {
  const dir = `/opt/genregram/models/${id}`;
  return {
    id,
    version,
    name,
    sha256: '0'.repeat(64),
    outputs: GENRE,
    input: { kind: 'mel', windowSec: 2.992 },
    license: 'MIT',
    dir,
    chosen: false,
    removable: false,
    ...patch,
  };
}

const tagger = entry('tagger-50', '1.2.0', 'A tagger of somebody else', {
  outputs: [{ name: 'tags', task: 'genre-wide', labels: Array.from({ length: 50 }, (_, i) => `tag ${i}`) }],
  input: { kind: 'image', windowSec: 30.02 },
  license: 'ISC',
  dir: `${FOLDER}/tagger-50`,
  removable: true,
});

/** Made of others. */
const both = entry('both', '1.0.0', 'Both of them', {
  input: undefined,
  ensemble: {
    rule: 'mean',
    members: [
      { id: 'base', version: '1.0.0', weight: 2 },
      { id: 'small', version: '1.2.0', weight: 1 },
    ],
  },
  dir: `${FOLDER}/both`,
  removable: true,
});

const broken = {
  code: 'model-hash-mismatch' as const,
  message: `${FOLDER}/half/model.onnx has another SHA-256 than model.json says; fetch the model again.`,
  dir: `${FOLDER}/half`,
  id: 'half-copied',
  field: 'sha256',
};

/** A model that tells moods and no genre is in use. */
export const moodShelf = (): ModelShelf => {
  const moods = entry('moods', '1.0.0', 'Moods alone', { outputs: [MOOD], chosen: true });
  return { ...fakeShelf(), models: [entry('base', '1.0.0', 'Genregram base'), moods], chosen: CHOSEN_MOODS };
};
const CHOSEN_MOODS = { id: 'moods', by: 'setting', problem: null } as const;

/** Models as the fake backend has them: ours in use, a pack of somebody else, and a broken one. */
export const fakeShelf = (): ModelShelf => ({
  models: [
    entry('base', '1.0.0', 'Genregram base', { chosen: true, outputs: [...GENRE, MOOD, CONTENT] }),
    tagger,
    both,
  ],
  problems: [broken],
  chosen: { id: 'base', by: 'default', problem: null },
  folder: FOLDER,
});

type Names = 'models.list' | 'models.choose' | 'models.check' | 'models.add' | 'models.remove' | 'models.diff';

export function modelHandlers(start: ModelShelf = fakeShelf()): Pick<Handlers, Names> {
  let shelf = start;
  return {
    'models.list': () => shelf,
    'models.choose': ({ id }) => {
      const models = shelf.models.map((model) => ({ ...model, chosen: model.id === id }));
      shelf = { ...shelf, models, chosen: { id, by: 'setting', problem: null } };
      return shelf;
    },
    'models.remove': ({ id }) => {
      const models = shelf.models.filter((model) => model.id !== id);
      shelf = { ...shelf, models, problems: shelf.problems.filter(({ dir }) => !dir.endsWith(`/${id}`)) };
      return { dir: `${FOLDER}/${id}` };
    },
    'models.check': () => {
      throw new CodedError('model-missing', 'There is no readable model.json in this folder; put a model there.');
    },
    'models.add': ({ path }) => {
      const model = entry('new-pack', '2.0.0', 'A new pack', { dir: `${FOLDER}/new-pack`, removable: true });
      if (path.endsWith('Music'))
        throw new CodedError(
          'model-missing',
          `There is no readable model.json in ${path}; put a model's folder there.`,
        );
      shelf = { ...shelf, models: [...shelf.models, model] };
      return {
        model,
        dir: model.dir,
        takenOver: [],
        derivedGenres: null,
        windowSec: 3,
        msPerWindow: 5,
        replaces: null,
      };
    },
    'models.diff': () => ({ model: 'base@1.0.0', compared: 0, changed: 0, tracks: [] }),
  };
}
