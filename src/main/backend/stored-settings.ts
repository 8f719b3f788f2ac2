import type { z } from 'zod';
import type { Store } from '../store';

/** A schema for each setting, so that one that is wrong does not cost the others. */
type Fields<T> = { readonly [Name in keyof T]: z.ZodType };

/** Settings kept in the library as JSON. One that was never set, or that a later version left in a way not known here, is as by default. */
export function storedSettings<T extends object>(
  { settings }: Pick<Store, 'settings'>,
  key: string,
  fields: Fields<T>,
  defaults: T,
): T {
  const stored: unknown = JSON.parse(settings.get(key) ?? '{}');
  const known = Object.entries<z.ZodType>(fields).flatMap(([name, field]) => {
    const value = field.safeParse((stored as Record<string, unknown>)[name]);
    return value.success ? [[name, value.data]] : [];
  });
  return { ...defaults, ...(Object.fromEntries(known) as Partial<T>) };
}

/** What is really to be changed: a name that stands for nothing leaves its setting alone. */
export const definedOf = <T extends object>(changes: {
  readonly [Name in keyof T]?: T[Name] | undefined;
}): Partial<T> => Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
