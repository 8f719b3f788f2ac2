import type { FINDING_METHODS, SavedView } from '#shared/contract/finding';
import type { Handlers } from '#shared/contract/methods';
import { CodedError } from '#shared/domain/failure';
import type { Context } from '../context';

export function findingHandlers({ store, events }: Context): Pick<Handlers, keyof typeof FINDING_METHODS> {
  const { views, queries, values } = store;

  const existing = (id: number): SavedView => {
    const view = views.get(id);
    if (!view) throw new CodedError('not-found', 'This view is not in the library any more.');
    return view;
  };
  const refuseTaken = (name: string, id: number | null): void => {
    const same = views.list().find((view) => view.name.toLowerCase() === name.toLowerCase());
    if (same && same.id !== id)
      throw new CodedError('invalid-input', `There is a view called ${same.name} already. Choose another name.`);
  };
  const changed = (): void => {
    events.emit('settings.changed', { of: 'views' });
  };

  return {
    'search.values': ({ field, text, limit }) => values(field, text, limit),
    'views.list': () => views.list(),
    'views.counts': ({ ids }) =>
      ids.map((id) => {
        const view = views.get(id);
        return view ? queries.count({ text: view.query.text, quick: view.query.quick, rootId: null }) : 0;
      }),
    'views.add': ({ name, query, position }) => {
      refuseTaken(name, null);
      const view = views.add(name, query, position ?? null, Date.now());
      changed();
      return view;
    },
    'views.change': ({ id, name, query }) => {
      const before = existing(id);
      if (name !== undefined) refuseTaken(name, id);
      const view = { ...before, name: name ?? before.name, query: query ?? before.query };
      views.change(view);
      changed();
      return view;
    },
    'views.remove': ({ id }) => {
      existing(id);
      views.remove(id);
      changed();
      return {};
    },
  };
}
