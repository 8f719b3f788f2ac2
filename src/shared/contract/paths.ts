import { z } from 'zod';

/**
 * Texts by which a request names something of the backend's machine. They are marked, so that a backend which is confined to some folders
 * knows them in every method's input. A method that takes a path makes it with `pathText`; a test finds texts that are neither.
 */
export type PlaceKind =
  /** A file or folder that is read, listed or written. */
  | 'path'
  /** A program that is run, or a folder of such. */
  | 'program';

const kinds = z.registry<{ kind: PlaceKind }>();

/** No system has a file of such a name; handed on, it would be taken for a bug of ours. */
const NO_NUL = /^[^\0]*$/;

/** A path as the user has it, relative to the backend's working folder if it is not absolute. */
export const pathText = (): z.ZodString => z.string().min(1).regex(NO_NUL).register(kinds, { kind: 'path' });

/** A program's full path. */
export const programText = (): z.ZodString =>
  z.string().trim().min(1).max(4096).regex(NO_NUL).register(kinds, { kind: 'program' });

export interface Place {
  readonly kind: PlaceKind;
  readonly path: string;
}

/** What of this machine an input names, by the marks of its schema. */
export function placesIn(schema: z.ZodType, value: unknown): Place[] {
  const mark = kinds.get(schema);
  if (mark) return typeof value === 'string' ? [{ ...mark, path: value }] : [];
  if (value === null || value === undefined) return [];
  return innerSchemas(schema, value).flatMap(([inner, part]) => placesIn(inner, part));
}

/** Whether a schema is marked; for the test that looks for texts that are not. */
export const isPlace = (schema: z.ZodType): boolean => kinds.has(schema);

type Inner = readonly (readonly [schema: z.ZodType, part: unknown])[];

/** The schemas within a schema, each with the part of the value that it is for. */
function innerSchemas(schema: z.ZodType, value: NonNullable<unknown>): Inner {
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape as Record<string, z.ZodType>).map(([key, inner]) => [
      inner,
      Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined,
    ]);
  if (schema instanceof z.ZodArray)
    return Array.isArray(value) ? value.map((part) => [schema.element as z.ZodType, part]) : [];
  if (schema instanceof z.ZodTuple)
    return Array.isArray(value) ? schema.def.items.map((item, index) => [item as z.ZodType, value[index]]) : [];
  if (schema instanceof z.ZodRecord)
    return Object.entries(value).map(([, part]) => [schema.valueType as z.ZodType, part]);
  if (schema instanceof z.ZodUnion) return schema.options.map((option) => [option as z.ZodType, value]);
  if (schema instanceof z.ZodLazy) return [[schema.unwrap() as z.ZodType, value]];
  if (schema instanceof z.ZodPipe) return [[schema.in as z.ZodType, value]];
  if (schema instanceof z.ZodIntersection)
    return [
      [schema.def.left as z.ZodType, value],
      [schema.def.right as z.ZodType, value],
    ];
  const { innerType } = schema.def as { innerType?: z.ZodType };
  return innerType ? [[innerType, value]] : [];
}
