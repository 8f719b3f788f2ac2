import { JUDGED_TASKS, type JudgedTask } from '#shared/contract/evaluation';
import { tells } from '#shared/domain/model-tasks';
import { useModels } from '../../api/queries';
import type { Draft } from './evaluate-store';

/** Tasks that one of the models asked says nothing of. */
interface Silent {
  /** Name of the model. */
  readonly model: string;
  readonly tasks: readonly JudgedTask[];
}

/** Of what the models asked say nothing, and the draft with a task that both speak of, if there is one. */
export function useTellable(draft: Draft): { readonly draft: Draft; readonly silent: readonly Silent[] } {
  const models = useModels().data?.models ?? [];
  const isFirst = ({ id, chosen }: { id: string; chosen: boolean }): boolean =>
    draft.model === null ? chosen : id === draft.model;
  const asked = models.filter((model) => isFirst(model) || model.id === draft.against);
  const silent = asked
    .map(({ name, outputs }) => ({ model: name, tasks: JUDGED_TASKS.filter((task) => !tells(outputs, task)) }))
    .filter(({ tasks }) => tasks.length > 0);
  const told = JUDGED_TASKS.filter((task) => silent.every(({ tasks }) => !tasks.includes(task)));
  const task = told.includes(draft.task) ? draft.task : (told[0] ?? draft.task);
  return { draft: { ...draft, task }, silent };
}
