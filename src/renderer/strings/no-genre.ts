import type { JudgedTask } from '#shared/contract/evaluation';

const TASKS: Readonly<Record<JudgedTask, string>> = { genre: 'genre', mood: 'mood', content: 'whether it is music' };

/** What is said where a track was heard by a model that tells moods and no genre. */
export const noGenre = {
  cell: 'This model hears no genre',
  note: 'This model hears moods and no genre. Genres that you choose yourself are kept and written as ever.',
  choose: 'Choose another model',
  facts: 'No genre: this model hears moods alone',
  album: 'No genre: the model that heard these tracks hears moods alone',
  insight:
    'The tracks were heard by a model that tells moods and no genre. Choose another one under Models, and scan, to have genres here.',
  tasks: (model: string, tasks: readonly JudgedTask[]): string =>
    `${model} says nothing of ${tasks.map((task) => TASKS[task]).join(' or ')}: to have that judged, choose another model.`,
};
