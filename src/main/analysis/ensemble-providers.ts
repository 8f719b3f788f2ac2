import type { DoctorReport } from '#shared/contract/schemas';

type Providers = DoctorReport['providers'];

/** The worst comes first, but for the one in use: what works for one member and is used by another is in use. */
const GRAVITY = ['failed', 'not-compiled-in', 'in-use', 'works'] as const satisfies Providers[number]['state'][];

/** What the providers are to an ensemble: each fails where it fails a member, and its line says what it is to which member. */
export function mergeProviders(members: readonly { readonly id: string; readonly providers: Providers }[]): Providers {
  const names = new Set(members.flatMap(({ providers }) => providers.map(({ name }) => name)));
  return [...names].map((name) => {
    const said = members.flatMap(({ id, providers }) => {
      const provider = providers.find((each) => each.name === name);
      return provider ? [{ id, ...provider }] : [];
    });
    return {
      name,
      state: GRAVITY.find((state) => said.some((each) => each.state === state))!,
      detail: said.map(({ id, detail }) => `${id}: ${detail}`).join('; '),
    };
  });
}
